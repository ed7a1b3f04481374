CREATE INDEX marriage_versions_by_husband ON marriage_versions USING gin (name_words(husband_name)) WITH (gin_pending_list_limit = 128);
--> statement-breakpoint
CREATE INDEX marriage_versions_by_wife ON marriage_versions USING gin (name_words(wife_name)) WITH (gin_pending_list_limit = 128);
--> statement-breakpoint
-- The persons who are married follow from marriages and their ends: only the triggers below write them.
CREATE FUNCTION refuse_direct_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF pg_trigger_depth() < 2 THEN
    RAISE EXCEPTION '% follows from marriages and their ends', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER current_spouses_derived BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON current_spouses
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_direct_change();
--> statement-breakpoint
-- Acts on one person take turns: as lockPersons does, in the order of the keys.
CREATE FUNCTION lock_persons(VARIADIC keys text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  key text;
BEGIN
  FOR key IN SELECT each FROM unnest(keys) each GROUP BY each ORDER BY each COLLATE "C" LOOP
    PERFORM pg_advisory_xact_lock(hashtextextended(key, 11));
  END LOOP;
END $$;
--> statement-breakpoint
CREATE FUNCTION keep_spouses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM lock_persons(NEW.husband_key, NEW.wife_key);
  IF EXISTS (SELECT FROM deaths WHERE deceased_key IN (NEW.husband_key, NEW.wife_key)) THEN
    RAISE EXCEPTION 'A spouse of the marriage % is dead', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'marriage_of_the_living';
  END IF;
  INSERT INTO current_spouses VALUES (NEW.husband_key, NEW.id), (NEW.wife_key, NEW.id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER marriages_in_force AFTER INSERT ON marriages
  FOR EACH ROW EXECUTE FUNCTION keep_spouses();
--> statement-breakpoint
CREATE FUNCTION end_spouses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM current_spouses WHERE marriage_id = NEW.marriage_id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER marriage_ends_in_force AFTER INSERT ON marriage_ends
  FOR EACH ROW EXECUTE FUNCTION end_spouses();
--> statement-breakpoint
-- The death of a spouse ends the marriage in the same transaction.
CREATE FUNCTION check_deceased_unmarried() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM lock_persons(NEW.deceased_key);
  IF EXISTS (SELECT FROM current_spouses WHERE person_key = NEW.deceased_key) THEN
    RAISE EXCEPTION 'The deceased of the entry % is still married', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'deceased_unmarried';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER deaths_end_marriages AFTER INSERT ON deaths
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_deceased_unmarried();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER marriages_numbered AFTER INSERT ON marriages
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_numbered('MARRIAGE');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER marital_confirmations_numbered AFTER INSERT ON marital_confirmations
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_numbered('MARITAL_STATUS');
--> statement-breakpoint
CREATE TRIGGER marriage_versions_follow AFTER INSERT ON marriage_versions
  FOR EACH ROW EXECUTE FUNCTION check_version_follows('marriage_id');
