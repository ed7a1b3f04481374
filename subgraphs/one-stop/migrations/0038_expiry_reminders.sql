CREATE TABLE "expiry_reminders" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agency" text NOT NULL,
	"entry_id" uuid NOT NULL,
	"expires_on" date NOT NULL,
	"renew_by" date NOT NULL,
	"found_on" date NOT NULL,
	"holder" text NOT NULL,
	"people" text NOT NULL,
	"commune_code" text,
	"facts" "bytea" NOT NULL,
	"read_at" timestamp with time zone NOT NULL,
	CONSTRAINT "expiry_reminders_once" UNIQUE("agency","entry_id","expires_on")
);
--> statement-breakpoint
CREATE TABLE "reminder_cursors" (
	"agency" text PRIMARY KEY NOT NULL,
	"cursor" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "message_deliveries" ALTER COLUMN "change" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "messages" ALTER COLUMN "change" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "reminder_id" uuid;--> statement-breakpoint
CREATE INDEX "expiry_reminders_of_commune" ON "expiry_reminders" USING btree ("commune_code","expires_on","id");--> statement-breakpoint
CREATE INDEX "expiry_reminders_people" ON "expiry_reminders" USING gin ((string_to_array("people", ' ')::bigint[]));--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_reminder_id_expiry_reminders_id_fk" FOREIGN KEY ("reminder_id") REFERENCES "public"."expiry_reminders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "messages_of_reminder" ON "messages" USING btree ("reminder_id") WHERE "messages"."reminder_id" is not null;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_tell_one" CHECK (("messages"."change" is null) <> ("messages"."reminder_id" is null));