import type postgres from "postgres";
import { addDays, type LegalDay } from "../reference/days.ts";
import { type ExpirySource, LISTED_AFTER_END_DAYS } from "./source.ts";

/** Reminders of one transaction: large enough for few commits, small enough to stop soon. */
const BATCH = 5_000;
/** Advisory lock of the worker that writes: positions are in the order of commits. Exactly once rests on the primary key of a reminder. */
export const SWEEP_LOCK = 4_105_001;

/**
 * Enters a reminder for each entry whose renewal is due on the day and that has none for its term. A day that is complete is not swept
 * again; one that a worker left is continued by the next. @returns the number of new reminders; null if another worker is at it
 */
export async function sweepReminders(
  sql: postgres.Sql,
  source: ExpirySource,
  day: LegalDay,
  isStopped = () => false,
): Promise<number | null> {
  const [complete] = await sql`select from reminder_sweeps where day = ${day}`;
  if (complete) return 0;
  return inBatches(sql, isStopped, async (tx) => {
    const { count } = await tx`
      insert into expiry_reminders (entry_id, expires_on, found_on)
      select d.entry_id, d.expires_on, ${day} from (${source.due(tx, day)}) d
       where not exists (select from expiry_reminders x where x.entry_id = d.entry_id and x.expires_on = d.expires_on)
       order by d.renew_by, d.entry_id limit ${BATCH}
      on conflict do nothing`;
    if (count < BATCH) await completeDay(tx, day);
    return count;
  });
}

/** `since`: only entries that were changed from then on are compared, where the source can tell them; null for all. */
export type Look = { since?: Date | null; isStopped?: () => boolean };

/**
 * Enters the end of each reminder whose entry was renewed, superseded or closed. A reminder that is over for so long that nobody lists
 * it any more needs none. @returns the number of new ends; null if another worker is at it
 */
export function endReminders(
  sql: postgres.Sql,
  source: ExpirySource,
  day: LegalDay,
  { since = null, isStopped = () => false }: Look = {},
): Promise<number | null> {
  return inBatches(sql, isStopped, async (tx) => {
    const { count } = await tx`
      with open as (${lastRounds(tx, source, day, "open", since)})
      insert into expiry_reminders (entry_id, expires_on, state, found_on, round)
      select entry_id, expires_on, e.state, ${day}, round
        from (${source.ended(tx, tx`select entry_id, expires_on from open`)}) e join open using (entry_id, expires_on)
       order by expires_on, entry_id limit ${BATCH}
      on conflict do nothing`;
    return count;
  });
}

/**
 * Enters each reminder once more that has ended and whose entry has its term again, because a correction has set it back.
 * @returns the number of reminders that are open again; null if another worker is at it
 */
export function reopenReminders(
  sql: postgres.Sql,
  source: ExpirySource,
  day: LegalDay,
  { since = null, isStopped = () => false }: Look = {},
): Promise<number | null> {
  return inBatches(sql, isStopped, async (tx) => {
    const { count } = await tx`
      with closed as (${lastRounds(tx, source, day, "ended", since)})
      insert into expiry_reminders (entry_id, expires_on, found_on, round)
      select entry_id, expires_on, ${day}, round + 1
        from closed left join (${source.ended(tx, tx`select entry_id, expires_on from closed`)}) e using (entry_id, expires_on)
       where e.state is null
       order by expires_on, entry_id limit ${BATCH}
      on conflict do nothing`;
    return count;
  });
}

/**
 * The last round of each reminder that somebody lists still and that is open, or has ended: each round has a row, and one more for its
 * end. `since`: only of entries that were changed from then on, where the source can tell them.
 */
function lastRounds(
  tx: postgres.TransactionSql,
  source: ExpirySource,
  day: LegalDay,
  which: "open" | "ended",
  since: Date | null,
) {
  const changed = since && source.changedSince?.(tx, since);
  return tx`
    select entry_id, expires_on, max(round) as round from expiry_reminders
     where expires_on >= ${addDays(day, -LISTED_AFTER_END_DAYS)} ${changed ? tx`and entry_id in (${changed})` : tx``}
     group by entry_id, expires_on having count(*) % 2 = ${which === "open" ? 1 : 0}::int`;
}

/** Runs a step in transactions of their own until it enters less than a batch. @returns null if another worker is at it */
async function inBatches(
  sql: postgres.Sql,
  isStopped: () => boolean,
  step: (tx: postgres.TransactionSql) => Promise<number>,
): Promise<number | null> {
  for (let total = 0; ; ) {
    const entered = isStopped() ? 0 : await sql.begin(async (tx) => ((await isLocked(tx)) ? step(tx) : null));
    if (entered === null) return null;
    total += entered;
    if (entered < BATCH) return total;
  }
}

/** True if this worker may write; another one is at it otherwise. */
async function isLocked(tx: postgres.TransactionSql): Promise<boolean> {
  const [lock] = await tx<{ taken: boolean }[]>`select pg_try_advisory_xact_lock(${SWEEP_LOCK}) as taken`;
  return lock?.taken === true;
}

async function completeDay(tx: postgres.TransactionSql, day: LegalDay): Promise<void> {
  await tx`
    insert into reminder_sweeps (day, found)
    select ${day}, count(*) from expiry_reminders where found_on = ${day} and state = 'DUE' on conflict do nothing`;
}
