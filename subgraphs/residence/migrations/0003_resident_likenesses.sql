ALTER TABLE "person_versions" ADD COLUMN "name_sound" text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX "person_versions_by_mother" ON "person_versions" USING btree ("mother_personal_id") WHERE "person_versions"."mother_personal_id" is not null;--> statement-breakpoint
CREATE INDEX "person_versions_by_father" ON "person_versions" USING btree ("father_personal_id") WHERE "person_versions"."father_personal_id" is not null;--> statement-breakpoint
CREATE INDEX "person_versions_by_birth" ON "person_versions" USING btree ("date_of_birth","name_sound");