import { unpackJson } from "../../subgraphs/_shared/registers/packed-json.ts";
import { type HistoryRow, historyRows, type StoredEntries } from "../../subgraphs/one-stop/saga/stored-history.ts";
import type { World } from "../world.ts";

/** History of a dossier as the desk stores it, entry by entry. */
export async function storedHistory(world: World, code: string): Promise<HistoryRow[]> {
  const rows = await world.sql("one-stop")<
    (Omit<StoredEntries, "id" | "entries"> & { id: string; entries: Uint8Array })[]
  >`
    select h.id, h.dossier_id as "dossierId", h.at, h.entries from history h join dossiers d on d.id = h.dossier_id
     where d.code = ${code} order by h.id`;
  return rows.flatMap(({ id, entries, ...row }) =>
    historyRows({ ...row, id: Number(id), entries: unpackJson(entries) as StoredEntries["entries"] }),
  );
}
