import { and, asc, eq, gt } from "drizzle-orm";
import * as z from "zod";
import { decodeCursor, pageOf, pageSize } from "../../_shared/registers/pages.ts";
import type { Database } from "../../_shared/serving/database.ts";
import { type HistoryRow, historyRows, IDS_OF_A_ROW } from "../saga/stored-history.ts";
import { history } from "../tables.ts";

const historyCursor = z.tuple([z.int()]);

/** Page of a dossier's history, oldest entry first. */
export async function historyOf(db: Database, dossierId: string, first: number, after: string | null) {
  const size = pageSize(first);
  const [last] = after ? decodeCursor(after, historyCursor) : [0];
  return pageOf(await entriesAfter(db, dossierId, last, size + 1), size, (row) => [row.id]);
}

/** Up to `limit` entries of a dossier after the one with the id `last`, oldest first. */
export async function entriesAfter(
  db: Database,
  dossierId: string,
  last: number,
  limit: number,
): Promise<HistoryRow[]> {
  const rows = await db
    .select()
    .from(history)
    // the row of the last entry can have further ones; rows of earlier releases have one entry, and numbers without gaps
    .where(and(eq(history.dossierId, dossierId), gt(history.id, last - IDS_OF_A_ROW)))
    .orderBy(asc(history.id))
    .limit(limit + IDS_OF_A_ROW);
  return rows
    .flatMap(historyRows)
    .filter(({ id }) => id > last)
    .slice(0, limit);
}
