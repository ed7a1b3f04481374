-- A register's entries and versions are never changed or removed: a correction is a new version.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: enter a new version', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER persons_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON persons
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER person_versions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON person_versions
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER households_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON households
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER household_versions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON household_versions
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER residencies_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON residencies
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER residency_versions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON residency_versions
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
