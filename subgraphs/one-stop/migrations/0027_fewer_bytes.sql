-- The words of a dossier are stored in one text: an array needs twice the bytes. The tail of a code was a word of its own, for which
-- the index had an entry for each dossier; it is found by its day and its number.
DROP INDEX "dossiers_search_terms";--> statement-breakpoint
DROP FUNCTION "search_terms"(text[], text);--> statement-breakpoint
CREATE FUNCTION "search_terms"(words text, office text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT string_to_array(words, ' ')
    || ARRAY(SELECT office || ' ' || word FROM unnest(string_to_array(words, ' ')) AS each(word) WHERE word !~ '[0-9]')
$$;--> statement-breakpoint
-- These indexes are dropped before the table is rewritten, which would build them, too.
DROP INDEX "dossiers_open_province";--> statement-breakpoint
DROP INDEX "dossiers_office_due";--> statement-breakpoint
DROP INDEX "dossiers_office_received";--> statement-breakpoint
DROP INDEX "dossiers_received";--> statement-breakpoint
DROP INDEX "dossiers_office_open";--> statement-breakpoint
DROP INDEX "dossiers_parties";--> statement-breakpoint
ALTER TABLE "dossiers" ALTER COLUMN "search_words" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "dossiers" ALTER COLUMN "search_words" SET DATA TYPE text
  USING regexp_replace(array_to_string("search_words", ' '), '\m(\d{6,8})-\d{4,7}\M', '\1');--> statement-breakpoint
ALTER TABLE "dossiers" ALTER COLUMN "search_words" SET DEFAULT '';--> statement-breakpoint
-- Entries that wait to be sorted into an index are read by every search, and their pages stay: see SHORT_PENDING_LIST.
CREATE INDEX "dossiers_search_terms" ON "dossiers" USING gin (search_terms("search_words", "office")) WITH (gin_pending_list_limit=128);--> statement-breakpoint
CREATE INDEX "dossiers_parties" ON "dossiers" USING gin ("parties") WITH (gin_pending_list_limit=128);--> statement-breakpoint
-- Without the id, or the due date that no count of states reads, equal entries are stored once.
CREATE INDEX "dossiers_office_due" ON "dossiers" USING btree ("office","due_at");--> statement-breakpoint
CREATE INDEX "dossiers_office_received" ON "dossiers" USING btree ("office","received_at");--> statement-breakpoint
CREATE INDEX "dossiers_received" ON "dossiers" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "dossiers_office_open" ON "dossiers" USING btree ("office","state") WHERE "dossiers"."state" not in ('RETURNED', 'NOT_ACCEPTED', 'WITHDRAWN', 'STOPPED');--> statement-breakpoint
-- What is late in a province is counted in an index of those dossiers alone whose clock runs, without a look at each state.
CREATE INDEX "dossiers_running_province" ON "dossiers" USING btree ("province","due_at","id") WHERE "dossiers"."deadline_at" is not null and "dossiers"."state" in ('RECEIVED', 'IN_PROGRESS');
