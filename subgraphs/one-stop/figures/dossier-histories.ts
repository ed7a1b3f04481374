import { asc, inArray } from "drizzle-orm";
import type { Tx } from "../../_shared/serving/database.ts";
import type { Position } from "../changes/position.ts";
import { type HistoryRow, historyRows } from "../saga/stored-history.ts";
import { history } from "../tables.ts";

/** Entries of the histories of dossiers, oldest first. */
export async function entriesOf(tx: Tx, dossierIds: readonly string[]): Promise<HistoryRow[]> {
  if (dossierIds.length === 0) return [];
  const rows = await tx
    .select()
    .from(history)
    .where(inArray(history.dossierId, [...new Set(dossierIds)]))
    .orderBy(asc(history.id));
  return rows.flatMap(historyRows);
}

/** Id of the entry that a change of the stream is. */
export function entryIdOf({ position }: { position: Position }): number {
  return position.row + position.place;
}
