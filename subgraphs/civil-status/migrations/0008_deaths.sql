CREATE TABLE "act_entries" (
	"act_id" uuid NOT NULL,
	"entry_id" uuid NOT NULL,
	CONSTRAINT "act_entries_pk" PRIMARY KEY("entry_id","act_id")
);
--> statement-breakpoint
CREATE TABLE "acts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"owner" text NOT NULL,
	"role" text NOT NULL,
	"idempotency_key" text NOT NULL,
	"body_hash" text NOT NULL,
	"effective_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ground" text NOT NULL,
	CONSTRAINT "acts_key" UNIQUE("owner","idempotency_key")
);
--> statement-breakpoint
CREATE TABLE "book_closings" (
	"book" text NOT NULL,
	"commune_list" text NOT NULL,
	"commune" text NOT NULL,
	"year" smallint NOT NULL,
	"entries" integer NOT NULL,
	"act_id" uuid NOT NULL,
	CONSTRAINT "book_closings_pk" PRIMARY KEY("book","commune_list","commune","year"),
	CONSTRAINT "book_closings_entries" CHECK ("book_closings"."entries" >= 0)
);
--> statement-breakpoint
CREATE TABLE "book_counters" (
	"book" text NOT NULL,
	"commune_list" text NOT NULL,
	"commune" text NOT NULL,
	"year" smallint NOT NULL,
	"last" integer NOT NULL,
	CONSTRAINT "book_counters_pk" PRIMARY KEY("book","commune_list","commune","year")
);
--> statement-breakpoint
CREATE TABLE "book_numbers" (
	"book" text NOT NULL,
	"commune_list" text NOT NULL,
	"commune" text NOT NULL,
	"year" smallint NOT NULL,
	"number" integer NOT NULL,
	"act_id" uuid NOT NULL,
	CONSTRAINT "book_numbers_pk" PRIMARY KEY("book","commune_list","commune","year","number"),
	CONSTRAINT "book_numbers_act" UNIQUE("act_id"),
	CONSTRAINT "book_numbers_positive" CHECK ("book_numbers"."number" > 0)
);
--> statement-breakpoint
CREATE TABLE "death_versions" (
	"death_id" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"recorded_by" text NOT NULL,
	"ground" text NOT NULL,
	"act_id" uuid NOT NULL,
	"full_name" text NOT NULL,
	"sex" text NOT NULL,
	"date_of_birth" text NOT NULL,
	"died_on" text NOT NULL,
	"details" "bytea" NOT NULL,
	CONSTRAINT "death_versions_pk" PRIMARY KEY("death_id","version"),
	CONSTRAINT "death_versions_sex" CHECK ("death_versions"."sex" in ('MALE', 'FEMALE')),
	CONSTRAINT "death_versions_dates" CHECK ("death_versions"."died_on" ~ '^\d{4}(-\d{2}){0,2}$' and "death_versions"."date_of_birth" ~ '^\d{4}(-\d{2}){0,2}$')
);
--> statement-breakpoint
CREATE TABLE "deaths" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"registered_on" date NOT NULL,
	"deceased_key" text NOT NULL,
	"personal_id" text,
	"declarant" text,
	"dossier" text,
	"office" text,
	"office_province" text,
	CONSTRAINT "deaths_deceased" UNIQUE("deceased_key"),
	CONSTRAINT "deaths_personal_id_shape" CHECK ("deaths"."personal_id" ~ '^\d{12}$'),
	CONSTRAINT "deaths_kind" CHECK ("deaths"."kind" in ('REGISTERED', 'REREGISTERED', 'NOTED'))
);
--> statement-breakpoint
ALTER TABLE "act_entries" ADD CONSTRAINT "act_entries_act_id_acts_id_fk" FOREIGN KEY ("act_id") REFERENCES "public"."acts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "book_closings" ADD CONSTRAINT "book_closings_act_id_acts_id_fk" FOREIGN KEY ("act_id") REFERENCES "public"."acts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "book_numbers" ADD CONSTRAINT "book_numbers_act_id_acts_id_fk" FOREIGN KEY ("act_id") REFERENCES "public"."acts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "book_numbers" ADD CONSTRAINT "book_numbers_commune" FOREIGN KEY ("commune_list","commune") REFERENCES "public"."communes"("list","code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "death_versions" ADD CONSTRAINT "death_versions_death_id_deaths_id_fk" FOREIGN KEY ("death_id") REFERENCES "public"."deaths"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "death_versions" ADD CONSTRAINT "death_versions_act_id_acts_id_fk" FOREIGN KEY ("act_id") REFERENCES "public"."acts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deaths" ADD CONSTRAINT "deaths_id_acts_id_fk" FOREIGN KEY ("id") REFERENCES "public"."acts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "act_entries_by_act" ON "act_entries" USING btree ("act_id");--> statement-breakpoint
CREATE INDEX "deaths_by_day" ON "deaths" USING btree ("registered_on","id");