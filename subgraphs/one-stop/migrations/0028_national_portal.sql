CREATE TABLE "portal_deliveries" (
	"dossier_id" uuid PRIMARY KEY NOT NULL,
	"taken_row" bigint NOT NULL,
	"sent_steps" integer DEFAULT 0 NOT NULL,
	"delivered_at" timestamp with time zone,
	"problem" text,
	"words" text,
	"problem_at" timestamp with time zone,
	"differences" integer DEFAULT 0 NOT NULL,
	"accepted_differences" integer DEFAULT 0 NOT NULL,
	"correction" text,
	"failures" integer DEFAULT 0 NOT NULL,
	"refusals" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone,
	"lease_until" timestamp with time zone,
	"fencing_token" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "portal_deliveries_problem" CHECK (("portal_deliveries"."problem" is null) = ("portal_deliveries"."problem_at" is null)),
	CONSTRAINT "portal_deliveries_stopped" CHECK ("portal_deliveries"."problem" is null or "portal_deliveries"."next_attempt_at" is null)
);
--> statement-breakpoint
ALTER TABLE "portal_deliveries" ADD CONSTRAINT "portal_deliveries_dossier_id_dossiers_id_fk" FOREIGN KEY ("dossier_id") REFERENCES "public"."dossiers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "portal_deliveries_due" ON "portal_deliveries" USING btree ("next_attempt_at") WHERE "portal_deliveries"."next_attempt_at" is not null;--> statement-breakpoint
CREATE INDEX "portal_deliveries_stuck" ON "portal_deliveries" USING btree ("problem_at","dossier_id") WHERE "portal_deliveries"."problem" is not null;