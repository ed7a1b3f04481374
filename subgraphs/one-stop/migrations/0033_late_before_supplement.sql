-- Begin of the suspension that a clock is in or had last. The texts are ISO instants in UTC, whose value no setting changes.
CREATE FUNCTION "suspended_since"(clock jsonb) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (clock -> 'suspensions' -> -1 ->> 'from')::timestamptz
$$;--> statement-breakpoint
-- A dossier that was late before papers were asked for is late meanwhile, too.
DROP INDEX "dossiers_running_province";--> statement-breakpoint
CREATE INDEX "dossiers_running_province" ON "dossiers" USING btree ("province","due_at","id") WHERE "dossiers"."deadline_at" is not null and ("dossiers"."state" in ('RECEIVED', 'IN_PROGRESS') or "dossiers"."due_at" < suspended_since("dossiers"."clock"));
