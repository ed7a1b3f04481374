import { and, eq, gt, gte, inArray, isNotNull, lt, lte, or, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { Caller } from "../../_shared/identity/caller.ts";
import { parseDossierCode } from "../../_shared/reference/identifiers/dossier-code.ts";
import type { Database } from "../../_shared/serving/database.ts";
import { wasLateWhenStopped } from "../clock/stored-clock.ts";
import { beginCount, lazyTotal, MOST_COUNTED_ROWS, type Total } from "../paging/counting.ts";
import { officeOfDossiers, seesOwnAlone, visibleDossiers } from "../rights.ts";
import type { DossierState } from "../saga/state.ts";
import { dossiers, lateWhenStopped, steps } from "../tables.ts";
import { foundDossiers, type Page, pageWhere } from "./dossier-pages.ts";
import type { Risk } from "./enums.ts";
import type { DossierFilter } from "./input.ts";
import { matchesSearch } from "./search.ts";
import type { DossierRow } from "./types.ts";

export const ENDED: DossierState[] = ["COMPLETED", "RETURNED", "NOT_ACCEPTED", "WITHDRAWN", "STOPPED"];
const RUNNING: DossierState[] = ["RECEIVED", "IN_PROGRESS"];

/** Condition of the indexes of open dossiers: an ended one has no deadline. */
const IS_OPEN = isNotNull(dossiers.deadlineAt);

/** True after the due date of a dossier that has not ended, unless its clock was suspended before that date. */
export function isOverdue({ dueAt, state, clock }: Pick<DossierRow, "dueAt" | "state" | "clock">, now: Date): boolean {
  return now > dueAt && (RUNNING.includes(state) || (!ENDED.includes(state) && wasLateWhenStopped(clock, dueAt)));
}

/**
 * Open dossiers that are late after their due date: those whose clock runs or was suspended after that date. In the words of the
 * index of these dossiers, since PostgreSQL does not know the values of a prepared query.
 */
const CAN_BE_LATE = and(
  IS_OPEN,
  sql`(${dossiers.state} in ('RECEIVED', 'IN_PROGRESS') or ${lateWhenStopped(dossiers)})`,
);
const DAY_MS = 86_400_000;

/** Conditions of a list of dossiers: the caller's reach and the filter, except for its search. */
function conditions(db: Database, caller: Caller, filter: DossierFilter, now: Date): SQL | undefined {
  const parts = (wanted: SQL | undefined) =>
    inArray(dossiers.id, db.select({ id: steps.dossierId }).from(steps).where(and(steps.part, wanted)));
  return and(
    visibleDossiers(caller),
    filter.province ? eq(dossiers.province, filter.province) : undefined,
    filter.office ? eq(dossiers.office, filter.office) : undefined,
    filter.bundle ? eq(dossiers.procedureCode, filter.bundle) : undefined,
    filter.states ? inState(filter.states) : undefined,
    filter.outcomes ? inArray(dossiers.outcome, filter.outcomes) : undefined,
    filter.dueBefore ? lt(dossiers.dueAt, filter.dueBefore) : undefined,
    filter.dueAfter ? gte(dossiers.dueAt, filter.dueAfter) : undefined,
    filter.receivedBefore ? lt(dossiers.receivedAt, filter.receivedBefore) : undefined,
    filter.receivedAfter ? gte(dossiers.receivedAt, filter.receivedAfter) : undefined,
    filter.agency ? parts(eq(steps.agency, filter.agency)) : undefined,
    filter.procedure
      ? or(eq(dossiers.procedureCode, filter.procedure), hasPart(eq(steps.procedure, filter.procedure)))
      : undefined,
    filter.officer ? parts(or(eq(steps.claimedBy, filter.officer), eq(steps.decidedBy, filter.officer))) : undefined,
    filter.overdue === true ? ofRisk("LATE", now) : undefined,
    filter.overdue === false ? or(gte(dossiers.dueAt, now), sql`(${CAN_BE_LATE}) is not true`) : undefined,
    filter.risk ? ofRisk(filter.risk, now) : undefined,
  );
}

/** True for dossiers with such a part. OFFSET makes PostgreSQL look them up dossier by dossier: it may else read all parts first. */
export function hasPart(wanted: SQL, dossierId: AnyPgColumn = dossiers.id): SQL {
  const own = and(eq(steps.dossierId, dossierId), steps.part, wanted);
  return sql`exists (select 1 from ${steps} where ${own} offset 0)`;
}

function inState(states: DossierState[]): SQL | undefined {
  const open = states.some((state) => ENDED.includes(state)) ? undefined : IS_OPEN;
  return and(open, inArray(dossiers.state, states));
}

/** Condition for dossiers that are late or at risk. */
export function isLateOrAtRisk(now: Date): SQL | undefined {
  return and(CAN_BE_LATE, lte(dossiers.dueAt, new Date(now.getTime() + DAY_MS)));
}

function ofRisk(risk: Risk, now: Date): SQL | undefined {
  const soon = new Date(now.getTime() + DAY_MS);
  switch (risk) {
    case "LATE":
      return and(CAN_BE_LATE, lt(dossiers.dueAt, now));
    case "AT_RISK":
      return and(CAN_BE_LATE, gte(dossiers.dueAt, now), lte(dossiers.dueAt, soon));
    case "NONE":
      return or(gt(dossiers.dueAt, soon), sql`(${CAN_BE_LATE}) is not true`);
  }
}

/** `asksForTotal`: the total is counted while the page is read; default: when it is awaited. */
export type DossierQuestion = Page & { filter: DossierFilter; asksForTotal?: boolean };

/** Page of the dossiers that the caller may see, after the cursor, in the requested order and then by id. */
export async function listDossiers(
  db: Database,
  caller: Caller,
  { filter, asksForTotal, ...page }: DossierQuestion,
  now: Date,
) {
  const others = conditions(db, caller, filter, now);
  const searched = searchOf(caller, filter);
  const wanted = and(others, searched);
  if (!searched) {
    const total = totalWhere(db, wanted);
    if (asksForTotal) beginCount(total);
    return { ...(await pageWhere(db, wanted, page, seesOwnAlone(caller))), total };
  }
  const found = await foundDossiers(db, wanted, page);
  if (found.total.totalCount !== null) return { ...found, total: async () => found.total };
  // PostgreSQL does not know how many dossiers have a word. Many are met soon in the order of the list, which IS TRUE makes it follow.
  const read = and(others, sql`(${searched}) is true`);
  return { ...(await pageWhere(db, read, page, false)), total: async () => found.total };
}

/** Number of the dossiers of all pages of a list. */
export function countDossiers(db: Database, caller: Caller, filter: DossierFilter, now: Date): Promise<Total> {
  return totalWhere(db, and(conditions(db, caller, filter, now), searchOf(caller, filter)))();
}

function searchOf(caller: Caller, { search, office }: DossierFilter): SQL | undefined {
  return search ? matchesSearch(search, office ?? officeOfDossiers(caller)) : undefined;
}

/** Counts the dossiers of all pages with a separate query, up to 10,000. */
export function totalWhere(db: Database, wanted: SQL | undefined): () => Promise<Total> {
  const all = db.select({ id: dossiers.id }).from(dossiers).where(wanted).limit(MOST_COUNTED_ROWS).as("counted");
  return lazyTotal(db, all);
}

/** The dossier with this code, if the caller may see it. */
export async function dossierByCode(db: Database, caller: Caller, code: string): Promise<DossierRow | null> {
  if (!parseDossierCode(code).ok) return null;
  const [row] = await db
    .select()
    .from(dossiers)
    .where(and(eq(dossiers.code, code), visibleDossiers(caller)));
  return row ?? null;
}

/** The dossiers with these codes in their order; null where there is none that the caller may see. */
export async function dossiersByCode(
  db: Database,
  caller: Caller,
  codes: readonly string[],
): Promise<(DossierRow | null)[]> {
  const wellFormed = codes.filter((code) => parseDossierCode(code).ok);
  const rows: DossierRow[] =
    wellFormed.length === 0
      ? []
      : await db
          .select()
          .from(dossiers)
          .where(and(inArray(dossiers.code, wellFormed), visibleDossiers(caller)));
  const byCode = new Map(rows.map((row) => [row.code, row]));
  return codes.map((code) => byCode.get(code) ?? null);
}

/** Dossier that the caller submitted, independent of the caller's right to read it later. */
export async function dossierOfOwner(db: Database, caller: Caller, id: string): Promise<DossierRow | null> {
  const [row] = await db
    .select()
    .from(dossiers)
    .where(and(eq(dossiers.id, id), eq(dossiers.owner, caller.subject)));
  return row ?? null;
}
