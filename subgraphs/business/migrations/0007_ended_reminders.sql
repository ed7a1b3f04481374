ALTER TABLE "expiry_reminders" ADD COLUMN "state" text DEFAULT 'DUE' NOT NULL;--> statement-breakpoint
CREATE INDEX "expiry_reminders_by_term" ON "expiry_reminders" USING btree ("expires_on");--> statement-breakpoint
ALTER TABLE "expiry_reminders" DROP CONSTRAINT "expiry_reminders_pk";
--> statement-breakpoint
ALTER TABLE "expiry_reminders" ADD CONSTRAINT "expiry_reminders_pk" PRIMARY KEY("entry_id","expires_on","state");