-- Acts of officers; branches, people, lines of business, states and suspensions of businesses; renewal of licences.
CREATE TABLE "act_businesses" (
	"act_id" uuid NOT NULL,
	"business_id" uuid NOT NULL,
	CONSTRAINT "act_businesses_pk" PRIMARY KEY("business_id","act_id")
);
--> statement-breakpoint
CREATE TABLE "business_lines" (
	"business_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"place" integer NOT NULL,
	"list" text NOT NULL,
	"code" text NOT NULL,
	CONSTRAINT "business_lines_pk" PRIMARY KEY("business_id","version","place"),
	CONSTRAINT "business_lines_once" UNIQUE("business_id","version","code"),
	CONSTRAINT "business_lines_list" CHECK ("business_lines"."list" in ('2018', '2025')),
	CONSTRAINT "business_lines_code" CHECK ("business_lines"."code" ~ '^[0-9]{4}$'),
	CONSTRAINT "business_lines_place" CHECK ("business_lines"."place" > 0)
);
--> statement-breakpoint
CREATE TABLE "business_people" (
	"business_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"role" text NOT NULL,
	"personal_id" text NOT NULL,
	"full_name" text,
	"name_words" text[],
	CONSTRAINT "business_people_pk" PRIMARY KEY("business_id","version","role","personal_id"),
	CONSTRAINT "business_people_role" CHECK ("business_people"."role" in ('OWNER', 'MEMBER', 'REPRESENTATIVE', 'HEAD')),
	CONSTRAINT "business_people_person" CHECK ("business_people"."personal_id" ~ '^[0-9]{12}$')
);
--> statement-breakpoint
CREATE TABLE "live_businesses" (
	"business_id" uuid PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"kind" text NOT NULL,
	"commune_code" text NOT NULL,
	"registered_on" date NOT NULL,
	"household_owner" text,
	CONSTRAINT "live_businesses_household_owner" UNIQUE("household_owner")
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
CREATE TABLE "licence_rules" (
	"kind" text PRIMARY KEY NOT NULL,
	"validity_months" integer,
	"renew_before_days" integer NOT NULL,
	"lead_days" integer NOT NULL,
	"is_issued" boolean NOT NULL,
	CONSTRAINT "licence_rules_kind" CHECK ("licence_rules"."kind" in ('LIQUOR_RETAIL', 'LIQUOR_WHOLESALE', 'TOBACCO_RETAIL', 'FOOD_SAFETY', 'SECURITY_ORDER', 'KARAOKE', 'PETROL_RETAIL', 'VIDEO_GAMES', 'REPRESENTATIVE_OFFICE', 'WATER_EXTRACTION')),
	CONSTRAINT "licence_rules_days" CHECK ("licence_rules"."validity_months" > 0 and "licence_rules"."renew_before_days" between 0 and 366 and "licence_rules"."lead_days" between 0 and 366)
);
--> statement-breakpoint
CREATE TABLE "live_licences" (
	"licence_id" uuid PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"business_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"expires_on" date,
	"renew_by" date
);
--> statement-breakpoint
ALTER TABLE "business_versions" DROP CONSTRAINT "business_versions_industry";--> statement-breakpoint
ALTER TABLE "business_versions" DROP CONSTRAINT "business_versions_owner";--> statement-breakpoint
ALTER TABLE "business_versions" DROP CONSTRAINT "business_versions_kind";--> statement-breakpoint
ALTER TABLE "licences" DROP CONSTRAINT "licences_kind";--> statement-breakpoint
DROP INDEX "business_versions_by_owner";--> statement-breakpoint
ALTER TABLE "business_versions" ADD COLUMN "name_words" text[];--> statement-breakpoint
ALTER TABLE "business_versions" ADD COLUMN "foreign_name" text;--> statement-breakpoint
ALTER TABLE "business_versions" ADD COLUMN "short_name" text;--> statement-breakpoint
ALTER TABLE "business_versions" ADD COLUMN "form" text;--> statement-breakpoint
ALTER TABLE "business_versions" ADD COLUMN "capital" bigint;--> statement-breakpoint
ALTER TABLE "business_versions" ADD COLUMN "state" text DEFAULT 'ACTIVE' NOT NULL;--> statement-breakpoint
ALTER TABLE "business_versions" ADD COLUMN "suspended_from" date;--> statement-breakpoint
ALTER TABLE "business_versions" ADD COLUMN "suspended_to" date;--> statement-breakpoint
ALTER TABLE "business_versions" ADD COLUMN "change_number" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
-- A version of before has one person and one line.
ALTER TABLE "business_versions" ADD COLUMN "people_count" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "business_versions" ALTER COLUMN "people_count" DROP DEFAULT;--> statement-breakpoint
-- A version of before has one person and one line.
ALTER TABLE "business_versions" ADD COLUMN "line_count" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "business_versions" ALTER COLUMN "line_count" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "business_versions" ADD COLUMN "act_id" uuid;--> statement-breakpoint
ALTER TABLE "businesses" ADD COLUMN "parent_id" uuid;--> statement-breakpoint
ALTER TABLE "licence_versions" ADD COLUMN "issuer" text;--> statement-breakpoint
ALTER TABLE "licence_versions" ADD COLUMN "renew_by" date;--> statement-breakpoint
ALTER TABLE "licence_versions" ADD COLUMN "state" text DEFAULT 'VALID' NOT NULL;--> statement-breakpoint
ALTER TABLE "licence_versions" ADD COLUMN "act_id" uuid;--> statement-breakpoint
ALTER TABLE "act_businesses" ADD CONSTRAINT "act_businesses_act_id_acts_id_fk" FOREIGN KEY ("act_id") REFERENCES "public"."acts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "act_businesses" ADD CONSTRAINT "act_businesses_business_id_businesses_id_fk" FOREIGN KEY ("business_id") REFERENCES "public"."businesses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "business_lines" ADD CONSTRAINT "business_lines_version" FOREIGN KEY ("business_id","version") REFERENCES "public"."business_versions"("business_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "business_people" ADD CONSTRAINT "business_people_version" FOREIGN KEY ("business_id","version") REFERENCES "public"."business_versions"("business_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "live_businesses" ADD CONSTRAINT "live_businesses_business_id_businesses_id_fk" FOREIGN KEY ("business_id") REFERENCES "public"."businesses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "live_businesses" ADD CONSTRAINT "live_businesses_version" FOREIGN KEY ("business_id","version") REFERENCES "public"."business_versions"("business_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "live_licences" ADD CONSTRAINT "live_licences_licence_id_licences_id_fk" FOREIGN KEY ("licence_id") REFERENCES "public"."licences"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "live_licences" ADD CONSTRAINT "live_licences_business_id_live_businesses_business_id_fk" FOREIGN KEY ("business_id") REFERENCES "public"."live_businesses"("business_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "live_licences" ADD CONSTRAINT "live_licences_version" FOREIGN KEY ("licence_id","version") REFERENCES "public"."licence_versions"("licence_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "act_businesses_by_act" ON "act_businesses" USING btree ("act_id");--> statement-breakpoint
CREATE INDEX "business_people_by_person" ON "business_people" USING btree ("personal_id");--> statement-breakpoint
CREATE INDEX "business_people_by_name" ON "business_people" USING gin ("name_words") WITH (gin_pending_list_limit=128);--> statement-breakpoint
CREATE INDEX "live_businesses_by_day" ON "live_businesses" USING btree ("registered_on","business_id");--> statement-breakpoint
CREATE INDEX "live_businesses_by_commune" ON "live_businesses" USING btree ("commune_code","registered_on","business_id");--> statement-breakpoint
CREATE INDEX "live_licences_by_renewal" ON "live_licences" USING btree ("renew_by","licence_id");--> statement-breakpoint
CREATE INDEX "live_licences_by_business" ON "live_licences" USING btree ("business_id");--> statement-breakpoint
ALTER TABLE "business_versions" ADD CONSTRAINT "business_versions_act_id_acts_id_fk" FOREIGN KEY ("act_id") REFERENCES "public"."acts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "businesses" ADD CONSTRAINT "businesses_parent_id_businesses_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."businesses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "licence_versions" ADD CONSTRAINT "licence_versions_act_id_acts_id_fk" FOREIGN KEY ("act_id") REFERENCES "public"."acts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "business_versions_by_name" ON "business_versions" USING gin ("name_words") WITH (gin_pending_list_limit=128);--> statement-breakpoint
CREATE INDEX "businesses_by_parent" ON "businesses" USING btree ("parent_id");--> statement-breakpoint
ALTER TABLE "business_versions" ADD CONSTRAINT "business_versions_form" CHECK ("business_versions"."form" is null or ("business_versions"."kind" = 'ENTERPRISE'
         and "business_versions"."form" in ('PRIVATE', 'LLC_ONE_MEMBER', 'LLC', 'JOINT_STOCK', 'PARTNERSHIP')));--> statement-breakpoint
ALTER TABLE "business_versions" ADD CONSTRAINT "business_versions_capital" CHECK ("business_versions"."capital" > 0);--> statement-breakpoint
ALTER TABLE "business_versions" ADD CONSTRAINT "business_versions_state" CHECK ("business_versions"."state" = 'ACTIVE' or ("business_versions"."state" = 'ENDED' and "business_versions"."version" > 1 and "business_versions"."suspended_from" is null));--> statement-breakpoint
ALTER TABLE "business_versions" ADD CONSTRAINT "business_versions_counts" CHECK ("business_versions"."people_count" > 0 and "business_versions"."line_count" > 0);--> statement-breakpoint
ALTER TABLE "business_versions" ADD CONSTRAINT "business_versions_suspension" CHECK (("business_versions"."suspended_to" is null or "business_versions"."suspended_from" is not null) and "business_versions"."suspended_from" <= "business_versions"."suspended_to"
         and ("business_versions"."kind" = 'HOUSEHOLD' or "business_versions"."suspended_from" is null or "business_versions"."suspended_to" is not null));--> statement-breakpoint
ALTER TABLE "business_versions" ADD CONSTRAINT "business_versions_kind" CHECK ("business_versions"."kind" in ('HOUSEHOLD', 'ENTERPRISE', 'BRANCH'));--> statement-breakpoint
-- Last days of a renewal by the rules of these kinds.
ALTER TABLE "licence_versions" DISABLE TRIGGER licence_versions_append_only;--> statement-breakpoint
UPDATE "licence_versions" v SET "renew_by" = v.expires_on - CASE l.kind
    WHEN 'FOOD_SAFETY' THEN 180 WHEN 'VIDEO_GAMES' THEN 20 WHEN 'SECURITY_ORDER' THEN 0 WHEN 'KARAOKE' THEN 0 ELSE 30 END
  FROM "licences" l WHERE l.id = v.licence_id;--> statement-breakpoint
ALTER TABLE "licence_versions" ENABLE TRIGGER licence_versions_append_only;--> statement-breakpoint
ALTER TABLE "licence_versions" ADD CONSTRAINT "licence_versions_renewal" CHECK (("licence_versions"."expires_on" is null) = ("licence_versions"."renew_by" is null) and "licence_versions"."renew_by" between "licence_versions"."expires_on" - 366 and "licence_versions"."expires_on");--> statement-breakpoint
ALTER TABLE "licence_versions" ADD CONSTRAINT "licence_versions_state" CHECK ("licence_versions"."state" = 'VALID' or ("licence_versions"."state" = 'REVOKED' and "licence_versions"."version" > 1));--> statement-breakpoint
ALTER TABLE "licences" ADD CONSTRAINT "licences_kind" CHECK ("licences"."kind" in ('LIQUOR_RETAIL', 'LIQUOR_WHOLESALE', 'TOBACCO_RETAIL', 'FOOD_SAFETY', 'SECURITY_ORDER', 'KARAOKE', 'PETROL_RETAIL', 'VIDEO_GAMES', 'REPRESENTATIVE_OFFICE', 'WATER_EXTRACTION'));