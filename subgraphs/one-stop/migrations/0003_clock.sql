-- Dossiers tell their last change, and their clock is suspended while the citizen is awaited.
ALTER TABLE "dossiers" ADD COLUMN "updated_at" timestamp with time zone;--> statement-breakpoint
UPDATE "dossiers" SET "updated_at" = coalesce("completed_at", "recorded_at");--> statement-breakpoint
ALTER TABLE "dossiers" ALTER COLUMN "updated_at" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "dossiers" ADD COLUMN "suspended_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "dossiers" ADD COLUMN "due_at_suspension" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "steps" ADD COLUMN "first_sent_at" timestamp with time zone;
