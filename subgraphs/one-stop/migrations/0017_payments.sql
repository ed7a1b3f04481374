-- Payment orders of dossiers, refunds, and the notices of a payment provider.
CREATE TABLE "payment_notices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"transaction" text NOT NULL,
	"kind" text NOT NULL,
	"source" text NOT NULL,
	"order_number" text NOT NULL,
	"payment_id" uuid,
	"amount_vnd" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"problem" text,
	"settled_at" timestamp with time zone,
	"settled_by" text,
	"settled_name" text,
	"settlement" text,
	"settled_key" text,
	CONSTRAINT "payment_notices_once" UNIQUE("transaction","kind","order_number","amount_vnd"),
	CONSTRAINT "payment_notices_settled" CHECK (("payment_notices"."settled_at" is null) = ("payment_notices"."settlement" is null))
);
--> statement-breakpoint
CREATE TABLE "payment_refunds" (
	"id" uuid PRIMARY KEY NOT NULL,
	"payment_id" uuid NOT NULL,
	"amount_vnd" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"done_at" timestamp with time zone,
	"receipt" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone,
	CONSTRAINT "payment_refunds_amount" CHECK ("payment_refunds"."amount_vnd" > 0),
	CONSTRAINT "payment_refunds_done" CHECK (("payment_refunds"."done_at" is null) = ("payment_refunds"."receipt" is null))
);
--> statement-breakpoint
CREATE TABLE "payments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"dossier_id" uuid NOT NULL,
	"state" text NOT NULL,
	"amount_vnd" bigint NOT NULL,
	"lines" jsonb NOT NULL,
	"pay_by" timestamp with time zone,
	"pay_url" text,
	"method" text,
	"transaction" text,
	"paid_at" timestamp with time zone,
	"receipt" text,
	"legal_basis" text,
	"recorded_by" text,
	"recorded_name" text,
	"refund_vnd" bigint DEFAULT 0 NOT NULL,
	"refunded_vnd" bigint DEFAULT 0 NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone,
	CONSTRAINT "payments_dossier_id_unique" UNIQUE("dossier_id"),
	CONSTRAINT "payments_transaction_unique" UNIQUE("transaction"),
	CONSTRAINT "payments_amount" CHECK ("payments"."amount_vnd" > 0),
	CONSTRAINT "payments_refunds" CHECK (0 <= "payments"."refunded_vnd" and "payments"."refunded_vnd" <= "payments"."refund_vnd" and "payments"."refund_vnd" <= "payments"."amount_vnd"),
	CONSTRAINT "payments_held" CHECK ("payments"."state" not in ('PAID', 'REFUND_DUE', 'REFUNDED') or ("payments"."method" is not null and "payments"."paid_at" is not null)),
	CONSTRAINT "payments_cash" CHECK ("payments"."method" <> 'CASH' or ("payments"."receipt" is not null and "payments"."recorded_by" is not null)),
	CONSTRAINT "payments_waived" CHECK ("payments"."state" <> 'WAIVED' or "payments"."legal_basis" is not null)
);
--> statement-breakpoint
ALTER TABLE "payment_notices" ADD CONSTRAINT "payment_notices_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_refunds" ADD CONSTRAINT "payment_refunds_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_dossier_id_dossiers_id_fk" FOREIGN KEY ("dossier_id") REFERENCES "public"."dossiers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "payment_notices_open" ON "payment_notices" USING btree ("at","id") WHERE "payment_notices"."problem" is not null and "payment_notices"."settled_at" is null;--> statement-breakpoint
CREATE INDEX "payment_notices_by_payment" ON "payment_notices" USING btree ("payment_id");--> statement-breakpoint
CREATE INDEX "payment_refunds_by_payment" ON "payment_refunds" USING btree ("payment_id");--> statement-breakpoint
CREATE INDEX "payment_refunds_due" ON "payment_refunds" USING btree ("next_attempt_at") WHERE "payment_refunds"."next_attempt_at" is not null;--> statement-breakpoint
CREATE INDEX "payments_due" ON "payments" USING btree ("next_attempt_at") WHERE "payments"."next_attempt_at" is not null;