CREATE TABLE "acts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "acts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"dossier_id" uuid NOT NULL,
	"step_id" uuid,
	"kind" text NOT NULL,
	"owner" text NOT NULL,
	"role" text NOT NULL,
	"office" text,
	"idempotency_key" text NOT NULL,
	"body_hash" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"instruction" jsonb,
	"details" jsonb NOT NULL,
	CONSTRAINT "acts_owner_key" UNIQUE("owner","idempotency_key")
);
--> statement-breakpoint
ALTER TABLE "steps" ADD COLUMN "instruction" text;--> statement-breakpoint
ALTER TABLE "steps" ADD COLUMN "claimed_by" text;--> statement-breakpoint
ALTER TABLE "steps" ADD COLUMN "claimed_name" text;--> statement-breakpoint
ALTER TABLE "steps" ADD COLUMN "decided_by" text;--> statement-breakpoint
ALTER TABLE "steps" ADD COLUMN "decided_name" text;--> statement-breakpoint
ALTER TABLE "acts" ADD CONSTRAINT "acts_dossier_id_dossiers_id_fk" FOREIGN KEY ("dossier_id") REFERENCES "public"."dossiers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "acts" ADD CONSTRAINT "acts_step_id_steps_id_fk" FOREIGN KEY ("step_id") REFERENCES "public"."steps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "acts_by_step" ON "acts" USING btree ("step_id","id");--> statement-breakpoint
CREATE INDEX "acts_by_dossier" ON "acts" USING btree ("dossier_id","id");--> statement-breakpoint
CREATE INDEX "steps_open" ON "steps" USING btree ("agency","due_at","id") WHERE "steps"."part" and "steps"."state" in ('PROCESSING', 'SUPPLEMENT_NEEDED');--> statement-breakpoint
CREATE TRIGGER acts_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON acts
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
