CREATE TABLE "change_days" (
	"day" date PRIMARY KEY NOT NULL,
	"settled" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "change_stream" (
	"only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"settled" bigint NOT NULL
);
--> statement-breakpoint
CREATE INDEX "history_number" ON "history" USING brin ("id") WITH (pages_per_range=32);--> statement-breakpoint
-- The stream begins with the oldest entry of the history: the first reader settles what is stored by then.
INSERT INTO "change_stream" ("settled") VALUES (0);
