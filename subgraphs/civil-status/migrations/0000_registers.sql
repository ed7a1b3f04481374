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
CREATE TABLE "birth_counters" (
	"commune_list" text NOT NULL,
	"commune" text NOT NULL,
	"year" smallint NOT NULL,
	"last" integer NOT NULL,
	CONSTRAINT "birth_counters_pk" PRIMARY KEY("commune_list","commune","year")
);
--> statement-breakpoint
CREATE TABLE "birth_numbers" (
	"commune_list" text NOT NULL,
	"commune" text NOT NULL,
	"year" smallint NOT NULL,
	"number" integer NOT NULL,
	"birth_id" uuid NOT NULL,
	CONSTRAINT "birth_numbers_pk" PRIMARY KEY("commune_list","commune","year","number"),
	CONSTRAINT "birth_numbers_birth" UNIQUE("birth_id"),
	CONSTRAINT "birth_numbers_positive" CHECK ("birth_numbers"."number" > 0)
);
--> statement-breakpoint
CREATE TABLE "birth_versions" (
	"birth_id" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"recorded_by" text NOT NULL,
	"ground" text NOT NULL,
	"full_name" text NOT NULL,
	"sex" text NOT NULL,
	"date_of_birth" text NOT NULL,
	"ethnicity" text NOT NULL,
	"nationality" text NOT NULL,
	"commune_list" text NOT NULL,
	"birth_facility" text,
	"birth_commune" text NOT NULL,
	"home_commune" text,
	"personal_id" text,
	"mother" jsonb NOT NULL,
	"father" jsonb,
	"declarant" jsonb NOT NULL,
	"without_notice" jsonb,
	CONSTRAINT "birth_versions_pk" PRIMARY KEY("birth_id","version"),
	CONSTRAINT "birth_versions_sex" CHECK ("birth_versions"."sex" in ('MALE', 'FEMALE')),
	CONSTRAINT "birth_versions_date_shape" CHECK ("birth_versions"."date_of_birth" ~ '^\d{4}(-\d{2}){0,2}$'),
	CONSTRAINT "birth_versions_personal_id_shape" CHECK ("birth_versions"."personal_id" ~ '^\d{12}$')
);
--> statement-breakpoint
CREATE TABLE "births" (
	"id" uuid PRIMARY KEY NOT NULL,
	"citizen_id" uuid NOT NULL,
	"registered_on" date NOT NULL,
	"birth_notice" text,
	"mother_key" text NOT NULL,
	"date_of_birth" text NOT NULL,
	"birth_order" smallint NOT NULL,
	"part_id" uuid,
	"dossier" text,
	"office" text,
	"office_province" text,
	"guardians" text[] NOT NULL,
	CONSTRAINT "births_citizen" UNIQUE("citizen_id"),
	CONSTRAINT "births_notice" UNIQUE("birth_notice"),
	CONSTRAINT "births_part" UNIQUE("part_id"),
	CONSTRAINT "births_mother_day_order" UNIQUE("mother_key","date_of_birth","birth_order"),
	CONSTRAINT "births_notice_shape" CHECK ("births"."birth_notice" ~ '^\d{5}\.GCS\.\d{5}\.\d{2}$'),
	CONSTRAINT "births_date_shape" CHECK ("births"."date_of_birth" ~ '^\d{4}(-\d{2}){0,2}$'),
	CONSTRAINT "births_order_range" CHECK ("births"."birth_order" between 1 and 20)
);
--> statement-breakpoint
CREATE TABLE "citizen_numbers" (
	"citizen_id" uuid PRIMARY KEY NOT NULL,
	"personal_id" text NOT NULL,
	CONSTRAINT "citizen_numbers_personal_id" UNIQUE("personal_id"),
	CONSTRAINT "citizen_numbers_shape" CHECK ("citizen_numbers"."personal_id" ~ '^\d{12}$')
);
--> statement-breakpoint
CREATE TABLE "communes" (
	"list" text NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"province" text NOT NULL,
	CONSTRAINT "communes_list_code_pk" PRIMARY KEY("list","code")
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
ALTER TABLE "birth_numbers" ADD CONSTRAINT "birth_numbers_birth_id_births_id_fk" FOREIGN KEY ("birth_id") REFERENCES "public"."births"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "birth_numbers" ADD CONSTRAINT "birth_numbers_commune" FOREIGN KEY ("commune_list","commune") REFERENCES "public"."communes"("list","code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "birth_versions" ADD CONSTRAINT "birth_versions_birth_id_births_id_fk" FOREIGN KEY ("birth_id") REFERENCES "public"."births"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "birth_versions" ADD CONSTRAINT "birth_versions_birth_commune" FOREIGN KEY ("commune_list","birth_commune") REFERENCES "public"."communes"("list","code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "birth_versions" ADD CONSTRAINT "birth_versions_home_commune" FOREIGN KEY ("commune_list","home_commune") REFERENCES "public"."communes"("list","code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "citizen_numbers" ADD CONSTRAINT "citizen_numbers_citizen_id_births_citizen_id_fk" FOREIGN KEY ("citizen_id") REFERENCES "public"."births"("citizen_id") ON DELETE no action ON UPDATE no action;