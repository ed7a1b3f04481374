-- A register is never changed or removed: a correction is a new version, and what heads say never changes.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: enter a new version', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER businesses_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON businesses
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER business_versions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON business_versions
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER licences_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON licences
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER licence_versions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON licence_versions
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
