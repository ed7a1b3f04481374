ALTER TABLE "births" DROP CONSTRAINT "births_notice";--> statement-breakpoint
CREATE UNIQUE INDEX "births_notice" ON "births" USING btree ("birth_notice") WHERE "births"."birth_notice" is not null;