-- A search at an office reads the entries of that office alone, however many the province has.
CREATE FUNCTION "search_terms"(words text[], office text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT words || ARRAY(SELECT office || ' ' || word FROM unnest(words) AS each(word) WHERE word !~ '[0-9]')
$$;--> statement-breakpoint
DROP INDEX "dossiers_search_words";--> statement-breakpoint
CREATE INDEX "dossiers_search_terms" ON "dossiers" USING gin (search_terms("search_words", "office"));--> statement-breakpoint
-- What is late in a province is counted in the index alone.
CREATE INDEX "dossiers_open_province" ON "dossiers" USING btree ("province","due_at","id","state") WHERE "dossiers"."deadline_at" is not null;
--> statement-breakpoint
-- By default a fifth of the rows changes before a vacuum, and until then each row that has changed is counted in the table.
ALTER TABLE "dossiers" SET (autovacuum_vacuum_scale_factor = 0.01);--> statement-breakpoint
ALTER TABLE "steps" SET (autovacuum_vacuum_scale_factor = 0.01);
