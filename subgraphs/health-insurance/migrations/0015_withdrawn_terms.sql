ALTER TABLE "card_versions" DROP CONSTRAINT "card_versions_validity";--> statement-breakpoint
ALTER TABLE "card_versions" ADD CONSTRAINT "card_versions_validity" CHECK ("card_versions"."card_valid_to" >= "card_versions"."card_valid_from" - 1);--> statement-breakpoint
-- A version whose last day lies before its first one withdraws the term.
CREATE OR REPLACE FUNCTION keep_card_term() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  head cards%ROWTYPE;
BEGIN
  SELECT * INTO STRICT head FROM cards WHERE id = NEW.card_id;
  IF coalesce(NEW.number, head.number) !~ ('^' || NEW.object_code || NEW.benefit || '[0-9]{2}' || head.insurance_number || '$') THEN
    RAISE EXCEPTION 'The number of card % is not one of its group, level and holder', head.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'card_versions_number';
  END IF;
  IF NEW.version > 1 THEN
    PERFORM FROM cards WHERE id = NEW.card_id FOR UPDATE; -- changes of one card take turns
  END IF;
  IF NEW.version > 1 AND NOT EXISTS (
       SELECT FROM card_versions WHERE card_id = NEW.card_id AND version = NEW.version - 1 AND closed_on IS NULL) THEN
    RAISE EXCEPTION 'Version % of card % does not follow one of an open card', NEW.version, head.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'card_versions_in_order';
  END IF;
  IF NEW.closed_on IS NOT NULL THEN
    DELETE FROM card_terms WHERE card_id = NEW.card_id AND starts_on > NEW.card_valid_from;
  END IF;
  IF NEW.card_valid_to < NEW.card_valid_from THEN
    DELETE FROM card_terms WHERE card_id = NEW.card_id AND starts_on = NEW.card_valid_from;
    RETURN NULL;
  END IF;
  IF NEW.version > 1 AND EXISTS (
       SELECT FROM card_terms WHERE card_id = NEW.card_id AND starts_on <> NEW.card_valid_from
          AND daterange(starts_on, ends_on, '[]') && daterange(NEW.card_valid_from, NEW.card_valid_to, '[]')) THEN
    RAISE EXCEPTION 'Version % of card % has a term in the days of another one', NEW.version, head.id
      USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'card_terms_apart';
  END IF;
  INSERT INTO card_terms (card_id, starts_on, ends_on, version)
  VALUES (NEW.card_id, NEW.card_valid_from, NEW.card_valid_to, NEW.version)
  ON CONFLICT (card_id, starts_on) DO UPDATE SET ends_on = EXCLUDED.ends_on, version = EXCLUDED.version;
  RETURN NULL;
END $$;
