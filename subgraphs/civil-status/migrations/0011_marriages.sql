CREATE TABLE "marital_confirmations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_key" text NOT NULL,
	"status" text NOT NULL,
	"marriage_id" uuid,
	"issued_on" date NOT NULL,
	"valid_to" date NOT NULL,
	"dossier" text,
	"office" text,
	"office_province" text,
	"details" "bytea" NOT NULL,
	CONSTRAINT "marital_confirmations_days" CHECK ("marital_confirmations"."valid_to" > "marital_confirmations"."issued_on"),
	CONSTRAINT "marital_confirmations_status" CHECK ("marital_confirmations"."status" in ('NEVER_MARRIED', 'MARRIED', 'DIVORCED', 'WIDOWED')),
	CONSTRAINT "marital_confirmations_marriage" CHECK ("marital_confirmations"."marriage_id" is not null or "marital_confirmations"."status" <> 'MARRIED')
);
--> statement-breakpoint
CREATE TABLE "current_spouses" (
	"person_key" text PRIMARY KEY NOT NULL,
	"marriage_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "marriage_ends" (
	"marriage_id" uuid PRIMARY KEY NOT NULL,
	"act_id" uuid NOT NULL,
	"cause" text NOT NULL,
	"ended_on" text NOT NULL,
	"decision" text,
	CONSTRAINT "marriage_ends_cause" CHECK ("marriage_ends"."cause" in ('DIVORCE', 'ANNULMENT', 'DEATH')),
	CONSTRAINT "marriage_ends_decision" CHECK (("marriage_ends"."cause" = 'DEATH') = ("marriage_ends"."decision" is null))
);
--> statement-breakpoint
CREATE TABLE "marriage_versions" (
	"marriage_id" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"recorded_by" text NOT NULL,
	"ground" text NOT NULL,
	"act_id" uuid NOT NULL,
	"husband_name" text NOT NULL,
	"wife_name" text NOT NULL,
	"details" "bytea" NOT NULL,
	CONSTRAINT "marriage_versions_pk" PRIMARY KEY("marriage_id","version")
);
--> statement-breakpoint
CREATE TABLE "marriages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"registered_on" date NOT NULL,
	"married_on" date NOT NULL,
	"husband_key" text NOT NULL,
	"wife_key" text NOT NULL,
	"dossier" text,
	"office" text,
	"office_province" text,
	CONSTRAINT "marriages_two_persons" CHECK ("marriages"."husband_key" <> "marriages"."wife_key"),
	CONSTRAINT "marriages_kind" CHECK ("marriages"."kind" in ('REGISTERED', 'REREGISTERED', 'NOTED')),
	CONSTRAINT "marriages_days" CHECK ("marriages"."married_on" <= "marriages"."registered_on")
);
--> statement-breakpoint
ALTER TABLE "marital_confirmations" ADD CONSTRAINT "marital_confirmations_id_acts_id_fk" FOREIGN KEY ("id") REFERENCES "public"."acts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "marital_confirmations" ADD CONSTRAINT "marital_confirmations_marriage_id_marriages_id_fk" FOREIGN KEY ("marriage_id") REFERENCES "public"."marriages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "current_spouses" ADD CONSTRAINT "current_spouses_marriage_id_marriages_id_fk" FOREIGN KEY ("marriage_id") REFERENCES "public"."marriages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "marriage_ends" ADD CONSTRAINT "marriage_ends_marriage_id_marriages_id_fk" FOREIGN KEY ("marriage_id") REFERENCES "public"."marriages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "marriage_ends" ADD CONSTRAINT "marriage_ends_act_id_acts_id_fk" FOREIGN KEY ("act_id") REFERENCES "public"."acts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "marriage_versions" ADD CONSTRAINT "marriage_versions_marriage_id_marriages_id_fk" FOREIGN KEY ("marriage_id") REFERENCES "public"."marriages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "marriage_versions" ADD CONSTRAINT "marriage_versions_act_id_acts_id_fk" FOREIGN KEY ("act_id") REFERENCES "public"."acts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "marriages" ADD CONSTRAINT "marriages_id_acts_id_fk" FOREIGN KEY ("id") REFERENCES "public"."acts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "marital_confirmations_by_person" ON "marital_confirmations" USING btree ("person_key");--> statement-breakpoint
CREATE INDEX "current_spouses_by_marriage" ON "current_spouses" USING btree ("marriage_id");--> statement-breakpoint
CREATE INDEX "marriages_by_husband" ON "marriages" USING btree ("husband_key");--> statement-breakpoint
CREATE INDEX "marriages_by_wife" ON "marriages" USING btree ("wife_key");--> statement-breakpoint
CREATE INDEX "marriages_by_day" ON "marriages" USING btree ("registered_on","id");