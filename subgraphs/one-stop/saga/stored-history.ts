import { packJson } from "../../_shared/registers/packed-json.ts";
import type { HistoryEntry } from "./history-entry.ts";
import type { RecordedState } from "./state.ts";

/** Entry as it is stored: step, state, actor and note. */
export type StoredEntry = [stepKey: string | null, state: RecordedState, actor: string, note: string | null];
/** Entries that one change of a dossier made at once, in one row: with a row for each, their common facts are most of the bytes. */
export type StoredEntries = { id: number; dossierId: string; at: Date; entries: readonly StoredEntry[] };
export type HistoryRow = HistoryEntry & { id: number; dossierId: string; at: Date };

/** Ids that the row's number leaves to its entries: the first entry has the number, each other one more than the one before. */
export const IDS_OF_A_ROW = 64;

/** @throws if the change has more entries than ids, which needs more than twenty steps */
export function storedEntries(entries: readonly HistoryEntry[]): StoredEntry[] {
  if (entries.length > IDS_OF_A_ROW) throw new Error(`A change has at most ${IDS_OF_A_ROW} entries of the history`);
  return entries.map(({ stepKey, state, actor, note }) => [stepKey, state, actor, note]);
}

/** Entries for handwritten SQL. */
export function packEntries(entries: readonly HistoryEntry[]): Uint8Array {
  return packJson(storedEntries(entries));
}

export function historyRows({ id, dossierId, at, entries }: StoredEntries): HistoryRow[] {
  return entries.map(([stepKey, state, actor, note], place) => ({
    ...{ id: id + place, dossierId, at },
    ...{ stepKey, state, actor, note },
  }));
}
