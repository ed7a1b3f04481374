CREATE TABLE "message_choices" (
	"recipient" text PRIMARY KEY NOT NULL,
	"wanted_channels" text,
	"wanted_language" text,
	"stopped_at" timestamp with time zone,
	"changed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "message_deliveries" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"message_id" uuid NOT NULL,
	"route" text NOT NULL,
	"dossier_id" uuid NOT NULL,
	"change" bigint NOT NULL,
	"state" text DEFAULT 'WAITING' NOT NULL,
	"channel" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"refused_since" timestamp with time zone,
	"next_attempt_at" timestamp with time zone DEFAULT now(),
	"fencing_token" bigint DEFAULT 0 NOT NULL,
	"ended_at" timestamp with time zone,
	"reference" text,
	"reason" text,
	"settled_at" timestamp with time zone,
	"settled_by" text,
	"settled_name" text,
	"settlement" text,
	"settled_key" text,
	CONSTRAINT "message_deliveries_once" UNIQUE("message_id","route"),
	CONSTRAINT "message_deliveries_waiting" CHECK (("message_deliveries"."state" = 'WAITING') = ("message_deliveries"."next_attempt_at" is not null)),
	CONSTRAINT "message_deliveries_settled" CHECK (("message_deliveries"."settled_at" is null) = ("message_deliveries"."settlement" is null))
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"dossier_id" uuid NOT NULL,
	"change" bigint NOT NULL,
	"kind" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"act_by" timestamp with time zone,
	CONSTRAINT "messages_change_unique" UNIQUE("change")
);
--> statement-breakpoint
ALTER TABLE "message_deliveries" ADD CONSTRAINT "message_deliveries_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_dossier_id_dossiers_id_fk" FOREIGN KEY ("dossier_id") REFERENCES "public"."dossiers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "message_deliveries_due" ON "message_deliveries" USING btree ("next_attempt_at") WHERE "message_deliveries"."state" = 'WAITING';--> statement-breakpoint
CREATE INDEX "message_deliveries_waiting_of_dossier" ON "message_deliveries" USING btree ("dossier_id","route","change") WHERE "message_deliveries"."state" = 'WAITING';--> statement-breakpoint
CREATE INDEX "message_deliveries_reference" ON "message_deliveries" USING btree ("channel","reference") WHERE "message_deliveries"."reference" is not null;--> statement-breakpoint
CREATE INDEX "message_deliveries_undelivered" ON "message_deliveries" USING btree ("ended_at","id") WHERE "message_deliveries"."state" = 'UNDELIVERED' and "message_deliveries"."settled_at" is null;--> statement-breakpoint
CREATE INDEX "messages_of_dossier" ON "messages" USING btree ("dossier_id");