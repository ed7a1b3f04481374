ALTER TABLE "birth_versions" ALTER COLUMN "birth_commune" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "birth_versions" ALTER COLUMN "mother" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "birth_versions" ADD COLUMN "birth_country" text;--> statement-breakpoint
ALTER TABLE "births" ADD COLUMN "multiple_of" smallint;--> statement-breakpoint
ALTER TABLE "births" ADD COLUMN "likeness_keys" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "received_parts" ADD COLUMN "likenesses" jsonb;--> statement-breakpoint
CREATE INDEX "births_likeness_keys" ON "births" USING gin ("likeness_keys");--> statement-breakpoint
ALTER TABLE "birth_versions" ADD CONSTRAINT "birth_versions_place" CHECK (("birth_versions"."birth_commune" is null) <> ("birth_versions"."birth_country" is null));