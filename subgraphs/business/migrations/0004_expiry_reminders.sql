CREATE TABLE "licence_reminders" (
	"licence_id" uuid NOT NULL,
	"expires_on" date NOT NULL,
	"found_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "licence_reminders_pk" PRIMARY KEY("licence_id","expires_on")
);
--> statement-breakpoint
CREATE TABLE "reminder_sweeps" (
	"day" date PRIMARY KEY NOT NULL,
	"finished_at" timestamp with time zone DEFAULT now() NOT NULL,
	"found" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "licence_reminders" ADD CONSTRAINT "licence_reminders_licence_id_licences_id_fk" FOREIGN KEY ("licence_id") REFERENCES "public"."licences"("id") ON DELETE no action ON UPDATE no action;