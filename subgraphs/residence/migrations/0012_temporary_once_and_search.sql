-- A term follows one that has not ended early.
CREATE FUNCTION check_temporary_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM temporary_residence_versions
    WHERE temporary_residence_id = NEW.temporary_residence_id AND version = NEW.version - 1 AND valid_to IS NULL;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'Version % of temporary residence % does not follow one in force', NEW.version, NEW.temporary_residence_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'temporary_residence_versions_in_order';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER temporary_residence_versions_order AFTER INSERT ON temporary_residence_versions
  FOR EACH ROW WHEN (NEW.version > 1) EXECUTE FUNCTION check_temporary_order();
--> statement-breakpoint
-- A person has one temporary residence in a commune at a time. The lock of the person makes the statement after it see what another
-- transaction did.
CREATE FUNCTION check_temporary_overlap() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  head temporary_residences%ROWTYPE;
BEGIN
  SELECT * INTO STRICT head FROM temporary_residences WHERE id = NEW.temporary_residence_id;
  PERFORM FROM persons WHERE id = head.person_id FOR UPDATE;
  PERFORM FROM temporary_residences t JOIN temporary_residence_versions v ON v.temporary_residence_id = t.id
    WHERE t.person_id = head.person_id AND t.commune_code = head.commune_code AND t.id <> head.id
      AND v.version = (SELECT max(n.version) FROM temporary_residence_versions n WHERE n.temporary_residence_id = t.id)
      AND v.valid_to IS NULL AND v.starts_on <= NEW.ends_on AND v.ends_on >= NEW.starts_on;
  IF FOUND THEN
    RAISE EXCEPTION 'Temporary residence % overlaps another one of the person in the commune', head.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'temporary_residence_once';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER temporary_residence_versions_once AFTER INSERT ON temporary_residence_versions
  FOR EACH ROW WHEN (NEW.valid_to IS NULL) EXECUTE FUNCTION check_temporary_overlap();
--> statement-breakpoint
-- Words of a name without diacritics, in lower case. The order of the steps makes the result the same in every locale.
CREATE FUNCTION name_words(name text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT string_to_array(lower(translate(regexp_replace(btrim(regexp_replace(normalize(name, NFD), '\s+', ' ', 'g')),
    '[\u0300-\u036f]', '', 'g'), 'ĐđÐð’ʼ', 'dddd''''')), ' ')
$$;
--> statement-breakpoint
CREATE INDEX person_versions_by_name ON person_versions USING gin (name_words(full_name)) WITH (gin_pending_list_limit = 128);
