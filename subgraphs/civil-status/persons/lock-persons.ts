import { sql } from "drizzle-orm";
import type { Tx } from "../../_shared/serving/database.ts";

/**
 * Serialises acts on the civil status of persons until their transactions end, so that the later one finds the earlier one. Locks are
 * taken in the order of the keys, which prevents deadlocks. The triggers of marriages and deaths take the same ones.
 */
export async function lockPersons(tx: Tx, keys: readonly string[]): Promise<void> {
  for (const key of [...new Set(keys)].sort())
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 11))`);
}
