ALTER TABLE "reserved_codes" ADD COLUMN "void_by" text;--> statement-breakpoint
ALTER TABLE "reserved_codes" ADD COLUMN "void_key" text;--> statement-breakpoint
ALTER TABLE "reserved_codes" ADD COLUMN "void_reason" text;--> statement-breakpoint
ALTER TABLE "reserved_codes" ADD CONSTRAINT "reserved_codes_void_key" UNIQUE("void_by","void_key");