-- Keys of likenesses are stored as the first four bytes of their SHA-256 digests: see storedLikenessKeys.
CREATE FUNCTION "stored_likeness_keys"(keys text[]) RETURNS integer[] LANGUAGE sql AS $$
  SELECT coalesce(array_agg(DISTINCT ('x' || encode(substring(sha256(convert_to(key, 'UTF8')) FOR 4), 'hex'))::bit(32)::integer), '{}')
  FROM unnest(keys) key
$$;--> statement-breakpoint
ALTER TABLE "births" ALTER COLUMN "likeness_keys" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "births" ALTER COLUMN "likeness_keys" SET DATA TYPE integer[] USING "stored_likeness_keys"("likeness_keys");--> statement-breakpoint
ALTER TABLE "births" ALTER COLUMN "likeness_keys" SET DEFAULT '{}';--> statement-breakpoint
DROP FUNCTION "stored_likeness_keys";
