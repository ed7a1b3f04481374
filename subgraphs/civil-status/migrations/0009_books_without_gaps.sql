-- Words by which a name is found: without diacritics, in lower case. Letters lose their marks first, so that no locale matters.
CREATE FUNCTION name_words(name text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT string_to_array(lower(translate(regexp_replace(btrim(regexp_replace(normalize(name, NFD), '\s+', ' ', 'g')),
    '[\u0300-\u036f]', '', 'g'), 'ĐđÐð’ʼ', 'dddd''''')), ' ')
$$;
--> statement-breakpoint
CREATE INDEX death_versions_by_name ON death_versions USING gin (name_words(full_name)) WITH (gin_pending_list_limit = 128);
--> statement-breakpoint
-- What the rules of the agency promise, the database keeps: also where two registrars act at once.
CREATE FUNCTION check_book_number() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.number > 1 AND NOT EXISTS (
    SELECT FROM book_numbers WHERE book = NEW.book AND commune_list = NEW.commune_list AND commune = NEW.commune
       AND year = NEW.year AND number = NEW.number - 1) THEN
    RAISE EXCEPTION 'Number %/% of the book % in % leaves a gap', NEW.number, NEW.year, NEW.book, NEW.commune
      USING ERRCODE = 'check_violation', CONSTRAINT = 'book_numbers_without_gaps';
  END IF;
  IF EXISTS (
    SELECT FROM book_closings WHERE book = NEW.book AND commune_list = NEW.commune_list AND commune = NEW.commune
       AND year = NEW.year) THEN
    RAISE EXCEPTION 'The book % of % in % is closed', NEW.book, NEW.year, NEW.commune
      USING ERRCODE = 'check_violation', CONSTRAINT = 'book_numbers_open_book';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER book_numbers_in_order AFTER INSERT ON book_numbers
  FOR EACH ROW EXECUTE FUNCTION check_book_number();
--> statement-breakpoint
-- An entry has a number in the book that is the trigger's argument.
CREATE FUNCTION check_numbered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM book_numbers WHERE act_id = NEW.id AND book = TG_ARGV[0]) THEN
    RAISE EXCEPTION 'The entry % has no number in the book %', NEW.id, TG_ARGV[0]
      USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_numbered';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER deaths_numbered AFTER INSERT ON deaths
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_numbered('DEATH');
--> statement-breakpoint
-- A version follows the one before; the arguments name the table's column of the entry.
CREATE FUNCTION check_version_follows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  follows boolean;
BEGIN
  EXECUTE format('SELECT $1.version = 1 OR EXISTS (SELECT FROM %I WHERE %I = $1.%I AND version = $1.version - 1)',
    TG_TABLE_NAME, TG_ARGV[0], TG_ARGV[0]) INTO follows USING NEW;
  IF NOT follows THEN
    RAISE EXCEPTION 'Version % of % does not follow one before', NEW.version, TG_TABLE_NAME
      USING ERRCODE = 'check_violation', CONSTRAINT = 'version_follows';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER death_versions_follow AFTER INSERT ON death_versions
  FOR EACH ROW EXECUTE FUNCTION check_version_follows('death_id');
