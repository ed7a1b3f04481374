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
CREATE TABLE "card_versions" (
	"card_id" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"recorded_by" text NOT NULL,
	"ground" text NOT NULL,
	"facility_code" text NOT NULL,
	"card_valid_from" date NOT NULL,
	"card_valid_to" date,
	"benefit" integer NOT NULL,
	"object_code" text NOT NULL,
	CONSTRAINT "card_versions_card_id_version_pk" PRIMARY KEY("card_id","version"),
	CONSTRAINT "card_versions_validity" CHECK ("card_versions"."card_valid_to" >= "card_versions"."card_valid_from"),
	CONSTRAINT "card_versions_benefit" CHECK ("card_versions"."benefit" between 1 and 5 and ("card_versions"."object_code" <> 'TE' or "card_versions"."benefit" = 1)),
	CONSTRAINT "card_versions_object_code" CHECK ("card_versions"."object_code" ~ '^[A-Z]{2}$')
);
--> statement-breakpoint
CREATE TABLE "cards" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" text NOT NULL,
	"insurance_number" text GENERATED ALWAYS AS (substr("number", 6)) STORED NOT NULL,
	"personal_id" text NOT NULL,
	"part_id" uuid,
	"guardians" text[] DEFAULT '{}' NOT NULL,
	"dossier" text,
	"office" text,
	"office_province" text,
	CONSTRAINT "cards_number_unique" UNIQUE("number"),
	CONSTRAINT "cards_insurance_number_unique" UNIQUE("insurance_number"),
	CONSTRAINT "cards_personal_id_unique" UNIQUE("personal_id"),
	CONSTRAINT "cards_part_id_unique" UNIQUE("part_id"),
	CONSTRAINT "cards_number" CHECK ("cards"."number" ~ '^[A-Z]{2}[1-5][0-9]{12}$' and "cards"."number" !~ '^TE[2-5]'),
	CONSTRAINT "cards_personal_id" CHECK ("cards"."personal_id" ~ '^[0-9]{12}$')
);
--> statement-breakpoint
CREATE TABLE "care_facilities" (
	"code" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"commune_list" text NOT NULL,
	"commune_code" text NOT NULL,
	CONSTRAINT "care_facilities_code" CHECK ("care_facilities"."code" ~ '^[0-9]{5}$')
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
ALTER TABLE "card_versions" ADD CONSTRAINT "card_versions_card_id_cards_id_fk" FOREIGN KEY ("card_id") REFERENCES "public"."cards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "card_versions" ADD CONSTRAINT "card_versions_facility_code_care_facilities_code_fk" FOREIGN KEY ("facility_code") REFERENCES "public"."care_facilities"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "care_facilities" ADD CONSTRAINT "care_facilities_commune" FOREIGN KEY ("commune_list","commune_code") REFERENCES "public"."communes"("list","code") ON DELETE no action ON UPDATE no action;
