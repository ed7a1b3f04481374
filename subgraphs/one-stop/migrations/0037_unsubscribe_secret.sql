CREATE TABLE "unsubscribe_secret" (
	"only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"secret" text NOT NULL
);
--> statement-breakpoint
-- 244 random bits. A new database has a secret of its own.
INSERT INTO "unsubscribe_secret" ("secret") VALUES (replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''));
