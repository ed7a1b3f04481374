-- What the rules of the agency promise, the database keeps: also where two officers act at once.
INSERT INTO live_parcels (parcel_id, version, commune_code, sheet_no, parcel_no)
SELECT DISTINCT ON (parcel_id) parcel_id, version, commune_code, sheet_no, parcel_no
  FROM parcel_versions ORDER BY parcel_id, version DESC;
--> statement-breakpoint
INSERT INTO live_certificates (parcel_id, certificate_id, version, serial, issued_on)
SELECT DISTINCT ON (c.id) c.parcel_id, c.id, v.version, c.serial, v.issued_on
  FROM certificates c JOIN certificate_versions v ON v.certificate_id = c.id ORDER BY c.id, v.version DESC;
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
CREATE TRIGGER live_parcels_derived BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON live_parcels
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_direct_change();
--> statement-breakpoint
CREATE TRIGGER live_certificates_derived BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON live_certificates
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_direct_change();
--> statement-breakpoint
CREATE FUNCTION is_encumbered(parcel text) RETURNS boolean LANGUAGE sql AS $$
  SELECT EXISTS (
    SELECT FROM encumbrances e
     WHERE e.parcel_id = parcel AND NOT EXISTS (SELECT FROM encumbrance_ends x WHERE x.encumbrance_id = e.id))
$$;
--> statement-breakpoint
-- Changes of one parcel take turns: each of the triggers locks its row of parcels first.
CREATE FUNCTION keep_live_parcel() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM parcels WHERE id = NEW.parcel_id FOR UPDATE;
  IF NEW.version = 1 THEN
    INSERT INTO live_parcels VALUES (NEW.parcel_id, NEW.version, NEW.commune_code, NEW.sheet_no, NEW.parcel_no);
  ELSIF NEW.state = 'LIVE' THEN
    UPDATE live_parcels
       SET version = NEW.version, commune_code = NEW.commune_code, sheet_no = NEW.sheet_no, parcel_no = NEW.parcel_no
     WHERE parcel_id = NEW.parcel_id AND version = NEW.version - 1;
  ELSE
    IF is_encumbered(NEW.parcel_id) THEN
      RAISE EXCEPTION 'Parcel % is encumbered, so it cannot end', NEW.parcel_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'parcel_encumbered';
    END IF;
    DELETE FROM live_parcels WHERE parcel_id = NEW.parcel_id AND version = NEW.version - 1;
  END IF;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'Version % of parcel % does not follow one in force', NEW.version, NEW.parcel_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'parcel_versions_in_order';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER parcel_versions_in_force AFTER INSERT ON parcel_versions
  FOR EACH ROW EXECUTE FUNCTION keep_live_parcel();
--> statement-breakpoint
CREATE FUNCTION keep_live_certificate() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  head certificates%ROWTYPE;
BEGIN
  SELECT * INTO STRICT head FROM certificates WHERE id = NEW.certificate_id;
  PERFORM FROM parcels WHERE id = head.parcel_id FOR UPDATE;
  IF NEW.version = 1 THEN
    INSERT INTO live_certificates VALUES (head.parcel_id, head.id, NEW.version, head.serial, NEW.issued_on);
  ELSIF NEW.state = 'LIVE' THEN
    UPDATE live_certificates SET version = NEW.version, issued_on = NEW.issued_on
     WHERE certificate_id = NEW.certificate_id AND version = NEW.version - 1;
  ELSE
    DELETE FROM live_certificates WHERE certificate_id = NEW.certificate_id AND version = NEW.version - 1;
  END IF;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'Version % of certificate % does not follow one in force', NEW.version, NEW.certificate_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'certificate_versions_in_order';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER certificate_versions_in_force AFTER INSERT ON certificate_versions
  FOR EACH ROW EXECUTE FUNCTION keep_live_certificate();
--> statement-breakpoint
-- Shares of the holders add up to the whole.
CREATE FUNCTION check_shares() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  total integer;
  held bigint;
BEGIN
  SELECT share_total INTO total FROM certificate_versions
   WHERE certificate_id = NEW.certificate_id AND version = NEW.version;
  SELECT coalesce(sum(shares), 0) INTO held FROM certificate_holders
   WHERE certificate_id = NEW.certificate_id AND version = NEW.version;
  IF held <> total THEN
    RAISE EXCEPTION 'Shares of certificate % add up to % of %', NEW.certificate_id, held, total
      USING ERRCODE = 'check_violation', CONSTRAINT = 'certificate_shares_whole';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER certificate_versions_whole AFTER INSERT ON certificate_versions
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_shares();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER certificate_holders_whole AFTER INSERT ON certificate_holders
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_shares();
--> statement-breakpoint
-- While a parcel is encumbered, its holders and their shares stay: a new certificate is issued to the same ones in the transaction
-- that ends the former one.
CREATE FUNCTION check_encumbered_holders() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  parcel text;
  former certificate_versions%ROWTYPE;
BEGIN
  SELECT parcel_id INTO STRICT parcel FROM certificates WHERE id = NEW.certificate_id;
  IF NOT is_encumbered(parcel) THEN
    RETURN NULL;
  END IF;
  IF NEW.state = 'LIVE' THEN
    SELECT v.* INTO former FROM certificate_versions v
     WHERE v.certificate_id = NEW.certificate_id AND v.version = NEW.version - 1;
    IF NOT FOUND THEN
      SELECT v.* INTO former FROM certificates c
        JOIN certificate_versions e ON e.certificate_id = c.id AND e.state = 'ENDED' AND e.act_id = NEW.act_id
        JOIN certificate_versions v ON v.certificate_id = c.id AND v.version = e.version - 1
       WHERE c.parcel_id = parcel;
    END IF;
    PERFORM FROM (SELECT * FROM certificate_holders
                   WHERE certificate_id = former.certificate_id AND version = former.version) f
       FULL JOIN (SELECT * FROM certificate_holders
                   WHERE certificate_id = NEW.certificate_id AND version = NEW.version) n USING (personal_id)
      WHERE f.shares IS NULL OR n.shares IS NULL
         OR f.shares::bigint * NEW.share_total <> n.shares::bigint * former.share_total;
  ELSE
    PERFORM WHERE NOT EXISTS (SELECT FROM live_certificates WHERE parcel_id = parcel);
  END IF;
  IF FOUND THEN
    RAISE EXCEPTION 'Parcel % is encumbered, so its holders cannot change', parcel
      USING ERRCODE = 'check_violation', CONSTRAINT = 'parcel_encumbered';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER certificate_versions_unencumbered AFTER INSERT ON certificate_versions
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_encumbered_holders();
--> statement-breakpoint
CREATE FUNCTION check_encumbrance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM parcels WHERE id = NEW.parcel_id FOR UPDATE;
  IF NOT EXISTS (SELECT FROM live_parcels WHERE parcel_id = NEW.parcel_id) THEN
    RAISE EXCEPTION 'Parcel % is not in force, so it cannot be encumbered', NEW.parcel_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'encumbrance_of_live_parcel';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER encumbrances_of_live_parcels AFTER INSERT ON encumbrances
  FOR EACH ROW EXECUTE FUNCTION check_encumbrance();
--> statement-breakpoint
-- The parcels that an act ends have the area of those that it makes, and each is a parent of one of them.
CREATE FUNCTION check_ancestry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ended numeric;
  made numeric;
BEGIN
  SELECT sum(area_m2) FILTER (WHERE state <> 'LIVE'), sum(area_m2) FILTER (WHERE version = 1)
    INTO ended, made FROM parcel_versions WHERE act_id = NEW.act_id;
  IF ended IS NULL OR made IS NULL OR ended <> made THEN
    RAISE EXCEPTION 'Act % makes parcels of % m2 out of % m2', NEW.act_id, made, ended
      USING ERRCODE = 'check_violation', CONSTRAINT = 'parcel_area_conserved';
  END IF;
  PERFORM FROM parcel_versions v
    WHERE v.act_id = NEW.act_id AND v.state <> 'LIVE'
      AND NOT EXISTS (SELECT FROM parcel_ancestry a WHERE a.act_id = v.act_id AND a.parent_id = v.parcel_id);
  IF FOUND THEN
    RAISE EXCEPTION 'Act % ends a parcel without a successor', NEW.act_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'parcel_ancestry_kept';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER parcel_ancestry_area AFTER INSERT ON parcel_ancestry
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_ancestry();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER parcel_versions_end AFTER INSERT ON parcel_versions
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.state <> 'LIVE') EXECUTE FUNCTION check_ancestry();
