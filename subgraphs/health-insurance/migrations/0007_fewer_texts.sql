-- Numbers of parents are one text, half the size of an array, and integers in the index. Author and ground are null where they are as
-- usual: see enteredFor.
DROP INDEX "cards_by_guardian";--> statement-breakpoint
ALTER TABLE "cards" ALTER COLUMN "guardians" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "cards" ALTER COLUMN "guardians" SET DATA TYPE text USING array_to_string("guardians", ' ');--> statement-breakpoint
ALTER TABLE "cards" ALTER COLUMN "guardians" SET DEFAULT '';--> statement-breakpoint
CREATE INDEX "cards_by_guardian" ON "cards" USING gin ((string_to_array("guardians", ' ')::bigint[])) WITH (gin_pending_list_limit=128);--> statement-breakpoint
ALTER TABLE "card_versions" ALTER COLUMN "recorded_by" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "card_versions" ALTER COLUMN "ground" DROP NOT NULL;
