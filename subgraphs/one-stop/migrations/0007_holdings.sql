-- In whose hands a dossier has been: the ledger of its time.
ALTER TABLE "dossiers" ADD COLUMN "holdings" jsonb DEFAULT '[]'::jsonb NOT NULL;