-- What every stored dossier keeps for ever is stored in fewer bytes: see packHoldings, packJson, storedKey and storedEntries.
CREATE FUNCTION "pack_holdings"(holdings jsonb) RETURNS text LANGUAGE sql AS $$
  SELECT '[' || coalesce(string_agg('[' || concat_ws(',', ms, "values") || ']', ',' ORDER BY "place"), '') || ']' FROM (
    SELECT "place",
      (extract(epoch FROM "at") * 1000)::bigint
        - coalesce(lag((extract(epoch FROM "at") * 1000)::bigint) OVER (ORDER BY "place"), 0) AS ms,
      CASE WHEN "officer" ->> 'id' IS NOT NULL
           THEN concat_ws(',', coalesce(to_json("holder")::text, 'null'), coalesce(to_json("agency")::text, 'null'), "officer" -> 'id', "officer" -> 'name')
           WHEN "agency" IS NOT NULL THEN concat_ws(',', to_json("holder"), to_json("agency"))
           ELSE to_json("holder")::text END AS "values"
    FROM ROWS FROM (jsonb_to_recordset(holdings) AS ("at" timestamptz, "holder" text, "agency" text, "officer" jsonb))
         WITH ORDINALITY AS each("at", "holder", "agency", "officer", "place")
  ) each
$$;--> statement-breakpoint
ALTER TABLE "dossiers" ALTER COLUMN "holdings" DROP DEFAULT;--> statement-breakpoint
-- Some room for updates in place; every row of an ended dossier would leave the rest of a larger one empty.
ALTER TABLE "dossiers" SET (fillfactor = 90);--> statement-breakpoint
ALTER TABLE "dossiers" ALTER COLUMN "holdings" SET DATA TYPE text USING "pack_holdings"("holdings");--> statement-breakpoint
ALTER TABLE "dossiers" ALTER COLUMN "holdings" SET DEFAULT '[]';--> statement-breakpoint
DROP FUNCTION "pack_holdings";--> statement-breakpoint
-- New requests are packed; those of before stay readable as text.
ALTER TABLE "requests" ALTER COLUMN "request" SET DATA TYPE bytea USING convert_to("request"::text, 'UTF8');--> statement-breakpoint
ALTER TABLE "dossier_duplicate_keys" ALTER COLUMN "key" SET DATA TYPE uuid
  USING encode(substring(sha256(convert_to("key", 'UTF8')) FOR 16), 'hex')::uuid;--> statement-breakpoint
ALTER TABLE "steps" SET (fillfactor = 90);
--> statement-breakpoint
-- The history keeps the entries of one change in one row; a row of before has one entry. Numbers leave room for the entries' ids.
ALTER TABLE "history" ALTER COLUMN "note" SET DATA TYPE bytea
  USING convert_to(json_build_array(json_build_array("step_key", "state", "actor", "note"))::text, 'UTF8');--> statement-breakpoint
ALTER TABLE "history" RENAME COLUMN "note" TO "entries";--> statement-breakpoint
ALTER TABLE "history" ALTER COLUMN "entries" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "history" DROP COLUMN "step_key";--> statement-breakpoint
ALTER TABLE "history" DROP COLUMN "state";--> statement-breakpoint
ALTER TABLE "history" DROP COLUMN "actor";--> statement-breakpoint
ALTER TABLE "history" ALTER COLUMN "id" SET INCREMENT BY 64;
