-- The facts of an answer are read as a whole and are packed from now on; those of before stay readable as text.
ALTER TABLE "received_parts" ALTER COLUMN "facts" SET DATA TYPE bytea USING convert_to("facts"::text, 'UTF8');
