DROP INDEX "person_versions_by_mother";--> statement-breakpoint
DROP INDEX "person_versions_by_father";--> statement-breakpoint
CREATE INDEX "person_versions_by_mother" ON "person_versions" USING btree (("mother_personal_id"::bigint)) WHERE "person_versions"."mother_personal_id" is not null;--> statement-breakpoint
CREATE INDEX "person_versions_by_father" ON "person_versions" USING btree (("father_personal_id"::bigint)) WHERE "person_versions"."father_personal_id" is not null;