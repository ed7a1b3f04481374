DROP INDEX "messages_of_reminder";--> statement-breakpoint
CREATE INDEX "messages_of_reminder" ON "messages" USING btree ("reminder_id") WHERE "messages"."reminder_id" is not null;