-- Lists of a place read its own open parts and dossiers alone, however many the province has.
ALTER TABLE "steps" ADD COLUMN "office" text;--> statement-breakpoint
UPDATE "steps" s SET "office" = d."office" FROM "dossiers" d WHERE d."id" = s."dossier_id";--> statement-breakpoint
ALTER TABLE "steps" ALTER COLUMN "office" SET NOT NULL;--> statement-breakpoint
DROP INDEX "dossiers_province_due";--> statement-breakpoint
DROP INDEX "dossiers_province_received";--> statement-breakpoint
CREATE INDEX "dossiers_due" ON "dossiers" USING btree ("due_at","id");--> statement-breakpoint
CREATE INDEX "dossiers_received" ON "dossiers" USING btree ("received_at","id");--> statement-breakpoint
CREATE INDEX "dossiers_open_office" ON "dossiers" USING btree ("office","due_at","id") WHERE "dossiers"."deadline_at" is not null;--> statement-breakpoint
CREATE INDEX "dossiers_open_due" ON "dossiers" USING btree ("due_at","id") WHERE "dossiers"."deadline_at" is not null;--> statement-breakpoint
CREATE INDEX "steps_open_office" ON "steps" USING btree ("office","agency","due_at","id") WHERE "steps"."part" and "steps"."state" in ('PROCESSING', 'SUPPLEMENT_NEEDED');--> statement-breakpoint
-- No query looks for an entry of the history by its number alone, and equal keys of an index are stored once.
DROP INDEX "history_by_dossier";--> statement-breakpoint
ALTER TABLE "history" DROP CONSTRAINT "history_pkey";--> statement-breakpoint
CREATE INDEX "history_of_dossier" ON "history" USING btree ("dossier_id");
