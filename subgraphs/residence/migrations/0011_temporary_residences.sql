CREATE TABLE "temporary_residence_versions" (
	"temporary_residence_id" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"recorded_by" text NOT NULL,
	"ground" text NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"end_reason" text,
	CONSTRAINT "temporary_residence_versions_pk" PRIMARY KEY("temporary_residence_id","version"),
	CONSTRAINT "temporary_residence_versions_term" CHECK ("temporary_residence_versions"."starts_on" <= "temporary_residence_versions"."ends_on" and "temporary_residence_versions"."ends_on" <= "temporary_residence_versions"."starts_on" + interval '2 years'),
	CONSTRAINT "temporary_residence_versions_end" CHECK (("temporary_residence_versions"."end_reason" is null and "temporary_residence_versions"."valid_to" is null) or ("temporary_residence_versions"."end_reason" is not null and "temporary_residence_versions"."valid_to" is not null and "temporary_residence_versions"."version" > 1))
);
--> statement-breakpoint
CREATE TABLE "temporary_residences" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"address_line" text NOT NULL,
	"commune_list" text NOT NULL,
	"commune_code" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "temporary_residence_versions" ADD CONSTRAINT "temporary_residence_versions_of" FOREIGN KEY ("temporary_residence_id") REFERENCES "public"."temporary_residences"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "temporary_residences" ADD CONSTRAINT "temporary_residences_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "temporary_residences" ADD CONSTRAINT "temporary_residences_commune" FOREIGN KEY ("commune_list","commune_code") REFERENCES "public"."communes"("list","code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "temporary_residences_by_person" ON "temporary_residences" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "household_versions_by_commune" ON "household_versions" USING btree ("commune_code","household_id");