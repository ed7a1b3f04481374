CREATE TABLE "access_log" (
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"request_id" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"role" text NOT NULL,
	"office" text,
	"on_behalf_of" text,
	"purpose" text,
	"citizens" text[] NOT NULL,
	"fields" text[] NOT NULL
) PARTITION BY RANGE ("at");
--> statement-breakpoint
CREATE TABLE "communes" (
	"list" text NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"province" text NOT NULL,
	CONSTRAINT "communes_list_code_pk" PRIMARY KEY("list","code")
);
--> statement-breakpoint
CREATE TABLE "household_versions" (
	"household_id" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"recorded_by" text NOT NULL,
	"ground" text NOT NULL,
	"head_person_id" uuid NOT NULL,
	"address_line" text NOT NULL,
	"commune_list" text NOT NULL,
	"commune_code" text NOT NULL,
	CONSTRAINT "household_versions_household_id_version_pk" PRIMARY KEY("household_id","version")
);
--> statement-breakpoint
CREATE TABLE "households" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	CONSTRAINT "households_code_unique" UNIQUE("code")
);
--> statement-breakpoint
CREATE TABLE "person_versions" (
	"person_id" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"recorded_by" text NOT NULL,
	"ground" text NOT NULL,
	"full_name" text NOT NULL,
	"date_of_birth" text NOT NULL,
	"sex" text NOT NULL,
	"ethnicity" text NOT NULL,
	"nationality" text NOT NULL,
	"mother_personal_id" text,
	"father_personal_id" text,
	CONSTRAINT "person_versions_person_id_version_pk" PRIMARY KEY("person_id","version"),
	CONSTRAINT "person_versions_date_of_birth" CHECK ("person_versions"."date_of_birth" ~ '^[0-9]{4}(-[0-9]{2}){0,2}$'),
	CONSTRAINT "person_versions_sex" CHECK ("person_versions"."sex" in ('MALE', 'FEMALE'))
);
--> statement-breakpoint
CREATE TABLE "persons" (
	"id" uuid PRIMARY KEY NOT NULL,
	"personal_id" text NOT NULL,
	"part_id" uuid,
	"dossier" text,
	"office" text,
	"office_province" text,
	"guardians" text[] DEFAULT '{}' NOT NULL,
	CONSTRAINT "persons_personal_id_unique" UNIQUE("personal_id"),
	CONSTRAINT "persons_part_id_unique" UNIQUE("part_id"),
	CONSTRAINT "persons_personal_id" CHECK ("persons"."personal_id" ~ '^[0-9]{12}$')
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
	"facts" jsonb,
	"refusal" jsonb,
	"supplement" jsonb,
	"verify" text[],
	"content" jsonb,
	"decided_at" timestamp with time zone,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "residencies" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"part_id" uuid,
	"dossier" text,
	"office" text,
	"office_province" text,
	"guardians" text[] DEFAULT '{}' NOT NULL,
	CONSTRAINT "residencies_person_id_unique" UNIQUE("person_id"),
	CONSTRAINT "residencies_part_id_unique" UNIQUE("part_id")
);
--> statement-breakpoint
CREATE TABLE "residency_versions" (
	"residency_id" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"recorded_by" text NOT NULL,
	"ground" text NOT NULL,
	"household_id" uuid NOT NULL,
	"relation_to_head" text NOT NULL,
	"kind" text NOT NULL,
	"registered_on" date NOT NULL,
	CONSTRAINT "residency_versions_residency_id_version_pk" PRIMARY KEY("residency_id","version"),
	CONSTRAINT "residency_versions_kind" CHECK ("residency_versions"."kind" in ('PERMANENT'))
);
--> statement-breakpoint
ALTER TABLE "household_versions" ADD CONSTRAINT "household_versions_household_id_households_id_fk" FOREIGN KEY ("household_id") REFERENCES "public"."households"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "household_versions" ADD CONSTRAINT "household_versions_head_person_id_persons_id_fk" FOREIGN KEY ("head_person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "household_versions" ADD CONSTRAINT "household_versions_commune" FOREIGN KEY ("commune_list","commune_code") REFERENCES "public"."communes"("list","code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_versions" ADD CONSTRAINT "person_versions_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "residencies" ADD CONSTRAINT "residencies_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "residency_versions" ADD CONSTRAINT "residency_versions_residency_id_residencies_id_fk" FOREIGN KEY ("residency_id") REFERENCES "public"."residencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "residency_versions" ADD CONSTRAINT "residency_versions_household_id_households_id_fk" FOREIGN KEY ("household_id") REFERENCES "public"."households"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "household_versions_by_head" ON "household_versions" USING btree ("head_person_id");--> statement-breakpoint
CREATE INDEX "residency_versions_by_household" ON "residency_versions" USING btree ("household_id");
