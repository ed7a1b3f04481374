import { and, asc, desc, eq, gt, gte, inArray, isNotNull, lt, lte, notInArray, or, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import type { Caller } from "../../_shared/identity/caller.ts";
import { parseDossierCode } from "../../_shared/reference/identifiers/dossier-code.ts";
import type { Database } from "../../_shared/serving/database.ts";
import { lazyTotal, MOST_COUNTED_ROWS, type Total } from "../paging/counting.ts";
import { cursorInstant, decodeCursor, pageOf, pageSize } from "../paging/pages.ts";
import { officeOfDossiers, seesOwnAlone, visibleDossiers } from "../rights.ts";
import type { DossierState } from "../saga/state.ts";
import { dossiers, steps } from "../tables.ts";
import type { Risk } from "./enums.ts";
import type { DossierFilter } from "./input.ts";
import { hasParty } from "./parties.ts";
import { matchesSearch } from "./search.ts";
import type { DossierRow } from "./types.ts";

export const ENDED: DossierState[] = ["COMPLETED", "RETURNED", "NOT_ACCEPTED", "WITHDRAWN", "STOPPED"];
/** States in which a dossier is never overdue: it has ended, or the clock is suspended. */
const NEVER_LATE: DossierState[] = [...ENDED, "AWAITING_CITIZEN", "AWAITING_PAYMENT"];

/** Condition of the indexes of open dossiers: an ended one has no deadline. */
const IS_OPEN = isNotNull(dossiers.deadlineAt);

export function isOverdue({ dueAt, state }: Pick<DossierRow, "dueAt" | "state">, now: Date): boolean {
  return now > dueAt && !NEVER_LATE.includes(state);
}

const ORDERS = {
  DUE_AT_ASC: { column: dossiers.dueAt, ascending: true },
  DUE_AT_DESC: { column: dossiers.dueAt, ascending: false },
  RECEIVED_AT_ASC: { column: dossiers.receivedAt, ascending: true },
  RECEIVED_AT_DESC: { column: dossiers.receivedAt, ascending: false },
} as const;
export type DossierOrder = keyof typeof ORDERS;
const DAY_MS = 86_400_000;
const dossierCursor = z.tuple([cursorInstant, z.uuid()]);

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
    filter.overdue === false ? or(gte(dossiers.dueAt, now), inArray(dossiers.state, NEVER_LATE)) : undefined,
    filter.risk ? ofRisk(filter.risk, now) : undefined,
  );
}

/** True for dossiers with such a part. OFFSET makes PostgreSQL look them up dossier by dossier: it may else read all parts first. */
function hasPart(wanted: SQL): SQL {
  const own = and(eq(steps.dossierId, dossiers.id), steps.part, wanted);
  return sql`exists (select 1 from ${steps} where ${own} offset 0)`;
}

function inState(states: DossierState[]): SQL | undefined {
  const open = states.some((state) => ENDED.includes(state)) ? undefined : IS_OPEN;
  return and(open, inArray(dossiers.state, states));
}

function ofRisk(risk: Risk, now: Date): SQL | undefined {
  const soon = new Date(now.getTime() + DAY_MS);
  const running = and(IS_OPEN, notInArray(dossiers.state, NEVER_LATE));
  switch (risk) {
    case "LATE":
      return and(running, lt(dossiers.dueAt, now));
    case "AT_RISK":
      return and(running, gte(dossiers.dueAt, now), lte(dossiers.dueAt, soon));
    case "NONE":
      return or(gt(dossiers.dueAt, soon), inArray(dossiers.state, NEVER_LATE));
  }
}

export type DossierQuestion = { filter: DossierFilter; order: DossierOrder; first: number; after: string | null };

/** Page of the dossiers that the caller may see, after the cursor, in the requested order and then by id. */
export async function listDossiers(db: Database, caller: Caller, { filter, ...page }: DossierQuestion, now: Date) {
  const others = conditions(db, caller, filter, now);
  const searched = searchOf(caller, filter);
  const wanted = and(others, searched);
  const total = totalWhere(db, wanted);
  if (!searched) return { ...(await pageWhere(db, wanted, page, seesOwnAlone(caller))), total };
  // PostgreSQL does not know how many dossiers have a word. Many are met soon in the order of the list, which IS TRUE makes it follow.
  const isFew = (await total()).totalCount !== null;
  const read = isFew ? wanted : and(others, sql`(${searched}) is true`);
  return { ...(await pageWhere(db, read, page, isFew)), total };
}

/** Number of the dossiers of all pages of a list. */
export function countDossiers(db: Database, caller: Caller, filter: DossierFilter, now: Date): Promise<Total> {
  return totalWhere(db, and(conditions(db, caller, filter, now), searchOf(caller, filter)))();
}

function searchOf(caller: Caller, { search, office }: DossierFilter): SQL | undefined {
  return search ? matchesSearch(search, office ?? officeOfDossiers(caller)) : undefined;
}

/** Dossiers of a citizen that the caller may see, newest first. */
export async function dossiersOfCitizen(
  db: Database,
  caller: Caller,
  personalId: string,
  page: { first: number; after: string | null },
) {
  const own = and(hasParty(personalId), visibleDossiers(caller));
  const found = await pageWhere(db, own, { ...page, order: "RECEIVED_AT_DESC" }, true);
  return { ...found, total: totalWhere(db, own) };
}

/**
 * `isFew` for conditions that few dossiers meet: these are looked up and sorted. They are sorted as rows, in which no index is
 * ordered, because PostgreSQL would else look through all dossiers in the order of the list.
 */
async function pageWhere(db: Database, wanted: SQL | undefined, page: Omit<DossierQuestion, "filter">, isFew: boolean) {
  const size = pageSize(page.first);
  const { column, ascending } = ORDERS[page.order];
  const direction = ascending ? asc : desc;
  const sorted = isFew ? [direction(sql`(${column}, ${dossiers.id})`)] : [direction(column), direction(dossiers.id)];
  const rows: DossierRow[] = await db
    .select()
    .from(dossiers)
    .where(and(wanted, following(page)))
    .orderBy(...sorted)
    .limit(size + 1);
  const sortedBy = (row: DossierRow) => (column === dossiers.dueAt ? row.dueAt : row.receivedAt);
  return pageOf(rows, size, (row) => [sortedBy(row).getTime(), row.id]);
}

/** Counts the dossiers of all pages with a separate query, up to 10,000. */
function totalWhere(db: Database, wanted: SQL | undefined): () => Promise<Total> {
  const all = db.select({ id: dossiers.id }).from(dossiers).where(wanted).limit(MOST_COUNTED_ROWS).as("counted");
  return lazyTotal(db, all);
}

function following({ order, after }: Omit<DossierQuestion, "filter">): SQL | undefined {
  if (!after) return undefined;
  const [at, id] = decodeCursor(after, dossierCursor);
  const { column, ascending } = ORDERS[order];
  const instant = new Date(at);
  const beyond = ascending ? gt : lt;
  return and(
    ascending ? gte(column, instant) : lte(column, instant),
    or(beyond(column, instant), and(eq(column, instant), beyond(dossiers.id, id))),
  );
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
