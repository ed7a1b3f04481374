CREATE TABLE "province_figures" (
	"province" text NOT NULL,
	"day" date NOT NULL,
	"code" text NOT NULL,
	"procedures" text NOT NULL,
	"agencies" text NOT NULL,
	"denominator" integer NOT NULL,
	"numerator" integer NOT NULL,
	"earliest_receipt" timestamp with time zone NOT NULL,
	"latest_receipt" timestamp with time zone NOT NULL,
	CONSTRAINT "province_figures_key" PRIMARY KEY("province","day","code","procedures","agencies")
);
--> statement-breakpoint
DROP INDEX "figures_province";--> statement-breakpoint
ALTER TABLE "figures" ADD COLUMN "earliest_receipt" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "figures" ADD COLUMN "latest_receipt" timestamp with time zone;--> statement-breakpoint
-- bounds that hold for what was counted before: any dossier is as old as the oldest, and is received before the end of the day of its event
UPDATE "figures" SET
	"earliest_receipt" = coalesce((SELECT min("received_at") FROM "dossiers"), "day"::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'),
	"latest_receipt" = ("day" + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh';
--> statement-breakpoint
ALTER TABLE "figures" ALTER COLUMN "earliest_receipt" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "figures" ALTER COLUMN "latest_receipt" SET NOT NULL;--> statement-breakpoint
INSERT INTO "province_figures"
SELECT "province", "day", "code", "procedures", "agencies", sum("denominator"), sum("numerator"), min("earliest_receipt"), max("latest_receipt")
	FROM "figures" GROUP BY "province", "day", "code", "procedures", "agencies";
