ALTER TABLE "expiry_reminders" ADD COLUMN "end_state" text;--> statement-breakpoint
ALTER TABLE "expiry_reminders" ADD COLUMN "ended_on" date;