import { and, asc, eq, gt } from "drizzle-orm";
import * as z from "zod";
import type { Database } from "../../_shared/serving/database.ts";
import { decodeCursor, pageOf, pageSize } from "../paging/pages.ts";
import { history } from "../tables.ts";

const historyCursor = z.tuple([z.int()]);

/** A page of what happened to a dossier, oldest first. */
export async function historyOf(db: Database, dossierId: string, first: number, after: string | null) {
  const size = pageSize(first);
  const from = after ? gt(history.id, decodeCursor(after, historyCursor)[0]) : undefined;
  const rows = await db
    .select()
    .from(history)
    .where(and(eq(history.dossierId, dossierId), from))
    .orderBy(asc(history.id))
    .limit(size + 1);
  return pageOf(rows, size, (row) => [row.id]);
}
