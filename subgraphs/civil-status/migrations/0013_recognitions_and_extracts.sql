CREATE TABLE "recognitions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"birth_id" uuid NOT NULL,
	"role" text NOT NULL,
	"personal_id" text,
	"evidence" text NOT NULL,
	CONSTRAINT "recognitions_parent" UNIQUE("birth_id","role"),
	CONSTRAINT "recognitions_role" CHECK ("recognitions"."role" in ('MOTHER', 'FATHER'))
);
--> statement-breakpoint
CREATE TABLE "extracts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"book" text NOT NULL,
	"entry_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"copies" smallint NOT NULL,
	"requester" "bytea" NOT NULL,
	CONSTRAINT "extracts_book" CHECK ("extracts"."book" in ('BIRTH', 'DEATH', 'MARRIAGE')),
	CONSTRAINT "extracts_copies" CHECK ("extracts"."copies" between 1 and 50)
);
--> statement-breakpoint
ALTER TABLE "recognitions" ADD CONSTRAINT "recognitions_id_acts_id_fk" FOREIGN KEY ("id") REFERENCES "public"."acts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recognitions" ADD CONSTRAINT "recognitions_birth_id_births_id_fk" FOREIGN KEY ("birth_id") REFERENCES "public"."births"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "extracts" ADD CONSTRAINT "extracts_id_acts_id_fk" FOREIGN KEY ("id") REFERENCES "public"."acts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "recognitions_by_person" ON "recognitions" USING btree ("personal_id");--> statement-breakpoint
CREATE INDEX "extracts_by_entry" ON "extracts" USING btree ("entry_id");