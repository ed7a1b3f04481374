import { type SQL, sql } from "drizzle-orm";
import type { Logger } from "pino";
import type postgres from "postgres";
import type { OpenDatabase } from "../../_shared/serving/database.ts";
import { type Repeating, startRepeating } from "../../_shared/serving/repeating.ts";
import type { OneStopConfiguration } from "../configuration.ts";
import { CELL, differences, NUMBERS, timesOf } from "./open-work-differences.ts";
import { openWorkChanges, openWorkCounts, openWorkTime } from "./tables.ts";

/** Key of the failpoints. */
export const OPEN_WORK = "OPEN_WORK";
const FOLD_EVERY_MS = 2_000;
/** Age of counts without changes, whose time need not be written anew all the time. */
const OLDEST_MS = 10_000;

export type Folding = {
  database: Pick<OpenDatabase, "db">;
  configuration: Pick<OneStopConfiguration, "failpoints">;
  log: Logger;
  now: () => Date;
};

/**
 * Writes the changes of the open parts into their counts, again and again. Any number of processes may run it, one of them at a time
 * writes. Nobody waits for it: a reader adds what is not written yet.
 */
export function keepOpenWork(folding: Folding, everyMs = FOLD_EVERY_MS): Repeating {
  return startRepeating({ everyMs }, () =>
    foldOpenWork(folding).catch((err: unknown) => folding.log.warn({ err }, "the counts of open parts wait")),
  );
}

async function foldOpenWork({ database: { db }, configuration, now }: Folding): Promise<void> {
  const at = now();
  const isWritten = await db.transaction(async (tx) => {
    // the statement after the lock sees what the process that had it before has written
    const locked = await tx.execute(sql`
      select from ${openWorkTime}
       where exists (select from ${openWorkChanges}) or ${openWorkTime.at} not between ${oldestFor(at)} and ${at.toISOString()}
         for update skip locked`);
    if (locked.length === 0) return false;
    await tx.execute(foldedAt(at));
    await configuration.failpoints("before-commit", OPEN_WORK);
    return true;
  });
  if (isWritten) await configuration.failpoints("after-commit", OPEN_WORK);
}

const oldestFor = (at: Date) => new Date(at.getTime() - OLDEST_MS).toISOString();

/** One statement, so that the changes that it removes are those of the parts that it reads. */
function foldedAt(at: Date): SQL {
  const now = timesOf(at);
  return sql`
    with folded as (delete from ${openWorkChanges} returning *),
    differences (${CELL}, ${NUMBERS}) as (${differences(sql`folded`, now)}),
    counts as (
      insert into ${openWorkCounts} (${CELL}, ${NUMBERS})
      select ${CELL}, sum(open), sum(late), sum(at_risk), sum(due_today) from differences group by ${CELL}
      having (sum(open), sum(late), sum(at_risk), sum(due_today)) <> (0, 0, 0, 0)
          on conflict on constraint open_work_key do update
         set open = open_work.open + excluded.open, late = open_work.late + excluded.late,
             at_risk = open_work.at_risk + excluded.at_risk, due_today = open_work.due_today + excluded.due_today
    )
    update ${openWorkTime} set at = ${now.at}, soon = ${now.soon}, day_end = ${now.dayEnd}`;
}

/** Removes the counts of groups without open parts, under the lock of those who write counts: both take rows in any order. */
export async function removeEmptyOpenWork(sql: postgres.Sql): Promise<void> {
  await sql`with alone as materialized (select from open_work_time for update) delete from open_work using alone where open = 0`;
}
