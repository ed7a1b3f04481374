-- Office and time of arrival are kept until the decision alone. Those of earlier decisions stay: they change nothing.
ALTER TABLE "received_parts" ALTER COLUMN "recorded_at" DROP NOT NULL;
