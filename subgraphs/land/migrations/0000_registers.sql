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
CREATE TABLE "certificate_holders" (
	"certificate_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"personal_id" text NOT NULL,
	CONSTRAINT "certificate_holders_pk" PRIMARY KEY("certificate_id","version","personal_id"),
	CONSTRAINT "certificate_holders_person" CHECK ("certificate_holders"."personal_id" ~ '^[0-9]{12}$')
);
--> statement-breakpoint
CREATE TABLE "certificate_versions" (
	"certificate_id" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"recorded_by" text NOT NULL,
	"ground" text NOT NULL,
	"issued_on" date NOT NULL,
	CONSTRAINT "certificate_versions_certificate_id_version_pk" PRIMARY KEY("certificate_id","version")
);
--> statement-breakpoint
CREATE TABLE "certificates" (
	"id" uuid PRIMARY KEY NOT NULL,
	"serial" text NOT NULL,
	"parcel_id" text NOT NULL,
	CONSTRAINT "certificates_serial_unique" UNIQUE("serial"),
	CONSTRAINT "certificates_serial" CHECK ("certificates"."serial" ~ '^[A-ZĐ]{2} ([0-9]{6}|[0-9]{8})$')
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
CREATE TABLE "parcel_versions" (
	"parcel_id" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"recorded_by" text NOT NULL,
	"ground" text NOT NULL,
	"commune_list" text NOT NULL,
	"commune_code" text NOT NULL,
	"sheet_no" integer NOT NULL,
	"parcel_no" integer NOT NULL,
	"area_m2" numeric(12, 1) NOT NULL,
	"purpose" text NOT NULL,
	CONSTRAINT "parcel_versions_parcel_id_version_pk" PRIMARY KEY("parcel_id","version"),
	CONSTRAINT "parcel_versions_area" CHECK ("parcel_versions"."area_m2" > 0),
	CONSTRAINT "parcel_versions_numbers" CHECK ("parcel_versions"."sheet_no" > 0 and "parcel_versions"."parcel_no" > 0),
	CONSTRAINT "parcel_versions_purpose" CHECK ("parcel_versions"."purpose" ~ '^[A-Z]{3}$')
);
--> statement-breakpoint
CREATE TABLE "parcels" (
	"id" text PRIMARY KEY NOT NULL,
	CONSTRAINT "parcels_id_geohash" CHECK ("parcels"."id" ~ '^w[0-9b-hjkmnp-z]{11}$')
);
--> statement-breakpoint
ALTER TABLE "certificate_holders" ADD CONSTRAINT "certificate_holders_version" FOREIGN KEY ("certificate_id","version") REFERENCES "public"."certificate_versions"("certificate_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certificate_versions" ADD CONSTRAINT "certificate_versions_certificate_id_certificates_id_fk" FOREIGN KEY ("certificate_id") REFERENCES "public"."certificates"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certificates" ADD CONSTRAINT "certificates_parcel_id_parcels_id_fk" FOREIGN KEY ("parcel_id") REFERENCES "public"."parcels"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "parcel_versions" ADD CONSTRAINT "parcel_versions_parcel_id_parcels_id_fk" FOREIGN KEY ("parcel_id") REFERENCES "public"."parcels"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "parcel_versions" ADD CONSTRAINT "parcel_versions_commune" FOREIGN KEY ("commune_list","commune_code") REFERENCES "public"."communes"("list","code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "certificate_holders_by_person" ON "certificate_holders" USING btree ("personal_id");
