CREATE TABLE "code_reservations" (
	"owner" text NOT NULL,
	"idempotency_key" text NOT NULL,
	"body_hash" text NOT NULL,
	"office" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"valid_until" timestamp with time zone NOT NULL,
	CONSTRAINT "code_reservations_owner_idempotency_key_pk" PRIMARY KEY("owner","idempotency_key")
);
--> statement-breakpoint
CREATE TABLE "reserved_codes" (
	"code" text PRIMARY KEY NOT NULL,
	"owner" text NOT NULL,
	"idempotency_key" text NOT NULL,
	"office" text NOT NULL,
	"valid_until" timestamp with time zone NOT NULL,
	"dossier_id" uuid,
	"used_at" timestamp with time zone,
	"void_at" timestamp with time zone,
	CONSTRAINT "reserved_codes_dossier_id_unique" UNIQUE("dossier_id"),
	CONSTRAINT "reserved_codes_end" CHECK ("reserved_codes"."dossier_id" is null or "reserved_codes"."void_at" is null)
);
--> statement-breakpoint
ALTER TABLE "reserved_codes" ADD CONSTRAINT "reserved_codes_dossier_id_dossiers_id_fk" FOREIGN KEY ("dossier_id") REFERENCES "public"."dossiers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reserved_codes" ADD CONSTRAINT "reserved_codes_reservation" FOREIGN KEY ("owner","idempotency_key") REFERENCES "public"."code_reservations"("owner","idempotency_key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "reserved_codes_open" ON "reserved_codes" USING btree ("valid_until") WHERE "reserved_codes"."dossier_id" is null and "reserved_codes"."void_at" is null;