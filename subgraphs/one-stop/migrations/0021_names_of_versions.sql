-- The name of a dossier's procedure is that of the version that it pins, except for parts of a combination: it is stored for these alone.
ALTER TABLE "dossiers" ALTER COLUMN "procedure_name" DROP NOT NULL;
