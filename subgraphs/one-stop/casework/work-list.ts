import { and, asc, eq, gt, inArray, lt, or, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { cursorInstant, decodeCursor, pageOf, pageSize } from "../../_shared/registers/pages.ts";
import type { AgencyCode } from "../../agency-registry.ts";
import { wasLateWhenStopped } from "../clock/stored-clock.ts";
import type { Risk } from "../dossiers/enums.ts";
import { matchesSearch } from "../dossiers/search.ts";
import type { StepRow } from "../dossiers/types.ts";
import type { OneStopContext } from "../loaders.ts";
import { lazyTotal, MOST_COUNTED_ROWS } from "../paging/counting.ts";
import { workableParts } from "../rights.ts";
import type { StepState } from "../saga/state.ts";
import { dossiers, IS_OPEN_PART, lateWhenStopped, steps } from "../tables.ts";
import type { WorkFilter } from "./input.ts";

const DAY_MS = 86_400_000;
const OPEN: StepState[] = ["PROCESSING", "SUPPLEMENT_NEEDED"];
const workCursor = z.tuple([cursorInstant, z.uuid()]);

/** LATE after the due date; AT_RISK in the last day before it. A part that awaits the citizen is late only if it was before. */
export function riskOf({ state, dueAt, clock }: Pick<StepRow, "state" | "dueAt" | "clock">, now: Date): Risk {
  if (!dueAt || (state === "SUPPLEMENT_NEEDED" && !wasLateWhenStopped(clock, dueAt))) return "NONE";
  if (now > dueAt) return "LATE";
  return dueAt.getTime() - now.getTime() <= DAY_MS ? "AT_RISK" : "NONE";
}

/** A page of the open parts that the caller may work on, the first due first. */
export async function workList(ctx: OneStopContext, filter: WorkFilter, first: number, after: string | null) {
  const size = pageSize(first);
  const wanted = and(
    workableParts(ctx.caller),
    inState(filter.states ?? OPEN),
    filter.search ? matchesSearch(filter.search, ctx.caller.office ?? null) : undefined,
    filter.procedure ? eq(steps.procedure, filter.procedure) : undefined,
    filter.agency ? eq(steps.agency, filter.agency as AgencyCode) : undefined,
    filter.dueBefore ? lt(steps.dueAt, filter.dueBefore) : undefined,
    filter.officer ? eq(steps.claimedBy, filter.officer) : undefined,
    filter.claimedByMe ? eq(steps.claimedBy, ctx.caller.subject) : undefined,
    riskCondition(filter.risk ?? null, ctx.now),
  );
  const [at, id] = after ? decodeCursor(after, workCursor) : [];
  const from =
    at === undefined || id === undefined
      ? undefined
      : or(gt(steps.dueAt, new Date(at)), and(eq(steps.dueAt, new Date(at)), gt(steps.id, id)));
  const rows = await ctx.db
    .select({ part: steps, dossier: dossiers })
    .from(steps)
    .innerJoin(dossiers, eq(dossiers.id, steps.dossierId))
    .where(and(wanted, from))
    .orderBy(asc(steps.dueAt), asc(steps.id))
    .limit(size + 1);
  const counted = ctx.db.select({ id: steps.id }).from(steps);
  // the parts of an office are counted in the index alone
  const isOfSteps = Boolean(ctx.caller.office) && !filter.search;
  const all = (isOfSteps ? counted : counted.innerJoin(dossiers, eq(dossiers.id, steps.dossierId)))
    .where(wanted)
    .limit(MOST_COUNTED_ROWS)
    .as("counted");
  return { ...pageOf(rows, size, ({ part }) => [part.dueAt?.getTime() ?? 0, part.id]), total: lazyTotal(ctx.db, all) };
}

function inState(states: StepState[]): SQL | undefined {
  if (OPEN.every((state) => states.includes(state)) && states.length === OPEN.length) return IS_OPEN_PART;
  const ofParts = states.every((state) => OPEN.includes(state)) ? IS_OPEN_PART : sql`${steps.part}`;
  return and(ofParts, inArray(steps.state, states));
}

/** Condition for open parts of a risk; none for null. */
export function riskCondition(risk: Risk | null, now: Date): SQL | undefined {
  const soon = new Date(now.getTime() + DAY_MS);
  const running = eq(steps.state, "PROCESSING");
  const wasLate = and(eq(steps.state, "SUPPLEMENT_NEEDED"), lateWhenStopped(steps));
  switch (risk) {
    case "LATE":
      return and(or(running, wasLate), lt(steps.dueAt, now));
    case "AT_RISK":
      return and(running, gt(steps.dueAt, now), lt(steps.dueAt, soon));
    case "NONE":
      return or(and(eq(steps.state, "SUPPLEMENT_NEEDED"), sql`(${wasLate}) is not true`), gt(steps.dueAt, soon));
    case null:
      return undefined;
  }
}
