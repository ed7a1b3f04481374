import type { WorkItem } from "./work-item.ts";

/** Row of a list that is read again and again. */
export type LiveRow = {
  item: WorkItem;
  /** Due date by which the row has its place; another one gives it a new place only when the officer asks for the list. */
  placedAt: number;
  /** True for a part that has left the list. */
  isEnded: boolean;
};

/** Rows of a list that was asked for. */
export function freshRows(items: readonly WorkItem[]): LiveRow[] {
  return items.map((item) => ({ item, placedAt: dueTime(item), isEnded: false }));
}

/** Beginning of a list that was read again. `hasMore`: other parts follow its last one. */
type Reread = { items: readonly WorkItem[]; hasMore: boolean };

/**
 * Rows after a list was read again while an officer has a row in hand. Rows up to that one keep their places, also those that have
 * left the list; the others follow the list. `earlier`: the number of new parts that belong before the row.
 */
export function mergedRows(
  shown: readonly LiveRow[],
  { items, hasMore }: Reread,
  inHand: string | undefined,
): { rows: LiveRow[]; earlier: number } {
  const at = shown.findIndex(({ item }) => item.part.id === inHand);
  const last = shown[at];
  if (!last) return { rows: freshRows(items), earlier: 0 };
  const fresh = freshRows(items);
  const [end, found] = [fresh.at(-1), new Map(fresh.map((row) => [row.item.part.id, row.item]))];
  const kept = shown.slice(0, at + 1).map((row) => {
    const item = found.get(row.item.part.id);
    const isBeyond = hasMore && end !== undefined && isAfter(row, end);
    return { ...row, item: item ?? row.item, isEnded: item === undefined && !isBeyond };
  });
  const keptParts = new Set(kept.map(({ item }) => item.part.id));
  const others = fresh.filter(({ item }) => !keptParts.has(item.part.id));
  const later = others.filter((row) => isAfter(row, last));
  return { rows: [...kept, ...later], earlier: others.length - later.length };
}

function isAfter(row: LiveRow, place: LiveRow): boolean {
  return row.placedAt > place.placedAt || (row.placedAt === place.placedAt && row.item.part.id > place.item.part.id);
}

function dueTime({ part }: WorkItem): number {
  return part.dueAt === null ? Number.POSITIVE_INFINITY : Date.parse(part.dueAt);
}
