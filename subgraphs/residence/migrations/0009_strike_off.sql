CREATE TABLE "act_households" (
	"act_id" uuid NOT NULL,
	"household_id" uuid NOT NULL,
	CONSTRAINT "act_households_pk" PRIMARY KEY("household_id","act_id")
);
--> statement-breakpoint
CREATE TABLE "act_persons" (
	"act_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	CONSTRAINT "act_persons_pk" PRIMARY KEY("person_id","act_id")
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
ALTER TABLE "residency_versions" ADD COLUMN "strike_off" text;--> statement-breakpoint
ALTER TABLE "act_households" ADD CONSTRAINT "act_households_act_id_acts_id_fk" FOREIGN KEY ("act_id") REFERENCES "public"."acts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "act_households" ADD CONSTRAINT "act_households_household_id_households_id_fk" FOREIGN KEY ("household_id") REFERENCES "public"."households"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "act_persons" ADD CONSTRAINT "act_persons_act_id_acts_id_fk" FOREIGN KEY ("act_id") REFERENCES "public"."acts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "act_persons" ADD CONSTRAINT "act_persons_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "act_households_by_act" ON "act_households" USING btree ("act_id");--> statement-breakpoint
CREATE INDEX "act_persons_by_act" ON "act_persons" USING btree ("act_id");--> statement-breakpoint
ALTER TABLE "residency_versions" ADD CONSTRAINT "residency_versions_strike_off" CHECK (("residency_versions"."strike_off" is null and "residency_versions"."valid_to" is null) or ("residency_versions"."strike_off" is not null and "residency_versions"."valid_to" is not null and "residency_versions"."version" > 1));