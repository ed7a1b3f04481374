CREATE TABLE "enrolments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"personal_id" text NOT NULL,
	"school" text NOT NULL,
	"grade" integer NOT NULL,
	"part_id" uuid,
	"dossier" text,
	"office" text,
	"office_province" text,
	CONSTRAINT "enrolments_part_id_unique" UNIQUE("part_id"),
	CONSTRAINT "enrolments_grade" CHECK ("enrolments"."grade" between 1 and 12)
);
--> statement-breakpoint
CREATE TABLE "received_parts" (
	"part_id" uuid PRIMARY KEY NOT NULL,
	"procedure" text NOT NULL,
	"dossier" text,
	"office" text,
	"state" text NOT NULL,
	"result_type" text,
	"result_id" uuid,
	"facts" bytea,
	"refusal" jsonb,
	"supplement" jsonb,
	"verify" text[],
	"likenesses" jsonb,
	"content" jsonb,
	"decided_at" timestamp with time zone,
	"recorded_at" timestamp with time zone DEFAULT now()
);
--> statement-breakpoint
CREATE INDEX "enrolments_by_person" ON "enrolments" USING btree ("personal_id");
