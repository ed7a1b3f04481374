-- What the rules of the agency promise, the database keeps: also where two officers act at once.
CREATE FUNCTION check_residency_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM residency_versions WHERE residency_id = NEW.residency_id AND version = NEW.version - 1;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'Version % of residency % does not follow the one before', NEW.version, NEW.residency_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'residency_versions_in_order';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER residency_versions_order AFTER INSERT ON residency_versions
  FOR EACH ROW WHEN (NEW.version > 1) EXECUTE FUNCTION check_residency_order();
--> statement-breakpoint
CREATE FUNCTION check_household_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM household_versions
    WHERE household_id = NEW.household_id AND version = NEW.version - 1 AND valid_to IS NULL;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'Version % of household % does not follow one in force', NEW.version, NEW.household_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'household_versions_in_order';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER household_versions_order AFTER INSERT ON household_versions
  FOR EACH ROW WHEN (NEW.version > 1) EXECUTE FUNCTION check_household_order();
--> statement-breakpoint
-- A household in force has one head, who is a member; an ended one has no members. Changes of a household take turns: the lock
-- makes the statements after it see what the other transaction did.
CREATE FUNCTION check_household(home uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  last household_versions%ROWTYPE;
  members integer;
  heads uuid[];
BEGIN
  PERFORM FROM households WHERE id = home FOR UPDATE;
  SELECT * INTO last FROM household_versions WHERE household_id = home ORDER BY version DESC LIMIT 1;
  SELECT count(*), array_agg(r.person_id) FILTER (WHERE v.relation_to_head = 'HEAD') INTO members, heads
    FROM residency_versions v JOIN residencies r ON r.id = v.residency_id
   WHERE v.household_id = home AND v.valid_to IS NULL
     AND NOT EXISTS (SELECT FROM residency_versions n WHERE n.residency_id = v.residency_id AND n.version > v.version);
  IF last.valid_to IS NOT NULL AND members > 0 THEN
    RAISE EXCEPTION 'Household % has ended, so it has no members', home
      USING ERRCODE = 'check_violation', CONSTRAINT = 'household_ended';
  END IF;
  IF last.valid_to IS NULL AND heads IS DISTINCT FROM ARRAY[last.head_person_id] THEN
    RAISE EXCEPTION 'Household % has not exactly one head, who is a member', home
      USING ERRCODE = 'check_violation', CONSTRAINT = 'household_one_head';
  END IF;
END $$;
--> statement-breakpoint
CREATE FUNCTION check_household_of_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM check_household(NEW.household_id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER household_versions_headed AFTER INSERT ON household_versions
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_household_of_version();
--> statement-breakpoint
CREATE FUNCTION check_households_of_residency() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  former uuid;
BEGIN
  SELECT household_id INTO former FROM residency_versions
   WHERE residency_id = NEW.residency_id AND version = NEW.version - 1;
  IF former <> NEW.household_id THEN
    PERFORM check_household(former);
  END IF;
  PERFORM check_household(NEW.household_id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER residency_versions_headed AFTER INSERT ON residency_versions
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.version > 1 OR NEW.relation_to_head = 'HEAD')
  EXECUTE FUNCTION check_households_of_residency();
--> statement-breakpoint
-- The usual entry, such as a newborn's: it adds a member who is no head, so the household need only be in force. Its reference
-- to the household keeps an act from ending the household meanwhile.
CREATE FUNCTION check_household_joined() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM household_versions WHERE household_id = NEW.household_id AND valid_to IS NOT NULL;
  IF FOUND THEN
    RAISE EXCEPTION 'Household % has ended, so nobody joins it', NEW.household_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'household_ended';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER residency_versions_joined AFTER INSERT ON residency_versions
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.version = 1 AND NEW.relation_to_head <> 'HEAD')
  EXECUTE FUNCTION check_household_joined();
--> statement-breakpoint
-- A personal number says sex and year of birth (Circular 07/2016/TT-BCA, art. 7; Law on Identity 26/2023, art. 12).
CREATE FUNCTION check_personal_number() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  number text;
  century_and_sex integer;
BEGIN
  SELECT personal_id INTO STRICT number FROM persons WHERE id = NEW.person_id;
  century_and_sex := substr(number, 4, 1)::integer;
  IF (century_and_sex % 2 = 1) <> (NEW.sex = 'FEMALE')
     OR 1900 + century_and_sex / 2 * 100 + substr(number, 5, 2)::integer <> substr(NEW.date_of_birth, 1, 4)::integer THEN
    RAISE EXCEPTION 'The number of person % says another sex or year of birth', NEW.person_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'personal_number_agrees';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER person_versions_number AFTER INSERT ON person_versions
  FOR EACH ROW EXECUTE FUNCTION check_personal_number();
