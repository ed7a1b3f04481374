-- Office and time of arrival are kept until the decision alone. Those of earlier decisions stay: they change nothing.
ALTER TABLE "received_parts" ALTER COLUMN "recorded_at" DROP NOT NULL;--> statement-breakpoint
-- Entries that wait to be sorted into an index are read by every search, and their pages stay: see SHORT_PENDING_LIST.
ALTER INDEX "births_likeness_keys" SET (gin_pending_list_limit = 128);
