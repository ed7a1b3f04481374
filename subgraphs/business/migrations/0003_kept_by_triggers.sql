-- What the rules of the agency promise, the database keeps: also where two officers act at once.
INSERT INTO business_people (business_id, version, role, personal_id)
SELECT business_id, version, CASE kind WHEN 'HOUSEHOLD' THEN 'OWNER' ELSE 'REPRESENTATIVE' END, owner_personal_id
  FROM business_versions;
--> statement-breakpoint
INSERT INTO business_lines (business_id, version, place, list, code)
SELECT business_id, version, 1, CASE WHEN valid_from < '2025-11-15' THEN '2018' ELSE '2025' END, industry
  FROM business_versions;
--> statement-breakpoint
INSERT INTO live_businesses (business_id, version, kind, commune_code, registered_on, household_owner)
SELECT DISTINCT ON (business_id) business_id, version, kind, commune_code, registered_on,
       CASE kind WHEN 'HOUSEHOLD' THEN owner_personal_id END
  FROM business_versions ORDER BY business_id, version DESC;
--> statement-breakpoint
INSERT INTO live_licences (licence_id, version, business_id, kind, expires_on, renew_by)
SELECT DISTINCT ON (l.id) l.id, v.version, l.business_id, l.kind, v.expires_on, v.renew_by
  FROM licences l JOIN licence_versions v ON v.licence_id = l.id ORDER BY l.id, v.version DESC;
--> statement-breakpoint
-- The facts of one person and one line are rows of their own now.
ALTER TABLE "business_versions" DROP COLUMN "owner_personal_id";
--> statement-breakpoint
ALTER TABLE "business_versions" DROP COLUMN "industry";
--> statement-breakpoint
-- The tables of what is in force follow from the versions: only the triggers below write them.
CREATE FUNCTION refuse_direct_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF pg_trigger_depth() < 2 THEN
    RAISE EXCEPTION '% follows from versions: enter a new version', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER live_businesses_derived BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON live_businesses
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_direct_change();
--> statement-breakpoint
CREATE TRIGGER live_licences_derived BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON live_licences
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_direct_change();
--> statement-breakpoint
-- A branch has the code of an enterprise with a number of its own. Law on Enterprises 59/2020/QH14, art. 44.
CREATE FUNCTION check_branch_code() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM businesses WHERE id = NEW.parent_id AND parent_id IS NULL AND NEW.code ~ ('^' || code || '-[0-9]{3}$');
  IF NOT FOUND THEN
    RAISE EXCEPTION 'Branch % does not have the code of its enterprise', NEW.code
      USING ERRCODE = 'check_violation', CONSTRAINT = 'businesses_branch_code';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER businesses_branches AFTER INSERT ON businesses
  FOR EACH ROW WHEN (NEW.parent_id IS NOT NULL) EXECUTE FUNCTION check_branch_code();
--> statement-breakpoint
-- Changes of one business take turns: each of the triggers locks its row of businesses first, and a branch that of its enterprise.
CREATE FUNCTION keep_live_business() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  head businesses%ROWTYPE;
BEGIN
  SELECT * INTO STRICT head FROM businesses WHERE id = NEW.business_id FOR UPDATE;
  IF NEW.kind <> (CASE WHEN head.parent_id IS NOT NULL THEN 'BRANCH'
                       WHEN head.code ~ '^[0-9]{10}$' THEN 'ENTERPRISE' ELSE 'HOUSEHOLD' END) THEN
    RAISE EXCEPTION 'The code % is not one of a %', head.code, NEW.kind
      USING ERRCODE = 'check_violation', CONSTRAINT = 'business_versions_code_of_kind';
  END IF;
  IF NEW.kind = 'BRANCH' AND NEW.state = 'ACTIVE' THEN
    PERFORM FROM businesses WHERE id = head.parent_id FOR SHARE;
    IF NOT EXISTS (SELECT FROM live_businesses WHERE business_id = head.parent_id) THEN
      RAISE EXCEPTION 'The enterprise of branch % is not in force', head.code
        USING ERRCODE = 'check_violation', CONSTRAINT = 'branch_of_live_enterprise';
    END IF;
  END IF;
  IF NEW.state = 'ENDED' THEN
    IF EXISTS (SELECT FROM businesses b JOIN live_businesses l ON l.business_id = b.id
                WHERE b.parent_id = NEW.business_id) THEN
      RAISE EXCEPTION 'Enterprise % has branches in force, so it cannot end', head.code
        USING ERRCODE = 'check_violation', CONSTRAINT = 'enterprise_without_branches';
    END IF;
    DELETE FROM live_licences WHERE business_id = NEW.business_id;
    DELETE FROM live_businesses WHERE business_id = NEW.business_id AND version = NEW.version - 1;
  ELSIF NEW.version = 1 OR begins_again(NEW, head.code) THEN
    INSERT INTO live_businesses VALUES (NEW.business_id, NEW.version, NEW.kind, NEW.commune_code, NEW.registered_on);
  ELSE
    UPDATE live_businesses
       SET version = NEW.version, commune_code = NEW.commune_code, registered_on = NEW.registered_on, household_owner = NULL
     WHERE business_id = NEW.business_id AND version = NEW.version - 1;
  END IF;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'Version % of business % does not follow one in force', NEW.version, head.code
      USING ERRCODE = 'check_violation', CONSTRAINT = 'business_versions_in_order';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- A household business that has ended may be registered again, since its code is the owner's personal number.
CREATE FUNCTION begins_again(entered business_versions, code text) RETURNS boolean LANGUAGE sql AS $$
  SELECT code ~ '^[0-9]{12}$' AND EXISTS (
    SELECT FROM business_versions
     WHERE business_id = entered.business_id AND version = entered.version - 1 AND state = 'ENDED')
$$;
--> statement-breakpoint
CREATE TRIGGER business_versions_in_force AFTER INSERT ON business_versions
  FOR EACH ROW EXECUTE FUNCTION keep_live_business();
--> statement-breakpoint
-- A person has one household business in force at most: the owner stands in live_businesses, where it is unique.
CREATE FUNCTION keep_household_owner() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE live_businesses SET household_owner = NEW.personal_id
   WHERE business_id = NEW.business_id AND version = NEW.version AND kind = 'HOUSEHOLD';
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER business_people_owner AFTER INSERT ON business_people
  FOR EACH ROW WHEN (NEW.role = 'OWNER') EXECUTE FUNCTION keep_household_owner();
--> statement-breakpoint
-- A version has the people that its kind demands, and as many people and lines as it says.
CREATE FUNCTION check_contents() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  entered business_versions%ROWTYPE;
  roles text[];
  lines integer;
BEGIN
  SELECT * INTO STRICT entered FROM business_versions WHERE business_id = NEW.business_id AND version = NEW.version;
  SELECT coalesce(array_agg(role ORDER BY role), '{}') INTO roles FROM business_people
   WHERE business_id = NEW.business_id AND version = NEW.version;
  SELECT count(*) INTO lines FROM business_lines WHERE business_id = NEW.business_id AND version = NEW.version;
  IF cardinality(roles) <> entered.people_count OR lines <> entered.line_count THEN
    RAISE EXCEPTION 'Version % of business % has % people and % lines', NEW.version, NEW.business_id, cardinality(roles), lines
      USING ERRCODE = 'check_violation', CONSTRAINT = 'business_versions_complete';
  END IF;
  IF NOT (CASE entered.kind
       WHEN 'HOUSEHOLD' THEN cardinality(array_positions(roles, 'OWNER')) = 1 AND roles <@ '{OWNER,MEMBER}'
       WHEN 'BRANCH' THEN roles = '{HEAD}'
       ELSE 'REPRESENTATIVE' = ANY (roles) AND NOT 'HEAD' = ANY (roles) END) THEN
    RAISE EXCEPTION 'A % does not have the people %', entered.kind, roles
      USING ERRCODE = 'check_violation', CONSTRAINT = 'business_people_of_kind';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER business_versions_contents AFTER INSERT ON business_versions
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_contents();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER business_people_contents AFTER INSERT ON business_people
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_contents();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER business_lines_contents AFTER INSERT ON business_lines
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_contents();
--> statement-breakpoint
CREATE FUNCTION keep_live_licence() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  head licences%ROWTYPE;
BEGIN
  SELECT * INTO STRICT head FROM licences WHERE id = NEW.licence_id;
  PERFORM FROM businesses WHERE id = head.business_id FOR UPDATE;
  IF NEW.state = 'REVOKED' THEN
    DELETE FROM live_licences WHERE licence_id = NEW.licence_id AND version = NEW.version - 1;
  ELSIF NEW.version = 1 THEN
    IF NOT EXISTS (SELECT FROM live_businesses WHERE business_id = head.business_id) THEN
      RAISE EXCEPTION 'The business of licence % is not in force', head.number
        USING ERRCODE = 'check_violation', CONSTRAINT = 'licence_of_live_business';
    END IF;
    INSERT INTO live_licences
    VALUES (NEW.licence_id, NEW.version, head.business_id, head.kind, NEW.expires_on, NEW.renew_by);
  ELSE
    UPDATE live_licences SET version = NEW.version, expires_on = NEW.expires_on, renew_by = NEW.renew_by
     WHERE licence_id = NEW.licence_id AND version = NEW.version - 1;
  END IF;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'Version % of licence % does not follow one in force', NEW.version, head.number
      USING ERRCODE = 'check_violation', CONSTRAINT = 'licence_versions_in_order';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER licence_versions_in_force AFTER INSERT ON licence_versions
  FOR EACH ROW EXECUTE FUNCTION keep_live_licence();
