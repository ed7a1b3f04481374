CREATE TABLE "message_resends" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"delivery_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by" text NOT NULL,
	"name" text NOT NULL,
	"idempotency_key" text NOT NULL,
	CONSTRAINT "message_resends_key" UNIQUE("by","idempotency_key")
);
--> statement-breakpoint
ALTER TABLE "message_resends" ADD CONSTRAINT "message_resends_delivery_id_message_deliveries_id_fk" FOREIGN KEY ("delivery_id") REFERENCES "public"."message_deliveries"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "message_resends_delivery" ON "message_resends" USING btree ("delivery_id");--> statement-breakpoint
CREATE INDEX "message_deliveries_ended" ON "message_deliveries" USING btree ("ended_at") WHERE "message_deliveries"."ended_at" is not null;