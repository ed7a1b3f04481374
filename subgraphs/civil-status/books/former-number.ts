import { and, eq, inArray } from "drizzle-orm";
import * as z from "zod";
import type { PartProblem } from "../../_shared/parts/procedure.ts";
import { COMMUNE_LIST } from "../../_shared/reference/communes.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { bookClosed, bookHasGap, formerEntryTaken } from "../errors.ts";
import { type Book, bookClosings, bookNumbers } from "./tables.ts";

/** Number n/yyyy under which the register had an entry before it lost it. */
export const formerNumber = z.string().regex(/^[1-9]\d{0,8}\/\d{4}$/);

export function partsOfNumber(number: string): { number: number; year: number } {
  const [serial = "", year = ""] = number.split("/");
  return { number: Number(serial), year: Number(year) };
}

/** Problems of an entry under its former number, if it had one: another entry has it, the one before is missing, or the book is closed. */
export async function formerNumberProblems(
  tx: Tx,
  book: Book,
  office: string,
  former: string | undefined,
): Promise<PartProblem[]> {
  if (former === undefined) return [];
  const { number, year } = partsOfNumber(former);
  const ofBook = ({ book: kind, communeList, commune, year: of }: typeof bookNumbers | typeof bookClosings) =>
    and(eq(kind, book), eq(communeList, COMMUNE_LIST), eq(commune, office), eq(of, year));
  const [entered, closed] = await Promise.all([
    tx
      .select({ number: bookNumbers.number })
      .from(bookNumbers)
      .where(and(ofBook(bookNumbers), inArray(bookNumbers.number, [number - 1, number]))),
    tx.select({ act: bookClosings.actId }).from(bookClosings).where(ofBook(bookClosings)),
  ]);
  const path = ["grantedBefore"];
  if (entered.some((each) => each.number === number)) return [formerEntryTaken(null)];
  return [
    ...(number > 1 && entered.length === 0 ? [{ ...bookHasGap(), path }] : []),
    ...(closed.length > 0 ? [{ ...bookClosed(), path }] : []),
  ];
}
