import { and, desc, gte, lte } from "drizzle-orm";
import type { Tx } from "../../_shared/serving/database.ts";
import { IDS_OF_A_ROW } from "../saga/stored-history.ts";
import { history } from "../tables.ts";
import { type Cursor, cursorAt, cursorOf, markOf, NO_ROW } from "./position.ts";
import type { ChangesPage } from "./read-changes.ts";
import type { Change } from "./types.ts";

/** Numbers in which the last row is looked for first, and growth of the window while there is none. */
const FIRST_WINDOW = 64 * IDS_OF_A_ROW;
const GROWTH = 64;

/** Mark of the last row of the history up to a number that is settled, whoever may see it. */
export async function markAt(db: Tx, row: number): Promise<string> {
  const { id, dossierId, at } = history;
  for (let window = FIRST_WINDOW; ; window *= GROWTH) {
    const [last] = await db
      .select({ row: id, dossierId, at })
      .from(history)
      .where(and(gte(id, row - window), lte(id, row)))
      .orderBy(desc(id))
      .limit(1);
    if (last) return markOf(last);
    if (window > row) return NO_ROW;
  }
}

/** True if the row that stood last at the cursor still does: rows up to a settled number never change. */
export async function isOfThisStream(db: Tx, { row, mark }: Cursor): Promise<boolean> {
  return mark === null || mark === (await markAt(db, row));
}

export function cursorOfChange({ position, dossierId, at }: Pick<Change, "position" | "dossierId" | "at">): string {
  return cursorOf({ ...position, dossierId, at });
}

/** Information about a page of changes. */
export async function changesPageInfo(db: Tx, page: ChangesPage, from: Cursor | null) {
  const { nodes, hasNextPage } = page;
  const cursorAt = (index: number) => cursorOfChange(nodes[index] as Change); // the index of a node
  const endCursor = await endCursorOf(db, page, from);
  return { hasNextPage, hasPreviousPage: false, endCursor, length: nodes.length, cursorAt };
}

/** Cursor of a page's end. `from`: the cursor that the page was read from, which is the end again while nothing is new. */
export async function endCursorOf(db: Tx, { nodes, end }: ChangesPage, from: Cursor | null): Promise<string> {
  const last = nodes.at(-1);
  if (last?.position.row === end.row) return cursorAt(end, markOf({ ...last, row: end.row }));
  if (from?.mark != null && from.row === end.row) return cursorAt(end, from.mark);
  return cursorAt(end, await markAt(db, end.row));
}
