import * as z from "zod";
import { badUserInput } from "../../_shared/serving/errors.ts";

/** The largest page a client may ask for. */
export const LARGEST_PAGE = 200;

/** For the gateway's cost limit: a paged field returns `first` nodes. */
export const PAGED = '@listSize(slicingArguments: ["first"], sizedFields: ["nodes"])';

/** @throws BAD_USER_INPUT unless 1 ≤ first ≤ 200 */
export function pageSize(first: number): number {
  if (first < 1 || first > LARGEST_PAGE) throw badUserInput(`first lies between 1 and ${LARGEST_PAGE}`, "first");
  return first;
}

/** A keyset cursor: the sort key of the last row, opaque to clients. */
export function encodeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString("base64url");
}

/** An instant in a cursor, in milliseconds, within the range of PostgreSQL. */
export const cursorInstant = z
  .int()
  .min(0)
  .max(Date.UTC(9999, 11, 31));

/** The sort key in a cursor of the given shape. @throws BAD_USER_INPUT when the cursor is not one of ours */
export function decodeCursor<Key>(cursor: string, shape: z.ZodType<Key>): Key {
  try {
    return shape.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
  } catch {
    // the remedy is the same for every fault
    throw badUserInput("The cursor is not one this list gave out; begin again without `after`", "after");
  }
}

/** Splits `size + 1` fetched rows into the page and the answer whether more follow. */
export function pageOf<Row>(rows: Row[], size: number, keyOf: (row: Row) => readonly (string | number)[]) {
  const nodes = rows.slice(0, size);
  const last = nodes.at(-1);
  return { nodes, pageInfo: { hasNextPage: rows.length > size, endCursor: last ? encodeCursor(keyOf(last)) : null } };
}
