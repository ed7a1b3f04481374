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
CREATE TABLE "facility_change_rules" (
	"months" integer[] NOT NULL,
	"days" integer NOT NULL,
	"is_open_to_movers" boolean NOT NULL,
	"is_only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	CONSTRAINT "facility_change_rules_only" CHECK ("facility_change_rules"."is_only"),
	CONSTRAINT "facility_change_rules_days" CHECK ("facility_change_rules"."days" between 1 and 31),
	CONSTRAINT "facility_change_rules_months" CHECK (cardinality("facility_change_rules"."months") > 0 and "facility_change_rules"."months" <@ array[1,2,3,4,5,6,7,8,9,10,11,12])
);
--> statement-breakpoint
ALTER TABLE "card_versions" ADD COLUMN "act_id" uuid;--> statement-breakpoint
ALTER TABLE "card_versions" ADD CONSTRAINT "card_versions_act_id_acts_id_fk" FOREIGN KEY ("act_id") REFERENCES "public"."acts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "card_versions_by_act" ON "card_versions" USING btree ("act_id") WHERE "card_versions"."act_id" is not null;