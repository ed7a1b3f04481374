import * as z from "zod";
import { decodeCursor, encodeCursor } from "../paging/pages.ts";
import { IDS_OF_A_ROW } from "../saga/stored-history.ts";

/** Position in the stream: all rows of the history before `row` are read, and its entries up to `place`. */
export type Position = { row: number; place: number };

const LAST_PLACE = IDS_OF_A_ROW - 1;
const cursor = z.tuple([
  z
    .int()
    .min(0)
    .max(2 ** 52),
  z.int().min(0).max(LAST_PLACE),
]);

/** Position after all entries of a row. */
export function afterRow(row: number): Position {
  return { row, place: LAST_PLACE };
}

export function cursorOf({ row, place }: Position): string {
  return encodeCursor([row, place]);
}

/** @throws BAD_USER_INPUT naming the argument, if the cursor is malformed */
export function positionOf(text: string, argument: string): Position {
  const [row, place] = decodeCursor(text, cursor, argument);
  return { row, place };
}

/** True if an entry comes after the position. */
export function isAfter(entry: Position, { row, place }: Position): boolean {
  return entry.row > row || (entry.row === row && entry.place > place);
}

/** True if the position has all entries of the row behind it. */
export function isBehind(row: number, position: Position): boolean {
  return !isAfter(afterRow(row), position);
}
