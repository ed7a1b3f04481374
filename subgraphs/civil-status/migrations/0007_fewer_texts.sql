-- Numbers of parents are one text, half the size of an array. Author and ground are null where they are as usual: see enteredFor.
ALTER TABLE "births" ALTER COLUMN "guardians" SET DATA TYPE text USING array_to_string("guardians", ' ');--> statement-breakpoint
ALTER TABLE "birth_versions" ALTER COLUMN "recorded_by" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "birth_versions" ALTER COLUMN "ground" DROP NOT NULL;
