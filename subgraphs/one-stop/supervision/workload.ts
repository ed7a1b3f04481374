import { and, between, eq, gte, inArray, or, type SQL, sql } from "drizzle-orm";
import { addDays, endOfDay, legalDayOf } from "../../_shared/reference/days.ts";
import { officeName } from "../../_shared/reference/offices.ts";
import { type AgencyCode, subgraphOf } from "../../agency-registry.ts";
import { IS_OPEN_PART, riskCondition } from "../casework/work-list.ts";
import { nameOfStep } from "../dossiers/waiting.ts";
import { countedChanges } from "../figures/counted-changes.ts";
import { handledParts } from "../figures/tables.ts";
import type { OneStopContext } from "../loaders.ts";
import { procedureOf } from "../procedures/catalogue.ts";
import { steps } from "../tables.ts";
import { officesOf, partsWithin, type Scope } from "./scope.ts";
import type { Workload, WorkloadGrouping } from "./types.ts";

const MEDIAN_DAYS = 30;
const MOST_GROUPS = 200;
const UNCLAIMED = "UNCLAIMED";

/** Keys of the groups among the open parts and among the decided ones. */
const KEYS: Record<WorkloadGrouping, { open: SQL<string>; decided: SQL<string> }> = {
  OFFICER: {
    open: sql`coalesce(${steps.claimedBy}, ${UNCLAIMED})`,
    decided: sql`coalesce(nullif(${handledParts.officer}, ''), ${UNCLAIMED})`,
  },
  STEP: {
    open: sql`${steps.procedure} || '/' || ${steps.key}`,
    decided: sql`${handledParts.procedure} || '/' || ${handledParts.stepKey}`,
  },
  AGENCY: { open: sql`${steps.agency}`, decided: sql`${handledParts.agency}` },
  OFFICE: { open: sql`${steps.office}`, decided: sql`${handledParts.office}` },
};

type Open = { key: string; dossier: string; officer: string | null } & Counts;
type Counts = Pick<Workload, "open" | "dueToday" | "late" | "atRisk">;
type Decided = { key: string; officer: string } & Pick<Workload, "decided" | "medianWorkingMinutes">;

/** Work of a scope by group. Open parts, which are few, are counted in their index; decided ones are counted as they are decided. */
export async function workload(ctx: OneStopContext, scope: Scope, by: WorkloadGrouping): Promise<Workload[]> {
  await countedChanges(ctx);
  const [open, decided] = await Promise.all([openParts(ctx, scope, by), decidedParts(ctx, scope, by)]);
  const handled = new Map(decided.map((each) => [each.key, each]));
  const counted = new Set(open.map(({ key }) => key));
  const idle = decided.filter(({ key }) => !counted.has(key)).map(({ key, officer }) => ({ ...NOTHING, key, officer }));
  const groups = [...open, ...idle].sort((a, b) => b.late - a.late || b.open - a.open || (a.key < b.key ? -1 : 1));
  const place = "office" in scope.place ? scope.place.office : scope.place.province;
  return Promise.all(
    groups.slice(0, MOST_GROUPS).map(async ({ dossier, officer, ...group }) => {
      const { decided: parts = 0, medianWorkingMinutes = null } = handled.get(group.key) ?? {};
      const id = [by, place, scope.agency, scope.procedure, group.key].join("/");
      const name = await nameOf(ctx, by, { key: group.key, dossier, officer });
      return { ...group, id, name, decided: parts, medianWorkingMinutes };
    }),
  );
}

const NOTHING = { open: 0, dueToday: 0, late: 0, atRisk: 0, dossier: null };

async function openParts({ db, now }: OneStopContext, scope: Scope, by: WorkloadGrouping): Promise<Open[]> {
  const counted = (condition: SQL | undefined) => sql<number>`(count(*) filter (where ${condition}))::int`;
  const key = KEYS[by].open;
  const endOfToday = endOfDay(legalDayOf(now));
  return db
    .select({
      key: sql<string>`${key}`.as("key"),
      dossier: sql<string>`min(${steps.dossierId}::text)`,
      officer: sql<string | null>`min(${steps.claimedName})`,
      open: sql<number>`count(*)::int`,
      dueToday: counted(and(eq(steps.state, "PROCESSING"), between(steps.dueAt, now, endOfToday))),
      late: counted(riskCondition("LATE", now)),
      atRisk: counted(riskCondition("AT_RISK", now)),
    })
    .from(steps)
    .where(and(partsWithin(scope), IS_OPEN_PART))
    .groupBy(sql`1`);
}

/**
 * Number and median of the parts decided in the last days, of which today is one. The median is the least number of minutes that half
 * of them needed at most.
 */
async function decidedParts({ db, now }: OneStopContext, scope: Scope, by: WorkloadGrouping): Promise<Decided[]> {
  const { place, agency, procedure } = scope;
  const { day, office, minutes, parts, dossierProcedure, officerName } = handledParts;
  const wanted = and(
    inArray(office, officesOf(place)),
    gte(day, addDays(legalDayOf(now), -(MEDIAN_DAYS - 1))),
    agency ? eq(handledParts.agency, agency) : undefined,
    procedure ? or(eq(handledParts.procedure, procedure), eq(dossierProcedure, procedure)) : undefined,
  );
  const rows = await db.execute<Decided>(sql`
    with counted as (
      select ${KEYS[by].decided} as key, ${minutes} as minutes, min(${officerName}) as officer, sum(${parts}) as parts
        from ${handledParts} where ${wanted} group by 1, 2
    ), ranked as (
      select *, sum(parts) over (partition by key order by minutes) as upto, sum(parts) over (partition by key) as total from counted
    )
    select key, min(officer) as officer, min(total)::int as decided,
           (min(minutes) filter (where upto * 2 >= total))::int as "medianWorkingMinutes" from ranked group by key`);
  return [...rows];
}

type Named = { key: string; dossier: string | null; officer: string | null };

async function nameOf(
  { loaders }: OneStopContext,
  by: WorkloadGrouping,
  { key, dossier, officer }: Named,
): Promise<string> {
  switch (by) {
    case "OFFICER":
      return key === UNCLAIMED ? "Chưa có cán bộ nhận việc" : (officer ?? key);
    case "AGENCY":
      return subgraphOf(key as AgencyCode).vi; // the column holds codes of agencies
    case "OFFICE":
      return officeName(key);
    case "STEP": {
      const [procedure = "", stepKey] = key.split("/");
      if (dossier === null) return procedureOf(procedure)?.name ?? procedure;
      const step = (await loaders.stepsByDossier.load(dossier)).find((each) => each.key === stepKey);
      return step ? nameOfStep(await loaders.definitionByDossier.load(dossier), step) : procedure;
    }
  }
}
