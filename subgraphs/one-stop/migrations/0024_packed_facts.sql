-- Holdings and the facts of steps are packed from now on; those of before stay readable as text.
ALTER TABLE "dossiers" ALTER COLUMN "holdings" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "dossiers" ALTER COLUMN "holdings" SET DATA TYPE bytea USING convert_to("holdings", 'UTF8');--> statement-breakpoint
ALTER TABLE "dossiers" ALTER COLUMN "holdings" SET DEFAULT '[]';--> statement-breakpoint
ALTER TABLE "steps" ALTER COLUMN "facts" SET DATA TYPE bytea USING convert_to("facts"::text, 'UTF8');--> statement-breakpoint
-- An index without the key stores the id of a dossier once for all its steps.
CREATE INDEX "steps_of_dossier" ON "steps" USING btree ("dossier_id");--> statement-breakpoint
ALTER TABLE "steps" DROP CONSTRAINT "steps_dossier_key";
