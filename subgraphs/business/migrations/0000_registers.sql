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
CREATE TABLE "business_versions" (
	"business_id" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"recorded_by" text NOT NULL,
	"ground" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"owner_personal_id" text NOT NULL,
	"commune_list" text NOT NULL,
	"commune_code" text NOT NULL,
	"address_line" text NOT NULL,
	"industry" text NOT NULL,
	"registered_on" date NOT NULL,
	CONSTRAINT "business_versions_business_id_version_pk" PRIMARY KEY("business_id","version"),
	CONSTRAINT "business_versions_kind" CHECK ("business_versions"."kind" in ('HOUSEHOLD', 'ENTERPRISE')),
	CONSTRAINT "business_versions_industry" CHECK ("business_versions"."industry" ~ '^[0-9]{4}$'),
	CONSTRAINT "business_versions_owner" CHECK ("business_versions"."owner_personal_id" ~ '^[0-9]{12}$')
);
--> statement-breakpoint
CREATE TABLE "businesses" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	CONSTRAINT "businesses_code_unique" UNIQUE("code"),
	CONSTRAINT "businesses_code" CHECK ("businesses"."code" ~ '^([0-9]{12}|(?!00|[0-9]{2}0{7})[0-9]{10}(-(?!000)[0-9]{3})?|[0-9]{2}[A-Z][0-9]{7})$'),
	CONSTRAINT "businesses_code_check_digit" CHECK (case when "businesses"."code" ~ '^[0-9]{10}(-[0-9]{3})?$' then 10 - (31 * substr("code", 1, 1)::int + 29 * substr("code", 2, 1)::int + 23 * substr("code", 3, 1)::int + 19 * substr("code", 4, 1)::int + 17 * substr("code", 5, 1)::int + 13 * substr("code", 6, 1)::int + 7 * substr("code", 7, 1)::int + 5 * substr("code", 8, 1)::int + 3 * substr("code", 9, 1)::int) % 11 = substr("businesses"."code", 10, 1)::int else true end)
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
CREATE TABLE "licence_versions" (
	"licence_id" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"recorded_by" text NOT NULL,
	"ground" text NOT NULL,
	"issued_on" date NOT NULL,
	"expires_on" date,
	CONSTRAINT "licence_versions_licence_id_version_pk" PRIMARY KEY("licence_id","version"),
	CONSTRAINT "licence_versions_term" CHECK ("licence_versions"."expires_on" > "licence_versions"."issued_on")
);
--> statement-breakpoint
CREATE TABLE "licences" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" text NOT NULL,
	"business_id" uuid NOT NULL,
	"kind" text NOT NULL,
	CONSTRAINT "licences_number_unique" UNIQUE("number"),
	CONSTRAINT "licences_kind" CHECK ("licences"."kind" in ('LIQUOR_RETAIL', 'LIQUOR_WHOLESALE', 'TOBACCO_RETAIL', 'FOOD_SAFETY', 'SECURITY_ORDER', 'KARAOKE', 'PETROL_RETAIL', 'VIDEO_GAMES', 'REPRESENTATIVE_OFFICE'))
);
--> statement-breakpoint
ALTER TABLE "business_versions" ADD CONSTRAINT "business_versions_business_id_businesses_id_fk" FOREIGN KEY ("business_id") REFERENCES "public"."businesses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "business_versions" ADD CONSTRAINT "business_versions_commune" FOREIGN KEY ("commune_list","commune_code") REFERENCES "public"."communes"("list","code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "licence_versions" ADD CONSTRAINT "licence_versions_licence_id_licences_id_fk" FOREIGN KEY ("licence_id") REFERENCES "public"."licences"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "licences" ADD CONSTRAINT "licences_business_id_businesses_id_fk" FOREIGN KEY ("business_id") REFERENCES "public"."businesses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "business_versions_by_owner" ON "business_versions" USING btree ("owner_personal_id");--> statement-breakpoint
CREATE INDEX "licences_by_business" ON "licences" USING btree ("business_id");
