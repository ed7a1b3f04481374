import type postgres from "postgres";
import type { LegalDay } from "../reference/days.ts";
import type { ExpirySource } from "./source.ts";

/** Reminders of one transaction: large enough for few commits, small enough to stop soon. */
const BATCH = 5_000;
/** Advisory lock of the worker that sweeps: positions are in the order of commits. Exactly once rests on the primary key of a reminder. */
const SWEEP_LOCK = 4_105_001;

type Step = { isLocked: boolean; found: number };

/**
 * Enters a reminder for each entry whose renewal is due on the day and that has none for its term. A day that is complete is not swept
 * again; one that a worker left is continued by the next. @returns the number of new reminders
 */
export async function sweepReminders(
  sql: postgres.Sql,
  source: ExpirySource,
  day: LegalDay,
  isStopped = () => false,
): Promise<number> {
  const [complete] = await sql`select from reminder_sweeps where day = ${day}`;
  if (complete) return 0;
  let total = 0;
  while (!isStopped()) {
    const { isLocked, found } = await sql.begin((tx) => sweepBatch(tx, source, day));
    if (!isLocked) return total; // another worker is at it
    total += found;
    if (found < BATCH) break;
  }
  return total;
}

/** Enters one batch; the last one completes the day. */
async function sweepBatch(tx: postgres.TransactionSql, source: ExpirySource, day: LegalDay): Promise<Step> {
  const [lock] = await tx<{ taken: boolean }[]>`select pg_try_advisory_xact_lock(${SWEEP_LOCK}) as taken`;
  if (!lock?.taken) return { isLocked: false, found: 0 };
  const { count: found } = await tx`
    insert into expiry_reminders (entry_id, expires_on, found_on)
    select d.entry_id, d.expires_on, ${day} from (${source.due(tx, day)}) d
     where not exists (select from expiry_reminders x where x.entry_id = d.entry_id and x.expires_on = d.expires_on)
     order by d.renew_by, d.entry_id limit ${BATCH}
    on conflict do nothing`;
  if (found < BATCH) await completeDay(tx, day);
  return { isLocked: true, found };
}

async function completeDay(tx: postgres.TransactionSql, day: LegalDay): Promise<void> {
  await tx`
    insert into reminder_sweeps (day, found)
    select ${day}, count(*) from expiry_reminders where found_on = ${day} on conflict do nothing`;
}
