import { and, asc, count, desc, eq, gt, gte, lt, lte, or, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import * as z from "zod";
import { cursorInstant, decodeCursor, pageOf, pageSize } from "../../_shared/registers/pages.ts";
import type { Database } from "../../_shared/serving/database.ts";
import { MOST_COUNTED_ROWS, totalOf } from "../paging/counting.ts";
import { dossiers } from "../tables.ts";
import type { DossierRow } from "./types.ts";

const ORDERS = {
  DUE_AT_ASC: { column: dossiers.dueAt, ascending: true },
  DUE_AT_DESC: { column: dossiers.dueAt, ascending: false },
  RECEIVED_AT_ASC: { column: dossiers.receivedAt, ascending: true },
  RECEIVED_AT_DESC: { column: dossiers.receivedAt, ascending: false },
} as const;
export type DossierOrder = keyof typeof ORDERS;
/** Part of a list of dossiers: `first` of them after the cursor. */
export type Page = { order: DossierOrder; first: number; after: string | null };
const dossierCursor = z.tuple([cursorInstant, z.uuid()]);

/**
 * `isFew` for conditions that few dossiers meet: these are looked up and sorted. They are sorted as rows, in which no index is
 * ordered, because PostgreSQL would else look through all dossiers in the order of the list.
 */
export async function pageWhere(db: Database, wanted: SQL | undefined, page: Page, isFew: boolean) {
  const { column, ascending } = ORDERS[page.order];
  const direction = ascending ? asc : desc;
  const sorted = isFew ? [direction(sql`(${column}, ${dossiers.id})`)] : [direction(column), direction(dossiers.id)];
  const rows = await db
    .select()
    .from(dossiers)
    .where(and(wanted, following(page, { at: column, id: dossiers.id })))
    .orderBy(...sorted)
    .limit(pageSize(page.first) + 1);
  return pageOfRows(rows, page);
}

/**
 * Page and number of the dossiers that meet conditions which an index finds: looked up once for both. Above the largest exact
 * count the page is none of the list's, because not all of its dossiers were looked up.
 */
export async function foundDossiers(db: Database, wanted: SQL | undefined, page: Page) {
  const { column, ascending } = ORDERS[page.order];
  const direction = ascending ? asc : desc;
  const found = db
    .$with("found")
    .as(db.select({ id: dossiers.id, at: column }).from(dossiers).where(wanted).limit(MOST_COUNTED_ROWS));
  const counted = db
    .select({ all: count().as("all") })
    .from(found)
    .as("counted");
  const shown = db
    .select()
    .from(found)
    .where(following(page, found))
    .orderBy(direction(found.at), direction(found.id))
    .limit(pageSize(page.first) + 1)
    .as("shown");
  const read = await db
    .with(found)
    .select({ all: counted.all, row: dossiers })
    .from(counted)
    .leftJoin(shown, sql`true`)
    .leftJoin(dossiers, eq(dossiers.id, shown.id))
    .orderBy(direction(shown.at), direction(shown.id));
  const rows = read.flatMap(({ row }) => row ?? []);
  return { ...pageOfRows(rows, page), total: totalOf(read[0]?.all ?? 0) };
}

/** Rows that a page of this size reads: one more shows that another page follows. */
export function rowsOfPage(first: number): number {
  return pageSize(first) + 1;
}

/** Condition on the dossiers after the cursor of a list with the newest first. */
export function followingNewest(after: string | null): SQL | undefined {
  return following({ order: "RECEIVED_AT_DESC", first: 1, after }, { at: dossiers.receivedAt, id: dossiers.id });
}

/** Page of a list with the newest first, of one row more than it has. */
export function pageOfNewest(rows: DossierRow[], first: number) {
  return pageOfRows(rows, { order: "RECEIVED_AT_DESC", first, after: null });
}

function pageOfRows(rows: DossierRow[], { order, first }: Page) {
  const sortedBy = (row: DossierRow) => (ORDERS[order].column === dossiers.dueAt ? row.dueAt : row.receivedAt);
  return pageOf(rows, pageSize(first), (row) => [sortedBy(row).getTime(), row.id]);
}

/** Condition on the dossiers after the cursor. `place`: columns by which the list is ordered. */
function following({ order, after }: Page, place: { at: AnyPgColumn; id: AnyPgColumn }): SQL | undefined {
  if (!after) return undefined;
  const [at, id] = decodeCursor(after, dossierCursor);
  const { ascending } = ORDERS[order];
  const instant = new Date(at);
  const beyond = ascending ? gt : lt;
  return and(
    ascending ? gte(place.at, instant) : lte(place.at, instant),
    or(beyond(place.at, instant), and(eq(place.at, instant), beyond(place.id, id))),
  );
}
