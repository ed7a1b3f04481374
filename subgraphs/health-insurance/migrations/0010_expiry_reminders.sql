CREATE TABLE "expiry_reminders" (
	"entry_id" uuid NOT NULL,
	"expires_on" date NOT NULL,
	"found_on" date NOT NULL,
	"position" bigint GENERATED ALWAYS AS IDENTITY (sequence name "expiry_reminders_position_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "expiry_reminders_pk" PRIMARY KEY("entry_id","expires_on"),
	CONSTRAINT "expiry_reminders_position" UNIQUE("position")
);
--> statement-breakpoint
CREATE TABLE "reminder_sweeps" (
	"day" date PRIMARY KEY NOT NULL,
	"finished_at" timestamp with time zone DEFAULT now() NOT NULL,
	"found" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "expiry_reminders" ADD CONSTRAINT "expiry_reminders_entry_id_cards_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."cards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "card_versions_of_children" ON "card_versions" USING btree ("card_valid_to","card_id") WHERE "card_versions"."object_code" = 'TE' and "card_versions"."closed_on" is null;