-- A register's entries are never changed or removed: a correction is a new version.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: enter a new version', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER births_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON births
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER birth_versions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON birth_versions
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER birth_numbers_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON birth_numbers
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER citizen_numbers_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON citizen_numbers
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
