import { setTimeout as pause } from "node:timers/promises";
import type postgres from "postgres";

/** Advances the position up to which the stream is complete. */
export type Settler = {
  /** Resolves when every change that was committed before the call is in the stream, or after `ms` in any case. */
  settle(ms: number): Promise<void>;
};

const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 200;

/** Pause before another process or a writer is looked at again, longer each time. */
function pauseAfter(times: number): Promise<void> {
  return pause(Math.min(FIRST_PAUSE_MS * 2 ** times, LONGEST_PAUSE_MS));
}

/** Settles for all readers of this process: a call during a round waits for the next round. */
export function settler(sql: postgres.Sql): Settler {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  function begin(): Promise<void> {
    running = settleChanges(sql).finally(() => {
      running = undefined;
    });
    return running;
  }

  /** A round that begins after this call. */
  function round(): Promise<void> {
    if (!running) return begin();
    next ??= running
      .catch(() => {})
      .then(() => {
        next = undefined;
        return begin();
      });
    return next;
  }

  return {
    async settle(ms) {
      const ended = new AbortController();
      const deadline = pause(ms, undefined, { signal: ended.signal, ref: false }).catch(() => {});
      await Promise.race([round(), deadline]).finally(() => ended.abort());
    },
  };
}

/** Settles all changes that were committed before the call. Waits for transactions that are writing changes at this moment. */
export async function settleChanges(sql: postgres.Sql): Promise<void> {
  const { settled, last: wanted } = await standing(sql);
  let reached = settled;
  for (let times = 0; reached < wanted; times++) {
    const mine = await settleOnce(sql);
    // another process may have begun its round before the call
    if (mine === null) await pauseAfter(times);
    reached = mine ?? (await standing(sql)).settled;
  }
}

async function standing(sql: postgres.Sql): Promise<{ settled: number; last: number }> {
  const [row] = await sql<{ settled: string }[]>`select settled from change_stream`;
  return { settled: Number(row?.settled ?? 0), last: await lastNumber(sql) };
}

/** Newest number that a writer has drawn, committed or not. */
async function lastNumber(sql: postgres.Sql): Promise<number> {
  const [row] = await sql<{ last: string | null }[]>`
    select pg_sequence_last_value(pg_get_serial_sequence('history', 'id')::regclass) as last`;
  return Number(row?.last ?? 0);
}

/**
 * One round, of one process at a time. A writer locks the table before it draws a number and keeps the lock until its commit
 * is visible: when the writers of this moment have ended, no number up to the newest one can appear any more.
 * @returns the new position, or null while another process settles
 */
async function settleOnce(sql: postgres.Sql): Promise<number | null> {
  return sql.begin(async (transaction) => {
    const tx = transaction as unknown as postgres.Sql; // the same functions, on one connection
    const [stream] = await tx<{ settled: string }[]>`select settled from change_stream for update skip locked`;
    if (!stream) return null;
    const last = await lastNumber(tx); // before the writers are listed
    if (last <= Number(stream.settled)) return Number(stream.settled);
    let open = await writers(tx);
    for (let times = 0; open.size > 0; times++) {
      await pauseAfter(times);
      const still = await writers(tx);
      open = new Set([...open].filter((each) => still.has(each)));
    }
    await tx`update change_stream set settled = ${last}`;
    return last;
  });
}

/** Transactions that have written to the history, or are about to, and have not ended. */
async function writers(sql: postgres.Sql): Promise<Set<string>> {
  const rows = await sql<{ writer: string }[]>`
    select virtualtransaction as writer from pg_locks
     where locktype = 'relation' and relation = 'history'::regclass and mode = 'RowExclusiveLock' and granted
       and database = (select oid from pg_database where datname = current_database())`;
  return new Set(rows.map(({ writer }) => writer));
}
