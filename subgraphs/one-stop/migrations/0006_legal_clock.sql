-- Due dates follow from the facts of a clock: when it began, when it stood still, by how much it was extended.
ALTER TABLE "dossiers" ADD COLUMN "clock" jsonb;--> statement-breakpoint
ALTER TABLE "dossiers" ADD COLUMN "rules_revision" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "steps" ADD COLUMN "released_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "steps" ADD COLUMN "clock" jsonb;--> statement-breakpoint
UPDATE "steps" s SET "released_at" = coalesce(s."first_sent_at", d."received_at")
  FROM "dossiers" d WHERE d."id" = s."dossier_id" AND s."state" NOT IN ('BLOCKED', 'NOT_APPLICABLE');--> statement-breakpoint
UPDATE "steps" SET "clock" = jsonb_build_object('extensions', '[]'::jsonb, 'suspensions', jsonb_build_array(jsonb_build_object(
    'from', "supplement" ->> 'requestedAt', 'to', null, 'reason', 'CITIZEN', 'after', 'RESUME', 'answerBy', "supplement" ->> 'dueAt')))
  WHERE "state" = 'SUPPLEMENT_NEEDED' AND "supplement" IS NOT NULL;--> statement-breakpoint
-- A group in which an agency verifies something has two working days more (Decree 63/2024/NĐ-CP).
UPDATE "dossiers" d SET "clock" = jsonb_build_object(
    'extensions', CASE WHEN d."definition_id" = 'birth' AND d."definition_version" > 1 AND EXISTS (
        SELECT 1 FROM "history" h WHERE h."dossier_id" = d."id" AND h."state" = 'PROCESSING')
      THEN '[{"by": 2, "reason": "VERIFICATION"}]'::jsonb ELSE '[]'::jsonb END,
    'suspensions', CASE WHEN d."suspended_at" IS NULL THEN '[]'::jsonb ELSE jsonb_build_array(jsonb_build_object(
        'from', d."suspended_at", 'to', null, 'reason', 'CITIZEN', 'after', 'RESUME', 'answerBy', (
        SELECT max(s."supplement" ->> 'dueAt') FROM "steps" s WHERE s."dossier_id" = d."id" AND s."state" = 'SUPPLEMENT_NEEDED'))) END)
  WHERE d."outcome" IS NULL;--> statement-breakpoint
ALTER TABLE "dossiers" DROP COLUMN "suspended_at";--> statement-breakpoint
ALTER TABLE "dossiers" DROP COLUMN "due_at_suspension";
