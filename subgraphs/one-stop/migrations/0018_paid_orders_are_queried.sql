ALTER TABLE "payments" RENAME COLUMN "method" TO "payment_method";--> statement-breakpoint
ALTER TABLE "payments" RENAME COLUMN "legal_basis" TO "waiver_basis";--> statement-breakpoint
ALTER TABLE "payments" RENAME COLUMN "attempts" TO "queries";--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "failures" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "payment_refunds" RENAME COLUMN "attempts" TO "failures";--> statement-breakpoint
UPDATE "payments" SET "queries" = 0, "next_attempt_at" = now() WHERE "next_attempt_at" IS NULL AND "pay_url" IS NOT NULL;
