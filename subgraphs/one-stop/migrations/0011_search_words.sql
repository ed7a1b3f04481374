ALTER TABLE "dossiers" ADD COLUMN "search_words" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
CREATE INDEX "dossiers_search_words" ON "dossiers" USING gin ("search_words");