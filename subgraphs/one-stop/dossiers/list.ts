import { and, asc, count, desc, eq, gt, gte, inArray, lt, lte, notInArray, or, type SQL, sql } from "drizzle-orm";
import type { Caller } from "../../_shared/caller.ts";
import type { Database } from "../../_shared/database.ts";
import { decodeCursor, pageOf, pageSize } from "../pages.ts";
import type { DossierState } from "../saga/state.ts";
import { dossiers } from "../tables.ts";
import type { DossierFilter } from "./input.ts";
import { visibleDossiers } from "./rights.ts";
import type { DossierRow } from "./types.ts";

export const ENDED: DossierState[] = ["COMPLETED", "RETURNED", "NOT_ACCEPTED", "WITHDRAWN", "STOPPED"];

const ORDERS = {
  DUE_AT_ASC: { column: dossiers.dueAt, ascending: true },
  DUE_AT_DESC: { column: dossiers.dueAt, ascending: false },
  RECEIVED_AT_ASC: { column: dossiers.receivedAt, ascending: true },
  RECEIVED_AT_DESC: { column: dossiers.receivedAt, ascending: false },
} as const;
export type DossierOrder = keyof typeof ORDERS;

function conditions(filter: DossierFilter, now: Date): (SQL | undefined)[] {
  const late = and(lt(dossiers.dueAt, now), notInArray(dossiers.state, ENDED));
  return [
    filter.province ? eq(dossiers.province, filter.province) : undefined,
    filter.office ? eq(dossiers.office, filter.office) : undefined,
    filter.bundle ? eq(dossiers.bundleCode, filter.bundle) : undefined,
    filter.states ? inArray(dossiers.state, filter.states) : undefined,
    filter.outcomes ? inArray(dossiers.outcome, filter.outcomes) : undefined,
    filter.dueBefore ? lt(dossiers.dueAt, filter.dueBefore) : undefined,
    filter.dueAfter ? gte(dossiers.dueAt, filter.dueAfter) : undefined,
    filter.receivedBefore ? lt(dossiers.receivedAt, filter.receivedBefore) : undefined,
    filter.receivedAfter ? gte(dossiers.receivedAt, filter.receivedAfter) : undefined,
    filter.overdue === true ? late : undefined,
    filter.overdue === false ? or(gte(dossiers.dueAt, now), inArray(dossiers.state, ENDED)) : undefined,
  ];
}

export type DossierQuestion = { filter: DossierFilter; order: DossierOrder; first: number; after: string | null };

/** A page of the dossiers that the caller may see, after the cursor, in the asked order and then by id. */
export async function listDossiers(db: Database, caller: Caller, question: DossierQuestion, now: Date) {
  const size = pageSize(question.first);
  const { column, ascending } = ORDERS[question.order];
  const direction = ascending ? asc : desc;
  const rows: DossierRow[] = await db
    .select()
    .from(dossiers)
    .where(and(visibleDossiers(db, caller), ...conditions(question.filter, now), following(question)))
    .orderBy(direction(column), direction(dossiers.id))
    .limit(size + 1);
  const sortedBy = (row: DossierRow) => (column === dossiers.dueAt ? row.dueAt : row.receivedAt);
  return pageOf(rows, size, (row) => [sortedBy(row).getTime(), row.id]);
}

function following({ order, after }: DossierQuestion): SQL | undefined {
  if (!after) return undefined;
  const [at, id] = decodeCursor(after, 2);
  const { column, ascending } = ORDERS[order];
  const instant = new Date(Number(at));
  const beyond = ascending ? gt : lt;
  return and(
    ascending ? gte(column, instant) : lte(column, instant),
    or(beyond(column, instant), and(eq(column, instant), beyond(dossiers.id, String(id)))),
  );
}

export async function countDossiers(db: Database, caller: Caller, filter: DossierFilter, now: Date): Promise<number> {
  const [row] = await db
    .select({ all: count() })
    .from(dossiers)
    .where(and(visibleDossiers(db, caller), ...conditions(filter, now)));
  return row?.all ?? 0;
}

/** The dossier with this code, if the caller may see it. */
export async function dossierByCode(db: Database, caller: Caller, code: string): Promise<DossierRow | null> {
  const [row] = await db
    .select()
    .from(dossiers)
    .where(and(eq(dossiers.code, code), visibleDossiers(db, caller)));
  return row ?? null;
}

/** Dossiers of a citizen that the caller may see, newest first. */
export async function dossiersOfCitizen(
  db: Database,
  caller: Caller,
  personalId: string,
  question: { first: number; after: string | null },
) {
  const size = pageSize(question.first);
  const rows: DossierRow[] = await db
    .select()
    .from(dossiers)
    .where(
      and(
        sql`${dossiers.parties} @> array[${personalId}]`,
        visibleDossiers(db, caller),
        following({ ...question, order: "RECEIVED_AT_DESC", filter: {} }),
      ),
    )
    .orderBy(desc(dossiers.receivedAt), desc(dossiers.id))
    .limit(size + 1);
  return pageOf(rows, size, (row) => [row.receivedAt.getTime(), row.id]);
}
