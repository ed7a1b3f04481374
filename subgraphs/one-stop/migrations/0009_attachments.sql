CREATE TABLE "dossier_attachments" (
	"attachment" text NOT NULL,
	"dossier_id" uuid NOT NULL,
	CONSTRAINT "dossier_attachments_attachment_dossier_id_pk" PRIMARY KEY("attachment","dossier_id")
);
--> statement-breakpoint
ALTER TABLE "dossier_attachments" ADD CONSTRAINT "dossier_attachments_dossier_id_dossiers_id_fk" FOREIGN KEY ("dossier_id") REFERENCES "public"."dossiers"("id") ON DELETE no action ON UPDATE no action;