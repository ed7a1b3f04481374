CREATE TABLE "draft_attempts" (
	"subject" text PRIMARY KEY NOT NULL,
	"wrong" integer NOT NULL,
	"since" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "drafts" (
	"code" text PRIMARY KEY NOT NULL,
	"owner" text NOT NULL,
	"idempotency_key" text NOT NULL,
	"body_hash" text NOT NULL,
	"kind" text NOT NULL,
	"content" jsonb,
	"content_hash" text NOT NULL,
	"declarant_personal_id" text,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"dossier_id" uuid,
	CONSTRAINT "drafts_dossier_id_unique" UNIQUE("dossier_id"),
	CONSTRAINT "drafts_owner_key" UNIQUE("owner","idempotency_key"),
	CONSTRAINT "drafts_end" CHECK (("drafts"."dossier_id" is null) = ("drafts"."content" is not null))
);
--> statement-breakpoint
CREATE TABLE "ticket_counters" (
	"office" text NOT NULL,
	"day" text NOT NULL,
	"last" integer NOT NULL,
	CONSTRAINT "ticket_counters_office_day_pk" PRIMARY KEY("office","day")
);
--> statement-breakpoint
CREATE TABLE "ticket_dossiers" (
	"dossier_id" uuid PRIMARY KEY NOT NULL,
	"ticket_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tickets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"commune_list" text NOT NULL,
	"office" text NOT NULL,
	"day" text NOT NULL,
	"number" integer NOT NULL,
	"priority" text,
	"personal_id" text,
	"state" text DEFAULT 'WAITING' NOT NULL,
	"owner" text NOT NULL,
	"idempotency_key" text NOT NULL,
	"body_hash" text NOT NULL,
	"taken_at" timestamp with time zone NOT NULL,
	"called_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"counter" text,
	"called_by" text,
	"call_key" text,
	CONSTRAINT "tickets_number" UNIQUE("office","day","number"),
	CONSTRAINT "tickets_owner_key" UNIQUE("owner","idempotency_key"),
	CONSTRAINT "tickets_call_key" UNIQUE("called_by","call_key")
);
--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_dossier_id_dossiers_id_fk" FOREIGN KEY ("dossier_id") REFERENCES "public"."dossiers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_dossiers" ADD CONSTRAINT "ticket_dossiers_dossier_id_dossiers_id_fk" FOREIGN KEY ("dossier_id") REFERENCES "public"."dossiers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_dossiers" ADD CONSTRAINT "ticket_dossiers_ticket_id_tickets_id_fk" FOREIGN KEY ("ticket_id") REFERENCES "public"."tickets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_office" FOREIGN KEY ("commune_list","office") REFERENCES "public"."communes"("list","code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "drafts_expiry" ON "drafts" USING btree ("expires_at") WHERE "drafts"."dossier_id" is null;--> statement-breakpoint
CREATE INDEX "ticket_dossiers_by_ticket" ON "ticket_dossiers" USING btree ("ticket_id");--> statement-breakpoint
CREATE UNIQUE INDEX "tickets_counter_busy" ON "tickets" USING btree ("office","day","counter") WHERE "tickets"."state" = 'CALLED';--> statement-breakpoint
CREATE UNIQUE INDEX "tickets_one_for_person" ON "tickets" USING btree ("office","day","personal_id") WHERE "tickets"."state" in ('WAITING', 'CALLED');--> statement-breakpoint
CREATE INDEX "dossiers_office_open" ON "dossiers" USING btree ("office","state","due_at") WHERE "dossiers"."state" not in ('RETURNED', 'NOT_ACCEPTED', 'WITHDRAWN', 'STOPPED');