-- Rules of the clock are dated data; deadlines act by themselves.
CREATE TABLE "clock_rule_changes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "clock_rule_changes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"changed_by" text NOT NULL,
	"role" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"reason" text NOT NULL,
	"idempotency_key" text NOT NULL,
	"body_hash" text NOT NULL,
	CONSTRAINT "clock_rule_changes_key" UNIQUE("changed_by","idempotency_key")
);
--> statement-breakpoint
CREATE TABLE "clock_rules" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "clock_rules_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"key" text NOT NULL,
	"value" jsonb,
	"change_id" bigint
);
--> statement-breakpoint
ALTER TABLE "dossiers" ADD COLUMN "deadline_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "dossiers" ADD COLUMN "marks" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "clock_rules" ADD CONSTRAINT "clock_rules_change_id_clock_rule_changes_id_fk" FOREIGN KEY ("change_id") REFERENCES "public"."clock_rule_changes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "clock_rules_change" ON "clock_rules" USING btree ("change_id");--> statement-breakpoint
CREATE INDEX "dossiers_deadline" ON "dossiers" USING btree ("deadline_at") WHERE "dossiers"."deadline_at" is not null;--> statement-breakpoint
CREATE INDEX "dossiers_rules_revision" ON "dossiers" USING btree ("rules_revision") WHERE "dossiers"."deadline_at" is not null;--> statement-breakpoint
UPDATE "dossiers" SET "deadline_at" = "due_at"
  WHERE "state" IN ('RECEIVED', 'IN_PROGRESS', 'AWAITING_CITIZEN', 'AWAITING_PAYMENT');
