import { and, eq, type SQL, sql } from "drizzle-orm";
import { COMMUNE_LIST } from "../../_shared/reference/communes.ts";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { communeOf } from "../../_shared/registers/commune-type.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { badUserInput } from "../../_shared/serving/errors.ts";
import { type ActOutcome, performAct } from "../acts/perform-act.ts";
import { bookClosed, bookOfRunningYear, bookUnknown } from "../errors.ts";
import type { CivilStatusContext } from "../loaders.ts";
import { birthCounters } from "../tables.ts";
import { type Book, bookClosings, bookCounters } from "./tables.ts";
import type { BookClosingInput, RegisterBook } from "./types.ts";

type BookRow = { book: Book; last: number; closedOn: LegalDay | null };

/** Years that a book may have; PostgreSQL's `smallint` has no more than 32,767. */
const YEARS = { first: 1900, last: 2200 };

/**
 * Books of an office and year that have an entry, by kind.
 *
 * @throws BAD_USER_INPUT for a year before 1900 or after 2200
 */
export async function registerBooks({ db }: CivilStatusContext, office: string, year: number): Promise<RegisterBook[]> {
  if (year < YEARS.first || year > YEARS.last)
    throw badUserInput(`year must be between ${YEARS.first} and ${YEARS.last}`, "year");
  const rows = await booksOf(db, office, year);
  return rows.map(({ book, last, closedOn }) => ({
    ...{ id: `${book}/${office}/${year}`, book, office: communeOf(office), year, lastNumber: last, closedOn },
  }));
}

async function booksOf(tx: Tx, office: string, year: number): Promise<BookRow[]> {
  const rows = await tx.execute(sql`
    with counted as (
      select book, last from ${bookCounters} where ${ofYear(bookCounters, office, year)}
      union all select 'BIRTH', last from ${birthCounters} where ${ofYear(birthCounters, office, year)})
    select c.book, c.last, a.effective_on::text as "closedOn"
      from counted c
      left join book_closings x on x.book = c.book and x.commune_list = ${COMMUNE_LIST} and x.commune = ${office}
            and x.year = ${year}
      left join acts a on a.id = x.act_id order by c.book`);
  return [...rows] as BookRow[]; // as selected
}

function ofYear(
  { communeList, commune, year }: typeof bookCounters | typeof birthCounters,
  office: string,
  of: number,
) {
  return and(eq(communeList, COMMUNE_LIST), eq(commune, office), eq(year, of)) as SQL;
}

/** Closes a book of a year that has ended: it gets no number any more (Circular 04/2020/TT-BTP). */
export function closeBook(
  ctx: CivilStatusContext,
  input: BookClosingInput,
  idempotencyKey: string,
): Promise<ActOutcome> {
  const requested = { kind: "BOOK_CLOSING" as const, input, idempotencyKey };
  return performAct(ctx, requested, async (tx, act, problems) => {
    const { book, year } = input;
    if (year >= Number(act.on.slice(0, 4))) problems.add(["year"], bookOfRunningYear());
    if (year < YEARS.first) problems.add(["year"], bookUnknown());
    if (problems.found.length > 0) return undefined;
    await tx
      .select()
      .from(bookCounters)
      .where(and(ofYear(bookCounters, act.office, year), eq(bookCounters.book, book)))
      .for("update");
    const kept = (await booksOf(tx, act.office, year)).find((each) => each.book === book);
    if (!kept) problems.add(["book"], bookUnknown());
    if (kept?.closedOn) problems.add(["book"], bookClosed());
    if (!kept || problems.found.length > 0) return undefined;
    await tx.insert(bookClosings).values({
      ...{ book, communeList: COMMUNE_LIST, commune: act.office, year, entries: kept.last, actId: act.id },
    });
    return { entries: [], citizens: [], changed: ["book_closings.*"] };
  });
}
