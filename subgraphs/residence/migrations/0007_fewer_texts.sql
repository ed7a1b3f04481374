-- Numbers of parents are one text, half the size of an array. Author and ground are null where they are as usual: see enteredFor.
ALTER TABLE "persons" ALTER COLUMN "guardians" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "persons" ALTER COLUMN "guardians" SET DATA TYPE text USING array_to_string("guardians", ' ');--> statement-breakpoint
ALTER TABLE "persons" ALTER COLUMN "guardians" SET DEFAULT '';--> statement-breakpoint
ALTER TABLE "residencies" ALTER COLUMN "guardians" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "residencies" ALTER COLUMN "guardians" SET DATA TYPE text USING array_to_string("guardians", ' ');--> statement-breakpoint
ALTER TABLE "residencies" ALTER COLUMN "guardians" SET DEFAULT '';--> statement-breakpoint
ALTER TABLE "person_versions" ALTER COLUMN "recorded_by" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "person_versions" ALTER COLUMN "ground" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "residency_versions" ALTER COLUMN "recorded_by" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "residency_versions" ALTER COLUMN "ground" DROP NOT NULL;
