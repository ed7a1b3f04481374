CREATE TABLE "handled_cells" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "handled_cells_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"office" text NOT NULL,
	"agency" text NOT NULL,
	"dossier_procedure" text NOT NULL,
	"procedure" text NOT NULL,
	"step_key" text NOT NULL,
	"officer" text NOT NULL,
	"officer_name" text NOT NULL,
	CONSTRAINT "handled_cells_key" UNIQUE("office","agency","procedure","step_key","dossier_procedure","officer","officer_name")
);
--> statement-breakpoint
CREATE TABLE "handled_days" (
	"office" text NOT NULL,
	"day" date NOT NULL,
	"packed" "bytea" NOT NULL,
	CONSTRAINT "handled_days_key" PRIMARY KEY("office","day")
);
--> statement-breakpoint
CREATE TABLE "open_work_changes" (
	"office" text NOT NULL,
	"agency" text NOT NULL,
	"procedure" text NOT NULL,
	"step_key" text NOT NULL,
	"dossier_procedure" text NOT NULL,
	"officer" text NOT NULL,
	"officer_name" text NOT NULL,
	"is_running" boolean NOT NULL,
	"late_after" timestamp with time zone,
	"parts" smallint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "open_work" (
	"office" text NOT NULL,
	"agency" text NOT NULL,
	"procedure" text NOT NULL,
	"step_key" text NOT NULL,
	"dossier_procedure" text NOT NULL,
	"officer" text NOT NULL,
	"officer_name" text NOT NULL,
	"open" integer NOT NULL,
	"late" integer NOT NULL,
	"at_risk" integer NOT NULL,
	"due_today" integer NOT NULL,
	CONSTRAINT "open_work_key" PRIMARY KEY("office","agency","procedure","step_key","dossier_procedure","officer","officer_name")
);
--> statement-breakpoint
CREATE TABLE "open_work_time" (
	"only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"soon" timestamp with time zone NOT NULL,
	"day_end" timestamp with time zone NOT NULL
);
--> statement-breakpoint
-- Number below 2^28 in as few bytes as it needs: seven bits in each, the highest first, and the eighth bit in all but the last.
CREATE FUNCTION "packed_number"(n bigint) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN n < 1 << 7 THEN substring(int8send(n) FROM 8)
    WHEN n < 1 << 14 THEN substring(int8send((((n >> 7) | 128) << 8) | (n & 127)) FROM 7)
    WHEN n < 1 << 21 THEN substring(int8send((((n >> 14) | 128) << 16) | ((((n >> 7) & 127) | 128) << 8) | (n & 127)) FROM 6)
    ELSE substring(int8send(
      (((n >> 21) | 128) << 24) | ((((n >> 14) & 127) | 128) << 16) | ((((n >> 7) & 127) | 128) << 8) | (n & 127)) FROM 5)
  END
$$;
--> statement-breakpoint
-- Packs the handled parts of an office and day anew, as `handled_days` tells. One transaction at a time may do it, as the consumer's does.
CREATE FUNCTION "pack_handled_parts"(of_office text, of_day date) RETURNS void LANGUAGE sql AS $$
  INSERT INTO handled_cells (office, agency, procedure, step_key, dossier_procedure, officer, officer_name)
  SELECT DISTINCT office, agency, procedure, step_key, dossier_procedure, officer, officer_name FROM handled_parts p
   WHERE office = of_office AND day = of_day AND NOT EXISTS (
         SELECT FROM handled_cells c
          WHERE (c.office, c.agency, c.procedure, c.step_key, c.dossier_procedure, c.officer, c.officer_name)
              = (p.office, p.agency, p.procedure, p.step_key, p.dossier_procedure, p.officer, p.officer_name));
  INSERT INTO handled_days (office, day, packed)
  SELECT of_office, of_day, string_agg(packed_number(id) || packed_number(numbers) || minutes, '') FROM (
    SELECT id, count(*) AS numbers, string_agg(
           CASE parts WHEN 1 THEN packed_number(more * 2) ELSE packed_number(more * 2 + 1) || packed_number(parts) END, '' ORDER BY minutes
         ) AS minutes
      FROM (
        SELECT c.id, p.minutes, p.parts, p.minutes - coalesce(lag(p.minutes) OVER (PARTITION BY c.id ORDER BY p.minutes), 0) AS more
          FROM handled_parts p
          JOIN handled_cells c USING (office, agency, procedure, step_key, dossier_procedure, officer, officer_name)
         WHERE p.office = of_office AND p.day = of_day
      ) numbers
     GROUP BY id
  ) cells
  HAVING count(*) > 0
      ON CONFLICT ON CONSTRAINT handled_days_key DO UPDATE SET packed = excluded.packed;
$$;
--> statement-breakpoint
SELECT pack_handled_parts(office, day) FROM (SELECT DISTINCT office, day FROM handled_parts) days;
--> statement-breakpoint
INSERT INTO "open_work_time" ("at", "soon", "day_end") VALUES ('-infinity', '-infinity', '-infinity');
--> statement-breakpoint
-- Counts all open parts anew, as of a time at which nothing was due yet. Nobody may write steps meanwhile.
CREATE FUNCTION "recount_open_work"() RETURNS void LANGUAGE sql AS $$
  DELETE FROM open_work_changes;
  DELETE FROM open_work;
  UPDATE open_work_time SET at = '-infinity', soon = '-infinity', day_end = '-infinity';
  INSERT INTO open_work (office, agency, procedure, step_key, dossier_procedure, officer, officer_name, open, late, at_risk, due_today)
  SELECT s.office, s.agency, s.procedure, s.key, d.procedure_code, coalesce(s.claimed_by, ''), coalesce(s.claimed_name, ''),
         count(*), 0, 0, 0
    FROM steps s JOIN dossiers d ON d.id = s.dossier_id
   WHERE s.part AND s.state IN ('PROCESSING', 'SUPPLEMENT_NEEDED')
   GROUP BY 1, 2, 3, 4, 5, 6, 7
$$;
--> statement-breakpoint
-- Notes the part as it was open and as it is open. A change that leaves it as it was counted gives two rows that cancel out.
CREATE FUNCTION "note_open_work"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.part AND OLD.state IN ('PROCESSING', 'SUPPLEMENT_NEEDED') THEN
    INSERT INTO open_work_changes
    SELECT OLD.office, OLD.agency, OLD.procedure, OLD.key, d.procedure_code, coalesce(OLD.claimed_by, ''), coalesce(OLD.claimed_name, ''),
           OLD.state = 'PROCESSING', CASE WHEN OLD.state = 'PROCESSING' OR OLD.due_at < suspended_since(OLD.clock) THEN OLD.due_at END, -1
      FROM dossiers d WHERE d.id = OLD.dossier_id;
  END IF;
  IF TG_OP <> 'DELETE' AND NEW.part AND NEW.state IN ('PROCESSING', 'SUPPLEMENT_NEEDED') THEN
    INSERT INTO open_work_changes
    SELECT NEW.office, NEW.agency, NEW.procedure, NEW.key, d.procedure_code, coalesce(NEW.claimed_by, ''), coalesce(NEW.claimed_name, ''),
           NEW.state = 'PROCESSING', CASE WHEN NEW.state = 'PROCESSING' OR NEW.due_at < suspended_since(NEW.clock) THEN NEW.due_at END, 1
      FROM dossiers d WHERE d.id = NEW.dossier_id;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- Steps cannot be written from here to the end of the migration, which counts the open parts by their index.
CREATE TRIGGER "steps_open_work_new" AFTER INSERT ON "steps" FOR EACH ROW
  WHEN (NEW.part AND NEW.state IN ('PROCESSING', 'SUPPLEMENT_NEEDED')) EXECUTE FUNCTION note_open_work();
--> statement-breakpoint
CREATE TRIGGER "steps_open_work_changed" AFTER UPDATE ON "steps" FOR EACH ROW
  WHEN ((OLD.part AND OLD.state IN ('PROCESSING', 'SUPPLEMENT_NEEDED') OR NEW.part AND NEW.state IN ('PROCESSING', 'SUPPLEMENT_NEEDED'))
    AND (OLD.part, OLD.state, OLD.due_at, OLD.clock, OLD.office, OLD.agency, OLD.procedure, OLD.key, OLD.claimed_by, OLD.claimed_name)
      IS DISTINCT FROM (NEW.part, NEW.state, NEW.due_at, NEW.clock, NEW.office, NEW.agency, NEW.procedure, NEW.key, NEW.claimed_by, NEW.claimed_name))
  EXECUTE FUNCTION note_open_work();
--> statement-breakpoint
CREATE TRIGGER "steps_open_work_removed" AFTER DELETE ON "steps" FOR EACH ROW
  WHEN (OLD.part AND OLD.state IN ('PROCESSING', 'SUPPLEMENT_NEEDED')) EXECUTE FUNCTION note_open_work();
--> statement-breakpoint
SELECT recount_open_work();
