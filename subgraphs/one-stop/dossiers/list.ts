import { and, asc, count, desc, eq, gt, gte, inArray, lt, lte, notInArray, or, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import type { Caller } from "../../_shared/identity/caller.ts";
import { parseDossierCode } from "../../_shared/reference/identifiers/dossier-code.ts";
import type { Database } from "../../_shared/serving/database.ts";
import { cursorInstant, decodeCursor, pageOf, pageSize } from "../paging/pages.ts";
import type { DossierState } from "../saga/state.ts";
import { dossiers } from "../tables.ts";
import type { DossierFilter } from "./input.ts";
import { visibleDossiers } from "./rights.ts";
import type { DossierRow } from "./types.ts";

export const ENDED: DossierState[] = ["COMPLETED", "RETURNED", "NOT_ACCEPTED", "WITHDRAWN", "STOPPED"];
/** States in which a dossier is never overdue: it has ended, or the clock is suspended. */
const NEVER_LATE: DossierState[] = [...ENDED, "AWAITING_CITIZEN", "AWAITING_PAYMENT"];

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
const dossierCursor = z.tuple([cursorInstant, z.uuid()]);

function conditions(filter: DossierFilter, now: Date): (SQL | undefined)[] {
  const late = and(lt(dossiers.dueAt, now), notInArray(dossiers.state, NEVER_LATE));
  return [
    filter.province ? eq(dossiers.province, filter.province) : undefined,
    filter.office ? eq(dossiers.office, filter.office) : undefined,
    filter.bundle ? eq(dossiers.procedureCode, filter.bundle) : undefined,
    filter.states ? inArray(dossiers.state, filter.states) : undefined,
    filter.outcomes ? inArray(dossiers.outcome, filter.outcomes) : undefined,
    filter.dueBefore ? lt(dossiers.dueAt, filter.dueBefore) : undefined,
    filter.dueAfter ? gte(dossiers.dueAt, filter.dueAfter) : undefined,
    filter.receivedBefore ? lt(dossiers.receivedAt, filter.receivedBefore) : undefined,
    filter.receivedAfter ? gte(dossiers.receivedAt, filter.receivedAfter) : undefined,
    filter.overdue === true ? late : undefined,
    filter.overdue === false ? or(gte(dossiers.dueAt, now), inArray(dossiers.state, NEVER_LATE)) : undefined,
  ];
}

export type DossierQuestion = { filter: DossierFilter; order: DossierOrder; first: number; after: string | null };

/** A page of the dossiers that the caller may see, after the cursor, in the asked order and then by id. */
export function listDossiers(db: Database, caller: Caller, { filter, ...page }: DossierQuestion, now: Date) {
  return pageWhere(db, and(visibleDossiers(db, caller), ...conditions(filter, now)), page);
}

/** Dossiers of a citizen that the caller may see, newest first. */
export function dossiersOfCitizen(
  db: Database,
  caller: Caller,
  personalId: string,
  page: { first: number; after: string | null },
) {
  const own = and(sql`${dossiers.parties} @> array[${personalId}]`, visibleDossiers(db, caller));
  return pageWhere(db, own, { ...page, order: "RECEIVED_AT_DESC" });
}

/** `total` counts all of them, on any page; it costs a query of its own. */
async function pageWhere(db: Database, wanted: SQL | undefined, page: Omit<DossierQuestion, "filter">) {
  const size = pageSize(page.first);
  const { column, ascending } = ORDERS[page.order];
  const direction = ascending ? asc : desc;
  const rows: DossierRow[] = await db
    .select()
    .from(dossiers)
    .where(and(wanted, following(page)))
    .orderBy(direction(column), direction(dossiers.id))
    .limit(size + 1);
  const sortedBy = (row: DossierRow) => (column === dossiers.dueAt ? row.dueAt : row.receivedAt);
  const found = pageOf(rows, size, (row) => [sortedBy(row).getTime(), row.id]);
  return { ...found, total: () => countWhere(db, wanted) };
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

async function countWhere(db: Database, wanted: SQL | undefined): Promise<number> {
  const [row] = await db.select({ all: count() }).from(dossiers).where(wanted);
  return row?.all ?? 0;
}

/** The dossier with this code, if the caller may see it. */
export async function dossierByCode(db: Database, caller: Caller, code: string): Promise<DossierRow | null> {
  if (!parseDossierCode(code).ok) return null;
  const [row] = await db
    .select()
    .from(dossiers)
    .where(and(eq(dossiers.code, code), visibleDossiers(db, caller)));
  return row ?? null;
}

/** The dossier that the caller submitted: its answer does not depend on rows that the caller may read later. */
export async function dossierOfOwner(db: Database, caller: Caller, id: string): Promise<DossierRow | null> {
  const [row] = await db
    .select()
    .from(dossiers)
    .where(and(eq(dossiers.id, id), eq(dossiers.owner, caller.subject)));
  return row ?? null;
}
