import { type SQL, sql } from "drizzle-orm";
import { officeName } from "../../_shared/reference/offices.ts";
import { type AgencyCode, subgraphOf } from "../../agency-registry.ts";
import { nameOfSteps } from "../dossiers/waiting.ts";
import { countedChanges } from "../figures/counted-changes.ts";
import { handledCells } from "../figures/tables.ts";
import type { OneStopContext } from "../loaders.ts";
import { decidedWork } from "./decided-work.ts";
import { openWork } from "./open-work.ts";
import type { Scope } from "./scope.ts";
import { openWorkCounts } from "./tables.ts";
import type { Workload, WorkloadGrouping } from "./types.ts";

const MOST_GROUPS = 200;
const UNCLAIMED = "UNCLAIMED";

/** Keys of the groups among the open parts and among the decided ones. */
const KEYS: Record<WorkloadGrouping, { open: SQL<string>; decided: SQL<string> }> = {
  OFFICER: {
    open: sql`coalesce(nullif(${openWorkCounts.officer}, ''), ${UNCLAIMED})`,
    decided: sql`coalesce(nullif(${handledCells.officer}, ''), ${UNCLAIMED})`,
  },
  STEP: {
    open: sql`${openWorkCounts.procedure} || '/' || ${openWorkCounts.stepKey}`,
    decided: sql`${handledCells.procedure} || '/' || ${handledCells.stepKey}`,
  },
  AGENCY: { open: sql`${openWorkCounts.agency}`, decided: sql`${handledCells.agency}` },
  OFFICE: { open: sql`${openWorkCounts.office}`, decided: sql`${handledCells.office}` },
};

/** Work of a scope by group, from counts of the open parts and of those decided in the last days. */
export async function workload(ctx: OneStopContext, scope: Scope, by: WorkloadGrouping): Promise<Workload[]> {
  await countedChanges(ctx);
  const [open, decided] = await Promise.all([
    openWork(ctx, scope, KEYS[by].open),
    decidedWork(ctx, scope, KEYS[by].decided),
  ]);
  const handled = new Map(decided.map((each) => [each.key, each]));
  const counted = new Set(open.map(({ key }) => key));
  const idle = decided.filter(({ key }) => !counted.has(key)).map(({ key, officer }) => ({ ...NOTHING, key, officer }));
  const groups = [...open, ...idle].sort((a, b) => b.late - a.late || b.open - a.open || (a.key < b.key ? -1 : 1));
  const place = "office" in scope.place ? scope.place.office : scope.place.province;
  return groups.slice(0, MOST_GROUPS).map(({ officer, ...group }) => {
    const { decided: parts = 0, medianWorkingMinutes = null } = handled.get(group.key) ?? {};
    const id = [by, place, scope.agency, scope.procedure, group.key].join("/");
    const name = nameOf(ctx, by, { key: group.key, officer });
    return { ...group, id, name, decided: parts, medianWorkingMinutes };
  });
}

const NOTHING = { open: 0, dueToday: 0, late: 0, atRisk: 0 };

function nameOf(
  { loaders }: OneStopContext,
  by: WorkloadGrouping,
  { key, officer }: { key: string; officer: string | null },
): string {
  switch (by) {
    case "OFFICER":
      return key === UNCLAIMED ? "Chưa có cán bộ nhận việc" : (officer ?? key);
    case "AGENCY":
      return subgraphOf(key as AgencyCode).vi; // the column holds codes of agencies
    case "OFFICE":
      return officeName(key);
    case "STEP": {
      const [procedure = "", stepKey = ""] = key.split("/");
      return nameOfSteps(loaders.desk().kinds, procedure, stepKey);
    }
  }
}
