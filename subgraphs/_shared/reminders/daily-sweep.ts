import type { Logger } from "pino";
import { type LegalDay, legalDayOf } from "../reference/days.ts";
import type { OpenDatabase } from "../serving/database.ts";
import { type Repeating, startRepeating } from "../serving/repeating.ts";
import type { ExpirySource } from "./source.ts";
import { endReminders, reopenReminders, sweepReminders } from "./sweep.ts";

/** Time between two looks at the business clock. */
const LOOK_MS = 60_000;
/** Longest transaction, and difference between the clocks of the database and of a process. Assumed. */
const LONGEST_TRANSACTION_MS = 3_600_000;

type Running = { database: Pick<OpenDatabase, "sql">; now: () => Date; log: Logger };

/**
 * Sweeps each day by the business clock, at the start and soon after midnight, and enters every minute which reminders have ended or
 * are open again, on every worker that runs. A worker's first look of a day compares all reminders, the others those of changed
 * entries; where the source cannot tell these, the others compare all open reminders and none that has ended.
 */
export function startDailySweep(source: ExpirySource, { database, now, log }: Running): Repeating {
  /** Last look that this worker made itself. */
  let last: { day: LegalDay; begun: number } | undefined;
  return startRepeating({ everyMs: LOOK_MS, atOnce: true }, async (isStopped) => {
    try {
      const day = legalDayOf(now());
      const found = await sweepReminders(database.sql, source, day, isStopped);
      const begun = Date.now(); // entries are recorded by the real clock
      const since = last?.day === day ? new Date(last.begun - LONGEST_TRANSACTION_MS) : null;
      const of = { since, isStopped };
      const ended = await endReminders(database.sql, source, day, of);
      const comparesEnded = since === null || source.changedSince !== undefined;
      const reopened = comparesEnded ? await reopenReminders(database.sql, source, day, of) : 0;
      if (ended !== null && reopened !== null) last = { day, begun };
      if ((found ?? 0) + (ended ?? 0) + (reopened ?? 0) > 0)
        log.info({ found, ended, reopened }, "the renewal of entries became due, is due no more, or is due again");
    } catch (err) {
      log.warn({ err }, "the entries whose renewal is due are not found yet; the next try is in a minute");
    }
  });
}
