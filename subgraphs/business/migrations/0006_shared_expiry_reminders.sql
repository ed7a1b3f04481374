-- The reminders of every agency have the same columns, and a position by which the desk reads them.
DROP TRIGGER IF EXISTS "licence_reminders_append_only" ON "licence_reminders";
--> statement-breakpoint
ALTER TABLE "licence_reminders" RENAME TO "expiry_reminders";
--> statement-breakpoint
ALTER TABLE "expiry_reminders" RENAME COLUMN "licence_id" TO "entry_id";
--> statement-breakpoint
ALTER TABLE "expiry_reminders" RENAME CONSTRAINT "licence_reminders_pk" TO "expiry_reminders_pk";
--> statement-breakpoint
ALTER TABLE "expiry_reminders" RENAME CONSTRAINT "licence_reminders_licence_id_licences_id_fk" TO "expiry_reminders_entry_id_licences_id_fk";
--> statement-breakpoint
ALTER TABLE "expiry_reminders" ADD COLUMN "position" bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT "expiry_reminders_position" UNIQUE;
