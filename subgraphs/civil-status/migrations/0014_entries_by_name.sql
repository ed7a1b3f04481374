-- Registrars search births by name and day; the register grows in the order of days, so that few bytes index them.
CREATE INDEX birth_versions_by_name ON birth_versions USING gin (name_words(full_name)) WITH (gin_pending_list_limit = 128);
--> statement-breakpoint
CREATE INDEX births_by_day ON births USING brin (registered_on);
--> statement-breakpoint
CREATE TRIGGER birth_versions_follow AFTER INSERT ON birth_versions
  FOR EACH ROW WHEN (NEW.version > 1) EXECUTE FUNCTION check_version_follows('birth_id');
--> statement-breakpoint
CREATE FUNCTION check_act_numbered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM book_numbers WHERE act_id = NEW.id AND book =
    CASE NEW.kind WHEN 'RECOGNITION' THEN 'RECOGNITION' WHEN 'EXTRACT' THEN 'EXTRACT' ELSE 'CHANGE' END) THEN
    RAISE EXCEPTION 'The act % has no number', NEW.id USING ERRCODE = 'check_violation', CONSTRAINT = 'act_numbered';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER acts_numbered AFTER INSERT ON acts
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.kind IN ('RECOGNITION', 'EXTRACT', 'CORRECTION', 'CHANGE', 'SUPPLEMENT', 'ETHNICITY'))
  EXECUTE FUNCTION check_act_numbered();
--> statement-breakpoint
-- An extract shows a version that exists, of an entry of its book.
CREATE FUNCTION check_extract() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT (CASE NEW.book
    WHEN 'BIRTH' THEN EXISTS (SELECT FROM birth_versions WHERE birth_id = NEW.entry_id AND version = NEW.version)
    WHEN 'DEATH' THEN EXISTS (SELECT FROM death_versions WHERE death_id = NEW.entry_id AND version = NEW.version)
    ELSE EXISTS (SELECT FROM marriage_versions WHERE marriage_id = NEW.entry_id AND version = NEW.version) END) THEN
    RAISE EXCEPTION 'The extract % shows no version of an entry', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'extract_of_version';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER extracts_of_versions AFTER INSERT ON extracts
  FOR EACH ROW EXECUTE FUNCTION check_extract();
