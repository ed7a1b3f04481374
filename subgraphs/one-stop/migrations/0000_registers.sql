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
CREATE TABLE "child_keys" (
	"key" text PRIMARY KEY NOT NULL,
	"dossier_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "code_counters" (
	"agency_code" text NOT NULL,
	"day" text NOT NULL,
	"last" integer NOT NULL,
	CONSTRAINT "code_counters_agency_code_day_pk" PRIMARY KEY("agency_code","day")
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
CREATE TABLE "dossiers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"owner" text NOT NULL,
	"idempotency_key" text NOT NULL,
	"body_hash" text NOT NULL,
	"commune_list" text NOT NULL,
	"office" text NOT NULL,
	"province" text NOT NULL,
	"channel" text NOT NULL,
	"bundle_id" text NOT NULL,
	"bundle_version" integer NOT NULL,
	"bundle_code" text NOT NULL,
	"bundle_name" text NOT NULL,
	"state" text NOT NULL,
	"outcome" text,
	"returns_at_once" boolean NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"completed_at" timestamp with time zone,
	"applicant_name" text NOT NULL,
	"applicant_personal_id" text,
	"phone_last4" text,
	"parties" text[] NOT NULL,
	"revision" integer DEFAULT 0 NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "dossiers_code_unique" UNIQUE("code"),
	CONSTRAINT "dossiers_owner_key" UNIQUE("owner","idempotency_key")
) WITH (fillfactor = 70);
--> statement-breakpoint
CREATE TABLE "history" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "history_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"dossier_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"step_key" text,
	"state" text NOT NULL,
	"actor" text NOT NULL,
	"note" text
);
--> statement-breakpoint
CREATE TABLE "procedures" (
	"code" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"agency" text NOT NULL,
	"search" text NOT NULL,
	"facts" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "requests" (
	"dossier_id" uuid PRIMARY KEY NOT NULL,
	"request" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "steps" (
	"id" uuid PRIMARY KEY NOT NULL,
	"dossier_id" uuid NOT NULL,
	"key" text NOT NULL,
	"ordinal" integer NOT NULL,
	"part" boolean NOT NULL,
	"agency" text NOT NULL,
	"procedure" text NOT NULL,
	"state" text NOT NULL,
	"delivery" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp with time zone,
	"completed_at" timestamp with time zone,
	"refusal" jsonb,
	"supplement" jsonb,
	"result_type" text,
	"result_id" uuid,
	"facts" jsonb,
	"work" text,
	"next_attempt_at" timestamp with time zone,
	"lease_until" timestamp with time zone,
	"token" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "steps_dossier_key" UNIQUE("dossier_id","key")
) WITH (fillfactor = 70);
--> statement-breakpoint
CREATE TABLE "tracking_attempts" (
	"code" text PRIMARY KEY NOT NULL,
	"wrong" integer NOT NULL,
	"locked_until" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "child_keys" ADD CONSTRAINT "child_keys_dossier_id_dossiers_id_fk" FOREIGN KEY ("dossier_id") REFERENCES "public"."dossiers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dossiers" ADD CONSTRAINT "dossiers_office" FOREIGN KEY ("commune_list","office") REFERENCES "public"."communes"("list","code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "history" ADD CONSTRAINT "history_dossier_id_dossiers_id_fk" FOREIGN KEY ("dossier_id") REFERENCES "public"."dossiers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_dossier_id_dossiers_id_fk" FOREIGN KEY ("dossier_id") REFERENCES "public"."dossiers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "steps" ADD CONSTRAINT "steps_dossier_id_dossiers_id_fk" FOREIGN KEY ("dossier_id") REFERENCES "public"."dossiers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "dossiers_office_due" ON "dossiers" USING btree ("office","due_at","id");--> statement-breakpoint
CREATE INDEX "dossiers_office_received" ON "dossiers" USING btree ("office","received_at","id");--> statement-breakpoint
CREATE INDEX "dossiers_province_due" ON "dossiers" USING btree ("province","due_at","id");--> statement-breakpoint
CREATE INDEX "dossiers_province_received" ON "dossiers" USING btree ("province","received_at","id");--> statement-breakpoint
CREATE INDEX "dossiers_parties" ON "dossiers" USING gin ("parties");--> statement-breakpoint
CREATE INDEX "history_by_dossier" ON "history" USING btree ("dossier_id","id");--> statement-breakpoint
CREATE INDEX "procedures_agency" ON "procedures" USING btree ("agency","code");--> statement-breakpoint
CREATE INDEX "steps_work" ON "steps" USING btree ("next_attempt_at") WHERE "steps"."work" is not null;