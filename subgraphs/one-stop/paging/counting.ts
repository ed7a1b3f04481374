import { count, type Subquery } from "drizzle-orm";
import { type GraphQLResolveInfo, Kind, type SelectionNode } from "graphql";
import type { Database } from "../../_shared/serving/database.ts";

/** A list is counted exactly up to this size; beyond it a count would cost as much as the list. */
const LARGEST_EXACT_COUNT = 10_000;

/** Largest number of rows that a count reads: one more than the largest exact count. */
export const MOST_COUNTED_ROWS = LARGEST_EXACT_COUNT + 1;

/** Number of all rows of a list. Above 10,000 `totalCount` is null and `totalCountAtLeast` is 10,000. */
export type Total = { totalCount: number | null; totalCountAtLeast: number };

/** Total that is counted on first use. The query `rows` must be limited to `MOST_COUNTED_ROWS`. */
export function lazyTotal(db: Database, rows: Subquery): () => Promise<Total> {
  let total: Promise<Total> | undefined;
  return () => {
    total ??= countRows(db, rows);
    return total;
  };
}

/** Begins to count, while the page is read. A failure is told by whoever awaits the total. */
export function beginCount(total: () => Promise<Total>): void {
  total().catch(() => {});
}

const TOTAL_FIELDS = ["totalCount", "totalCountAtLeast"];

/** Tells whether the client asks for the total of the list that is resolved. */
export function asksForTotal({ fieldNodes, fragments }: GraphQLResolveInfo): boolean {
  const isTotal = (node: SelectionNode): boolean => {
    if (node.kind === Kind.FIELD) return TOTAL_FIELDS.includes(node.name.value);
    const selected = node.kind === Kind.FRAGMENT_SPREAD ? fragments[node.name.value] : node;
    return selected?.selectionSet.selections.some(isTotal) ?? false;
  };
  return fieldNodes.some(({ selectionSet }) => selectionSet?.selections.some(isTotal));
}

async function countRows(db: Database, rows: Subquery): Promise<Total> {
  const [row] = await db.select({ all: count() }).from(rows);
  return totalOf(row?.all ?? 0);
}

/** Total from the number of rows, of which at most `MOST_COUNTED_ROWS` were counted. */
export function totalOf(all: number): Total {
  const isExact = all <= LARGEST_EXACT_COUNT;
  return { totalCount: isExact ? all : null, totalCountAtLeast: isExact ? all : LARGEST_EXACT_COUNT };
}
