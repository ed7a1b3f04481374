CREATE TABLE "received_parts" (
	"part_id" uuid PRIMARY KEY NOT NULL,
	"procedure" text NOT NULL,
	"dossier" text,
	"office" text,
	"state" text NOT NULL,
	"result_type" text,
	"result_id" uuid,
	"facts" "bytea",
	"refusal" jsonb,
	"supplement" jsonb,
	"verify" text[],
	"likenesses" jsonb,
	"content" jsonb,
	"decided_at" timestamp with time zone,
	"recorded_at" timestamp with time zone DEFAULT now()
);
