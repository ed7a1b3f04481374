-- A register is never changed or removed: a correction is a new version, and what heads say never changes.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: enter a new version', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER cards_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cards
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER card_versions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON card_versions
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
