-- An entry has the primary key of the part that made it in received_parts: a second unique index is not read by any query.
ALTER TABLE "births" DROP CONSTRAINT "births_part";--> statement-breakpoint
-- The persons of a birth are read as a whole and are packed from now on; those of before stay readable as text.
ALTER TABLE "birth_versions" ALTER COLUMN "declarant" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "birth_versions" ALTER COLUMN "declarant" SET DATA TYPE bytea USING convert_to(json_build_object(
  'mother', "mother", 'father', "father", 'declarant', "declarant", 'withoutNotice', "without_notice")::text, 'UTF8');--> statement-breakpoint
ALTER TABLE "birth_versions" RENAME COLUMN "declarant" TO "persons";--> statement-breakpoint
ALTER TABLE "birth_versions" ADD CONSTRAINT "birth_versions_persons" CHECK ("birth_versions"."persons" is not null or "birth_versions"."version" > 1);--> statement-breakpoint
ALTER TABLE "birth_versions" DROP COLUMN "mother";--> statement-breakpoint
ALTER TABLE "birth_versions" DROP COLUMN "father";--> statement-breakpoint
ALTER TABLE "birth_versions" DROP COLUMN "without_notice";
