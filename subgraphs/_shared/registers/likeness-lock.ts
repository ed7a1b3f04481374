import { sql } from "drizzle-orm";
import type { Tx } from "../serving/database.ts";

/**
 * Serialises concurrent registrations that share a key until their transactions end, so that the later one finds the earlier
 * one. Locks are taken in a fixed order, which prevents deadlocks.
 */
export async function lockLikenessKeys(tx: Tx, keys: readonly string[]): Promise<void> {
  await tx
    .execute(sql`
      select pg_advisory_xact_lock(hashtextextended(key, 7)) from (
        select key from jsonb_array_elements_text(${JSON.stringify(keys)}::text::jsonb) key order by key) keys`)
    .execute();
}
