-- Acts of officers, with shares of holders, ancestry of parcels, encumbrances and financial obligations.
CREATE TABLE "act_parcels" (
	"act_id" uuid NOT NULL,
	"parcel_id" text NOT NULL,
	CONSTRAINT "act_parcels_pk" PRIMARY KEY("parcel_id","act_id")
);
--> statement-breakpoint
CREATE TABLE "live_certificates" (
	"parcel_id" text PRIMARY KEY NOT NULL,
	"certificate_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"serial" text NOT NULL,
	"issued_on" date NOT NULL,
	CONSTRAINT "live_certificates_certificate_id_unique" UNIQUE("certificate_id")
);
--> statement-breakpoint
CREATE TABLE "live_parcels" (
	"parcel_id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"commune_code" text NOT NULL,
	"sheet_no" integer NOT NULL,
	"parcel_no" integer NOT NULL,
	CONSTRAINT "live_parcels_place" UNIQUE("commune_code","sheet_no","parcel_no")
);
--> statement-breakpoint
CREATE TABLE "parcel_ancestry" (
	"child_id" text NOT NULL,
	"parent_id" text NOT NULL,
	"act_id" uuid NOT NULL,
	CONSTRAINT "parcel_ancestry_pk" PRIMARY KEY("child_id","parent_id"),
	CONSTRAINT "parcel_ancestry_itself" CHECK ("parcel_ancestry"."child_id" <> "parcel_ancestry"."parent_id")
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
CREATE TABLE "encumbrance_ends" (
	"encumbrance_id" uuid PRIMARY KEY NOT NULL,
	"act_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "encumbrances" (
	"id" uuid PRIMARY KEY NOT NULL,
	"parcel_id" text NOT NULL,
	"kind" text NOT NULL,
	"party" text NOT NULL,
	CONSTRAINT "encumbrances_kind" CHECK ("encumbrances"."kind" in ('MORTGAGE', 'DISPUTE', 'BLOCK'))
);
--> statement-breakpoint
CREATE TABLE "obligation_settlements" (
	"obligation_id" uuid PRIMARY KEY NOT NULL,
	"act_id" uuid NOT NULL,
	"outcome" text NOT NULL,
	CONSTRAINT "obligation_settlements_outcome" CHECK ("obligation_settlements"."outcome" in ('PAID', 'EXEMPTED', 'WITHDRAWN'))
);
--> statement-breakpoint
CREATE TABLE "obligations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"parcel_id" text NOT NULL,
	"debtor" text NOT NULL,
	"kind" text NOT NULL,
	"amount" bigint NOT NULL,
	"due_on" date NOT NULL,
	CONSTRAINT "obligations_amount" CHECK ("obligations"."amount" > 0),
	CONSTRAINT "obligations_debtor" CHECK ("obligations"."debtor" ~ '^[0-9]{12}$'),
	CONSTRAINT "obligations_kind" CHECK ("obligations"."kind" in ('PERSONAL_INCOME_TAX', 'REGISTRATION_FEE', 'LAND_USE_FEE', 'LAND_RENT'))
);
--> statement-breakpoint
ALTER TABLE "certificate_holders" ADD COLUMN "full_name" text;--> statement-breakpoint
ALTER TABLE "certificate_holders" ADD COLUMN "name_words" text[];--> statement-breakpoint
-- Co-owners of before shares were kept have equal shares.
ALTER TABLE "certificate_holders" ADD COLUMN "shares" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "certificate_holders" ALTER COLUMN "shares" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "certificate_versions" ADD COLUMN "book_number" text;--> statement-breakpoint
ALTER TABLE "certificate_versions" ADD COLUMN "state" text DEFAULT 'LIVE' NOT NULL;--> statement-breakpoint
ALTER TABLE "certificate_versions" ADD COLUMN "share_total" integer;--> statement-breakpoint
ALTER TABLE "certificate_versions" DISABLE TRIGGER certificate_versions_append_only;--> statement-breakpoint
UPDATE "certificate_versions" v SET "share_total" = (
  SELECT count(*) FROM "certificate_holders" h WHERE h.certificate_id = v.certificate_id AND h.version = v.version);--> statement-breakpoint
ALTER TABLE "certificate_versions" ENABLE TRIGGER certificate_versions_append_only;--> statement-breakpoint
ALTER TABLE "certificate_versions" ALTER COLUMN "share_total" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "certificate_versions" ADD COLUMN "act_id" uuid;--> statement-breakpoint
ALTER TABLE "parcel_versions" ADD COLUMN "term_ends_on" date;--> statement-breakpoint
ALTER TABLE "parcel_versions" ADD COLUMN "state" text DEFAULT 'LIVE' NOT NULL;--> statement-breakpoint
ALTER TABLE "parcel_versions" ADD COLUMN "act_id" uuid;--> statement-breakpoint
ALTER TABLE "act_parcels" ADD CONSTRAINT "act_parcels_act_id_acts_id_fk" FOREIGN KEY ("act_id") REFERENCES "public"."acts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "act_parcels" ADD CONSTRAINT "act_parcels_parcel_id_parcels_id_fk" FOREIGN KEY ("parcel_id") REFERENCES "public"."parcels"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "live_certificates" ADD CONSTRAINT "live_certificates_parcel_id_live_parcels_parcel_id_fk" FOREIGN KEY ("parcel_id") REFERENCES "public"."live_parcels"("parcel_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "live_certificates" ADD CONSTRAINT "live_certificates_version" FOREIGN KEY ("certificate_id","version") REFERENCES "public"."certificate_versions"("certificate_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "live_parcels" ADD CONSTRAINT "live_parcels_parcel_id_parcels_id_fk" FOREIGN KEY ("parcel_id") REFERENCES "public"."parcels"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "live_parcels" ADD CONSTRAINT "live_parcels_version" FOREIGN KEY ("parcel_id","version") REFERENCES "public"."parcel_versions"("parcel_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "parcel_ancestry" ADD CONSTRAINT "parcel_ancestry_child_id_parcels_id_fk" FOREIGN KEY ("child_id") REFERENCES "public"."parcels"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "parcel_ancestry" ADD CONSTRAINT "parcel_ancestry_parent_id_parcels_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."parcels"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "parcel_ancestry" ADD CONSTRAINT "parcel_ancestry_act_id_acts_id_fk" FOREIGN KEY ("act_id") REFERENCES "public"."acts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "encumbrance_ends" ADD CONSTRAINT "encumbrance_ends_encumbrance_id_encumbrances_id_fk" FOREIGN KEY ("encumbrance_id") REFERENCES "public"."encumbrances"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "encumbrance_ends" ADD CONSTRAINT "encumbrance_ends_act_id_acts_id_fk" FOREIGN KEY ("act_id") REFERENCES "public"."acts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "encumbrances" ADD CONSTRAINT "encumbrances_id_acts_id_fk" FOREIGN KEY ("id") REFERENCES "public"."acts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "encumbrances" ADD CONSTRAINT "encumbrances_parcel_id_parcels_id_fk" FOREIGN KEY ("parcel_id") REFERENCES "public"."parcels"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "obligation_settlements" ADD CONSTRAINT "obligation_settlements_obligation_id_obligations_id_fk" FOREIGN KEY ("obligation_id") REFERENCES "public"."obligations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "obligation_settlements" ADD CONSTRAINT "obligation_settlements_act_id_acts_id_fk" FOREIGN KEY ("act_id") REFERENCES "public"."acts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "obligations" ADD CONSTRAINT "obligations_id_acts_id_fk" FOREIGN KEY ("id") REFERENCES "public"."acts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "obligations" ADD CONSTRAINT "obligations_parcel_id_parcels_id_fk" FOREIGN KEY ("parcel_id") REFERENCES "public"."parcels"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "act_parcels_by_act" ON "act_parcels" USING btree ("act_id");--> statement-breakpoint
CREATE INDEX "live_certificates_by_day" ON "live_certificates" USING btree ("issued_on","serial");--> statement-breakpoint
CREATE INDEX "parcel_ancestry_by_parent" ON "parcel_ancestry" USING btree ("parent_id");--> statement-breakpoint
CREATE INDEX "parcel_ancestry_by_act" ON "parcel_ancestry" USING btree ("act_id");--> statement-breakpoint
CREATE INDEX "encumbrances_by_parcel" ON "encumbrances" USING btree ("parcel_id");--> statement-breakpoint
CREATE INDEX "obligations_by_parcel" ON "obligations" USING btree ("parcel_id");--> statement-breakpoint
ALTER TABLE "certificate_versions" ADD CONSTRAINT "certificate_versions_act_id_acts_id_fk" FOREIGN KEY ("act_id") REFERENCES "public"."acts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "parcel_versions" ADD CONSTRAINT "parcel_versions_act_id_acts_id_fk" FOREIGN KEY ("act_id") REFERENCES "public"."acts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "certificate_holders_by_name" ON "certificate_holders" USING gin ("name_words") WITH (gin_pending_list_limit=128);--> statement-breakpoint
CREATE INDEX "certificates_by_parcel" ON "certificates" USING btree ("parcel_id");--> statement-breakpoint
ALTER TABLE "certificate_holders" ADD CONSTRAINT "certificate_holders_shares" CHECK ("certificate_holders"."shares" > 0);--> statement-breakpoint
ALTER TABLE "certificate_versions" ADD CONSTRAINT "certificate_versions_state" CHECK (("certificate_versions"."state" = 'LIVE' and "certificate_versions"."share_total" between 1 and 1000000)
         or ("certificate_versions"."state" = 'ENDED' and "certificate_versions"."share_total" = 0 and "certificate_versions"."version" > 1));--> statement-breakpoint
ALTER TABLE "parcel_versions" ADD CONSTRAINT "parcel_versions_state" CHECK ("parcel_versions"."state" = 'LIVE' or ("parcel_versions"."state" in ('SPLIT', 'MERGED') and "parcel_versions"."version" > 1));--> statement-breakpoint
CREATE INDEX "parcel_versions_by_act" ON "parcel_versions" USING btree ("act_id");--> statement-breakpoint
CREATE INDEX "certificate_versions_by_book" ON "certificate_versions" USING btree ("book_number");
