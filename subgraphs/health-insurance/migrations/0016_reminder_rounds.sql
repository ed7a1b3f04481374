ALTER TABLE "expiry_reminders" ADD COLUMN "round" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "expiry_reminders" DROP CONSTRAINT "expiry_reminders_pk";
--> statement-breakpoint
ALTER TABLE "expiry_reminders" ADD CONSTRAINT "expiry_reminders_pk" PRIMARY KEY("entry_id","expires_on","state","round");