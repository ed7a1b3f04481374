-- A dossier is of any kind, not only a birth bundle: the columns and the keys are named for what they hold.
ALTER TABLE "dossiers" RENAME COLUMN "bundle_id" TO "definition_id";--> statement-breakpoint
ALTER TABLE "dossiers" RENAME COLUMN "bundle_version" TO "definition_version";--> statement-breakpoint
ALTER TABLE "dossiers" RENAME COLUMN "bundle_code" TO "procedure_code";--> statement-breakpoint
ALTER TABLE "dossiers" RENAME COLUMN "bundle_name" TO "procedure_name";--> statement-breakpoint
ALTER TABLE "dossiers" ADD COLUMN "subject_name" text;--> statement-breakpoint
UPDATE "dossiers" d SET "subject_name" = r."request" -> 'child' ->> 'fullName' FROM "requests" r WHERE r."dossier_id" = d."id";--> statement-breakpoint
ALTER TABLE "steps" RENAME COLUMN "token" TO "fencing_token";--> statement-breakpoint
ALTER TABLE "child_keys" RENAME TO "dossier_duplicate_keys";--> statement-breakpoint
ALTER TABLE "dossier_duplicate_keys" RENAME CONSTRAINT "child_keys_pkey" TO "dossier_duplicate_keys_pkey";--> statement-breakpoint
ALTER TABLE "dossier_duplicate_keys" RENAME CONSTRAINT "child_keys_dossier_id_dossiers_id_fk" TO "dossier_duplicate_keys_dossier_id_dossiers_id_fk";--> statement-breakpoint
UPDATE "dossier_duplicate_keys" SET "key" = 'birth:' || "key";
