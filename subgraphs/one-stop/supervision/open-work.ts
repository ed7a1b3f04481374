import { and, eq, inArray, or, type SQL, sql } from "drizzle-orm";
import type { Tx } from "../../_shared/serving/database.ts";
import { CELL, differences, NUMBERS, timesOf } from "./open-work-differences.ts";
import { officesOf, type Scope } from "./scope.ts";
import { openWorkChanges, openWorkCounts } from "./tables.ts";
import type { Workload } from "./types.ts";

/** Open parts of a group; `officer` is the name of the officer who has claimed them, or of one of several. */
export type OpenWork = { key: string; officer: string | null } & Pick<
  Workload,
  "open" | "dueToday" | "late" | "atRisk"
>;

/**
 * Open parts of a scope by group, exactly as of now: the counts, what has changed since they were written, and the parts that have
 * become late, at risk or due meanwhile. One statement, so that all three are of one moment.
 */
export async function openWork({ db, now }: { db: Tx; now: Date }, scope: Scope, key: SQL): Promise<OpenWork[]> {
  const { place, agency, procedure } = scope;
  const { open, ...counts } = openWorkCounts;
  const wanted = and(
    inArray(counts.office, officesOf(place)),
    agency ? eq(counts.agency, agency) : undefined,
    procedure ? or(eq(counts.procedure, procedure), eq(counts.dossierProcedure, procedure)) : undefined,
  );
  const rows = await db.execute<OpenWork>(sql`
    select ${key} as key, min(nullif(${counts.officerName}, '')) as officer, sum(${open})::int as open, sum(${counts.late})::int as late,
           sum(${counts.atRisk})::int as "atRisk", sum(${counts.dueToday})::int as "dueToday"
      from (select ${CELL}, ${NUMBERS} from ${openWorkCounts} union all ${differences(sql`${openWorkChanges}`, timesOf(now))}) ${openWorkCounts}
     where ${wanted} group by 1 having sum(${open}) > 0`);
  return [...rows];
}
