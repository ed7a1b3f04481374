CREATE TABLE "figures" (
	"province" text NOT NULL,
	"office" text NOT NULL,
	"day" date NOT NULL,
	"code" text NOT NULL,
	"procedures" text NOT NULL,
	"agencies" text NOT NULL,
	"denominator" integer NOT NULL,
	"numerator" integer NOT NULL,
	CONSTRAINT "figures_key" PRIMARY KEY("office","day","code","procedures","agencies")
);
--> statement-breakpoint
CREATE TABLE "handled_parts" (
	"office" text NOT NULL,
	"day" date NOT NULL,
	"agency" text NOT NULL,
	"dossier_procedure" text NOT NULL,
	"procedure" text NOT NULL,
	"step_key" text NOT NULL,
	"officer" text NOT NULL,
	"officer_name" text NOT NULL,
	"minutes" integer NOT NULL,
	"parts" integer NOT NULL,
	CONSTRAINT "handled_parts_key" PRIMARY KEY("office","day","agency","procedure","step_key","dossier_procedure","officer","officer_name","minutes")
);
--> statement-breakpoint
ALTER TABLE "dossiers" ADD COLUMN "paper_traits" smallint;--> statement-breakpoint
CREATE INDEX "figures_province" ON "figures" USING btree ("province","day");--> statement-breakpoint
CREATE INDEX "handled_parts_day" ON "handled_parts" USING btree ("day");