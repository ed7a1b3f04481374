-- A register is never changed or removed: a correction is a new version, and what heads say never changes.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: enter a new version', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER parcels_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON parcels
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER parcel_versions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON parcel_versions
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER certificates_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON certificates
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER certificate_versions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON certificate_versions
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER certificate_holders_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON certificate_holders
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
