ALTER TABLE "card_versions" ADD COLUMN "holder_name" text;--> statement-breakpoint
ALTER TABLE "card_versions" ADD COLUMN "holder_date_of_birth" text;--> statement-breakpoint
ALTER TABLE "card_versions" ADD COLUMN "holder_sound" text;--> statement-breakpoint
CREATE INDEX "card_versions_by_holder" ON "card_versions" USING btree ("holder_date_of_birth","holder_sound");--> statement-breakpoint
CREATE INDEX "cards_by_guardian" ON "cards" USING gin ("guardians");