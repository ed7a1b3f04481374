CREATE TABLE "answer_codes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"dossier_id" uuid NOT NULL,
	"delivery_id" uuid NOT NULL,
	"supplement" text NOT NULL,
	"salt" text NOT NULL,
	"hash" text NOT NULL,
	"wrong" integer DEFAULT 0 NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "answer_codes_delivery_id_unique" UNIQUE("delivery_id")
);
--> statement-breakpoint
ALTER TABLE "answer_codes" ADD CONSTRAINT "answer_codes_dossier_id_dossiers_id_fk" FOREIGN KEY ("dossier_id") REFERENCES "public"."dossiers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "answer_codes_of_dossier" ON "answer_codes" USING btree ("dossier_id");--> statement-breakpoint
CREATE INDEX "answer_codes_expired" ON "answer_codes" USING btree ("expires_at");