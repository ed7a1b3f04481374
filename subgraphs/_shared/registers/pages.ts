import * as z from "zod";
import { badUserInput } from "../serving/errors.ts";

/** Largest page that a client may request. */
export const LARGEST_PAGE = 200;

/** Directive for the gateway's cost limit: a paged field returns `first` nodes, or edges. */
export const PAGED = '@listSize(slicingArguments: ["first"], sizedFields: ["nodes", "edges"])';

/** @throws BAD_USER_INPUT unless 1 ≤ first ≤ 200 */
export function pageSize(first: number): number {
  if (first < 1 || first > LARGEST_PAGE) throw badUserInput(`first must be between 1 and ${LARGEST_PAGE}`, "first");
  return first;
}

/** Keyset cursor: the sort key of the last row, opaque to clients. */
export function encodeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString("base64url");
}

/** An instant in a cursor, in milliseconds, within the range of PostgreSQL. */
export const cursorInstant = z
  .int()
  .min(0)
  .max(Date.UTC(9999, 11, 31));

/** A number in a cursor, within PostgreSQL's `integer`. */
export const cursorNumber = z.int32().min(0);

/** Sort key in a cursor. @throws BAD_USER_INPUT naming the argument, if the cursor is malformed */
export function decodeCursor<Key>(cursor: string, shape: z.ZodType<Key>, argument = "after"): Key {
  try {
    return shape.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
  } catch {
    // the remedy is the same for every fault
    throw badUserInput(`The cursor does not come from this list; begin again without \`${argument}\``, argument);
  }
}

/** Page of the first `size` of `size + 1` fetched rows; the last one shows that another page follows. */
export function pageOf<Row>(rows: Row[], size: number, keyOf: (row: Row) => readonly (string | number)[]) {
  const nodes = rows.slice(0, size);
  const { length } = nodes;
  const cursorAt = (index: number) => encodeCursor(keyOf(nodes[index] as Row)); // the index of a node
  const endCursor = length > 0 ? cursorAt(length - 1) : null;
  return { nodes, pageInfo: { hasNextPage: rows.length > size, hasPreviousPage: false, endCursor, length, cursorAt } };
}
