import { createHash } from "node:crypto";
import * as z from "zod";
import { decodeCursor, encodeCursor } from "../../_shared/registers/pages.ts";
import { IDS_OF_A_ROW } from "../saga/stored-history.ts";

/** Position in the stream: all rows of the history before `row` are read, and its entries up to `place`. */
export type Position = { row: number; place: number };

/**
 * Position that a reader has come to. `mark` tells which row of the history stood last there, so that a database that was restored, or
 * a standby that lags, is recognised when it has given the same numbers to other changes. Null: a cursor of an earlier release.
 */
export type Cursor = Position & { mark: string | null };
/** Row of the history, as far as its mark depends on it. */
export type MarkedRow = { row: number; dossierId: string; at: Date };

const LAST_PLACE = IDS_OF_A_ROW - 1;
const MARK_LENGTH = 8;
/** Mark of a stream without a row. */
export const NO_ROW = "";
const row = z
  .int()
  .min(0)
  .max(2 ** 52);
const place = z.int().min(0).max(LAST_PLACE);
const mark = z.string().regex(new RegExp(`^([\\w-]{${MARK_LENGTH}})?$`));
const cursor = z.union([z.tuple([row, place, mark]), z.tuple([row, place])]);

/** Position after all entries of a row. */
export function afterRow(row: number): Position {
  return { row, place: LAST_PLACE };
}

/** Mark of a row, which another row with its number does not have. */
export function markOf({ row, dossierId, at }: MarkedRow): string {
  const digest = createHash("sha256").update(`${row} ${dossierId} ${at.toISOString()}`).digest("base64url");
  return digest.slice(0, MARK_LENGTH);
}

/** Cursor to go on from after an entry. */
export function cursorOf(entry: MarkedRow & { place: number }): string {
  return cursorAt(entry, markOf(entry));
}

/** @param mark that of the last row up to the position */
export function cursorAt({ row, place }: Position, mark: string): string {
  return encodeCursor([row, place, mark]);
}

/** @throws BAD_USER_INPUT naming the argument, if the cursor is malformed */
export function readCursor(text: string, argument: string): Cursor {
  const [row, place, mark = null] = decodeCursor(text, cursor, argument);
  return { row, place, mark };
}

/** True if an entry comes after the position. */
export function isAfter(entry: Position, { row, place }: Position): boolean {
  return entry.row > row || (entry.row === row && entry.place > place);
}

/** True if the position has all entries of the row behind it. */
export function isBehind(row: number, position: Position): boolean {
  return !isAfter(afterRow(row), position);
}
