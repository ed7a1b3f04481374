import type { Logger } from "pino";
import type postgres from "postgres";
import type { Nonce } from "../identity/nonces.ts";

const TIDY_MS = 30_000;

/** Accepted nonces in the agency's database, shared by all processes that serve the agency. */
export type SharedNonces = {
  /** False for a nonce that any process has accepted before. Rejects if the database does not respond. */
  accept(nonce: Nonce): Promise<boolean>;
  close(): void;
};

/**
 * The table is unlogged, so a write costs no WAL. A crash of the database empties it: an identity may then be accepted again
 * within its thirty seconds.
 */
export async function createNonces(sql: postgres.Sql): Promise<void> {
  await sql`create unlogged table if not exists accepted_nonces (
    nonce text primary key, expires_at timestamptz not null)`;
}

/** @param sql connections whose commits do not wait for the disk. */
export function openSharedNonces(sql: postgres.Sql, log: Logger): SharedNonces {
  const tidying = setInterval(() => {
    sql`delete from accepted_nonces where expires_at < now() - interval '1 minute'`.catch((error: unknown) =>
      log.warn({ err: error }, "Expired nonces were not removed; the next attempt is in half a minute"),
    );
  }, TIDY_MS);
  return {
    async accept({ nonce, expiresAt }) {
      const { count } = await sql`
        insert into accepted_nonces values (${nonce}, ${new Date(expiresAt).toISOString()})
        on conflict do nothing`;
      return count === 1;
    },
    close: () => clearInterval(tidying),
  };
}
