CREATE TABLE "change_consumers" (
	"name" text PRIMARY KEY NOT NULL,
	"row" bigint NOT NULL,
	"place" integer NOT NULL
);
