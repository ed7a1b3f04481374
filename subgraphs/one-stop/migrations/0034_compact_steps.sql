-- A row of steps has its columns in an order without gaps, and its states in four bytes each. PostgreSQL cannot move columns.
CREATE TYPE "public"."step_delivery" AS ENUM('QUEUED', 'SENT', 'ACKNOWLEDGED', 'UNKNOWN');--> statement-breakpoint
CREATE TYPE "public"."step_state" AS ENUM('BLOCKED', 'READY', 'SENT', 'PROCESSING', 'SUPPLEMENT_NEEDED', 'GRANTED', 'REFUSED', 'CANCELLED', 'NOT_APPLICABLE');--> statement-breakpoint
ALTER TABLE "acts" DROP CONSTRAINT "acts_step_id_steps_id_fk";--> statement-breakpoint
ALTER TABLE "dossiers" DROP CONSTRAINT "dossiers_refiled_from_steps_id_fk";--> statement-breakpoint
ALTER TABLE "steps" RENAME TO "earlier_steps";--> statement-breakpoint
CREATE TABLE "steps" (
	"first_sent_at" timestamp with time zone,
	"released_at" timestamp with time zone,
	"due_at" timestamp with time zone,
	"completed_at" timestamp with time zone,
	"next_attempt_at" timestamp with time zone,
	"lease_until" timestamp with time zone,
	"fencing_token" integer DEFAULT 0 NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"state" "step_state" NOT NULL,
	"delivery" "step_delivery" NOT NULL,
	"ordinal" smallint NOT NULL,
	"part" boolean NOT NULL,
	"id" uuid NOT NULL,
	"dossier_id" uuid NOT NULL,
	"result_id" uuid,
	"result_type" text,
	"key" text NOT NULL,
	"agency" text NOT NULL,
	"procedure" text NOT NULL,
	"office" text NOT NULL,
	"facts" bytea,
	"work" text,
	"instruction" text,
	"claimed_by" text,
	"claimed_name" text,
	"decided_by" text,
	"decided_name" text,
	"clock" jsonb,
	"refusal" jsonb,
	"supplement" jsonb,
	"likenesses" jsonb
) WITH (autovacuum_vacuum_scale_factor = 0.01);--> statement-breakpoint
INSERT INTO "steps" (
	"first_sent_at", "released_at", "due_at", "completed_at", "next_attempt_at", "lease_until", "fencing_token", "attempts", "failures",
	"state", "delivery", "ordinal", "part", "id", "dossier_id", "result_id", "result_type", "key", "agency", "procedure", "office",
	"facts", "work", "instruction", "claimed_by", "claimed_name", "decided_by", "decided_name", "clock", "refusal", "supplement",
	"likenesses")
SELECT "first_sent_at", "released_at", "due_at", "completed_at", "next_attempt_at", "lease_until", "fencing_token", "attempts", "failures",
	"state"::"step_state", "delivery"::"step_delivery", "ordinal", "part", "id", "dossier_id", "result_id", "result_type", "key", "agency",
	"procedure", "office", "facts", "work", "instruction", "claimed_by", "claimed_name", "decided_by", "decided_name", "clock", "refusal",
	"supplement", "likenesses"
  FROM "earlier_steps";--> statement-breakpoint
DROP TABLE "earlier_steps";--> statement-breakpoint
ALTER TABLE "steps" ADD PRIMARY KEY ("id");--> statement-breakpoint
ALTER TABLE "steps" ADD CONSTRAINT "steps_dossier_id_dossiers_id_fk" FOREIGN KEY ("dossier_id") REFERENCES "public"."dossiers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "steps_of_dossier" ON "steps" USING btree ("dossier_id");--> statement-breakpoint
CREATE INDEX "steps_work" ON "steps" USING btree ("next_attempt_at") WHERE "steps"."work" is not null;--> statement-breakpoint
CREATE INDEX "steps_open" ON "steps" USING btree ("agency","due_at","id") WHERE "steps"."part" and "steps"."state" in ('PROCESSING', 'SUPPLEMENT_NEEDED');--> statement-breakpoint
CREATE INDEX "steps_open_office" ON "steps" USING btree ("office","agency","due_at","id") WHERE "steps"."part" and "steps"."state" in ('PROCESSING', 'SUPPLEMENT_NEEDED');--> statement-breakpoint
CREATE INDEX "steps_claimed_by" ON "steps" USING btree ("claimed_by","dossier_id") WHERE "steps"."claimed_by" is not null;--> statement-breakpoint
CREATE INDEX "steps_decided_by" ON "steps" USING btree ("decided_by","dossier_id") WHERE "steps"."decided_by" is not null;--> statement-breakpoint
ALTER TABLE "acts" ADD CONSTRAINT "acts_step_id_steps_id_fk" FOREIGN KEY ("step_id") REFERENCES "public"."steps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- The day and the number of a dossier's code are words of the index alone. Digests of bodies are half as long; the numbers of the parties
-- are one text, and integers in the index.
DROP INDEX "dossiers_search_terms";--> statement-breakpoint
DROP INDEX "dossiers_parties";--> statement-breakpoint
DROP FUNCTION "search_terms"(text, text);--> statement-breakpoint
CREATE FUNCTION "search_terms"(words text, office text, code text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT string_to_array(words, ' ')
    || ARRAY(SELECT office || ' ' || word FROM unnest(string_to_array(words, ' ')) AS each(word) WHERE word !~ '[0-9]')
    || split_part(code, '-', 2) || split_part(code, '-', 3)
$$;--> statement-breakpoint
ALTER TABLE "dossiers"
  ALTER COLUMN "body_hash" SET DATA TYPE uuid
    USING encode(substring(decode(translate("body_hash", '-_', '+/') || '=', 'base64') FOR 16), 'hex')::uuid,
  ALTER COLUMN "parties" SET DATA TYPE text USING array_to_string("parties", ' '),
  ALTER COLUMN "search_words" SET DATA TYPE text USING CASE
    WHEN right("search_words", length("code") - strpos("code", '-') + 1) = ' ' || split_part("code", '-', 2) || ' ' || split_part("code", '-', 3)
    THEN left("search_words", strpos("code", '-') - length("code") - 1)
    ELSE "search_words" END;--> statement-breakpoint
ALTER TABLE "dossiers" ADD CONSTRAINT "dossiers_refiled_from_steps_id_fk" FOREIGN KEY ("refiled_from") REFERENCES "public"."steps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "dossiers_search_terms" ON "dossiers" USING gin (search_terms("search_words", "office", "code")) WITH (gin_pending_list_limit=128);--> statement-breakpoint
CREATE INDEX "dossiers_parties" ON "dossiers" USING gin ((string_to_array("parties", ' ')::bigint[])) WITH (gin_pending_list_limit=128);
