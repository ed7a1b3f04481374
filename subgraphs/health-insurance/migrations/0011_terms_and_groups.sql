-- Terms of cards, groups of the insured with their benefit levels, and employers who enrol participants.
CREATE TABLE "card_terms" (
	"card_id" uuid NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date,
	"version" integer NOT NULL,
	"insurance_number" bigint NOT NULL,
	CONSTRAINT "card_terms_pk" PRIMARY KEY("card_id","starts_on")
);
--> statement-breakpoint
CREATE TABLE "insured_groups" (
	"code" text PRIMARY KEY NOT NULL,
	"benefit" integer NOT NULL,
	CONSTRAINT "insured_groups_benefit" UNIQUE("code","benefit"),
	CONSTRAINT "insured_groups_code" CHECK ("insured_groups"."code" ~ '^[A-Z]{2}$'),
	CONSTRAINT "insured_groups_level" CHECK ("insured_groups"."benefit" between 1 and 5)
);
--> statement-breakpoint
CREATE TABLE "enrolment_employers" (
	"act_id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "card_versions" ADD COLUMN "number" text;--> statement-breakpoint
ALTER TABLE "card_terms" ADD CONSTRAINT "card_terms_version" FOREIGN KEY ("card_id","version") REFERENCES "public"."card_versions"("card_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolment_employers" ADD CONSTRAINT "enrolment_employers_act_id_acts_id_fk" FOREIGN KEY ("act_id") REFERENCES "public"."acts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "card_terms" ADD CONSTRAINT "card_terms_apart"
  EXCLUDE USING gist (int8range("insurance_number", "insurance_number", '[]') WITH &&, daterange("starts_on", "ends_on", '[]') WITH &&);--> statement-breakpoint
CREATE INDEX "card_terms_by_end" ON "card_terms" USING btree (coalesce("ends_on", 'infinity'::date),"card_id");--> statement-breakpoint
-- Decision 1351/QĐ-BHXH of 2015 and later amendments; TE is sure, the other codes are likely.
INSERT INTO insured_groups (code, benefit) VALUES
  ('CC', 1), ('TE', 1), ('CK', 2), ('CB', 2), ('KC', 2), ('HN', 2), ('DT', 2), ('DK', 2), ('XD', 2), ('BT', 2), ('TS', 2), ('HT', 3),
  ('TC', 3), ('CN', 3), ('DN', 4), ('HX', 4), ('CH', 4), ('NN', 4), ('TK', 4), ('HC', 4), ('XK', 4), ('TB', 4), ('NO', 4), ('CT', 4),
  ('XB', 4), ('TN', 4), ('CS', 4), ('XN', 4), ('MS', 4), ('HD', 4), ('TQ', 4), ('TA', 4), ('TY', 4), ('HG', 4), ('LS', 4), ('PV', 4),
  ('HS', 4), ('SV', 4), ('GB', 4), ('GD', 4), ('QN', 5), ('CA', 5), ('CY', 5);
--> statement-breakpoint
ALTER TABLE "card_versions" ADD CONSTRAINT "card_versions_group" FOREIGN KEY ("object_code","benefit") REFERENCES "public"."insured_groups"("code","benefit") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
-- Words of a name without diacritics, in lower case. The order of the steps makes the result the same in every locale.
CREATE FUNCTION name_words(name text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT string_to_array(lower(translate(regexp_replace(btrim(regexp_replace(normalize(name, NFD), '\s+', ' ', 'g')),
    '[\u0300-\u036f]', '', 'g'), 'ĐđÐð’ʼ', 'dddd''''')), ' ')
$$;
--> statement-breakpoint
CREATE INDEX card_versions_by_name ON card_versions USING gin (name_words(holder_name)) WITH (gin_pending_list_limit = 128);
--> statement-breakpoint
INSERT INTO card_terms (card_id, starts_on, ends_on, version, insurance_number)
SELECT DISTINCT ON (v.card_id, v.card_valid_from) v.card_id, v.card_valid_from, v.card_valid_to, v.version, c.insurance_number::bigint
  FROM card_versions v JOIN cards c ON c.id = v.card_id ORDER BY v.card_id, v.card_valid_from, v.version DESC;
--> statement-breakpoint
-- The terms follow from the versions: only the trigger below writes them.
CREATE FUNCTION refuse_direct_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF pg_trigger_depth() < 2 THEN
    RAISE EXCEPTION '% follows from versions: enter a new version', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER card_terms_derived BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON card_terms
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_direct_change();
--> statement-breakpoint
-- A version states one term of its card, which begins on the first day that it names. The one that closes a card leaves no later term.
CREATE FUNCTION keep_card_term() RETURNS trigger LANGUAGE plpgsql AS $$
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
  INSERT INTO card_terms (card_id, starts_on, ends_on, version, insurance_number)
  VALUES (NEW.card_id, NEW.card_valid_from, NEW.card_valid_to, NEW.version, head.insurance_number::bigint)
  ON CONFLICT (card_id, starts_on) DO UPDATE SET ends_on = EXCLUDED.ends_on, version = EXCLUDED.version;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER card_versions_term AFTER INSERT ON card_versions FOR EACH ROW EXECUTE FUNCTION keep_card_term();
