import { sql } from "drizzle-orm";
import { COMMUNE_LIST } from "../../_shared/reference/communes.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import type { Act } from "../acts/perform-act.ts";
import { partsOfNumber } from "./former-number.ts";
import { type Book, bookNumbers } from "./tables.ts";

/**
 * Gives an act the next number n/yyyy of a book of its office and year. Without gaps, since an act that fails gives its number back;
 * so acts in one book wait here for one another until they commit.
 *
 * @param former number that the act had before the register lost it: it gets this one again
 */
export async function takeBookNumber(
  tx: Tx,
  book: Exclude<Book, "BIRTH">,
  { id, on, office }: Pick<Act, "id" | "on" | "office">,
  former?: string,
): Promise<string> {
  const { year, number } = former ? partsOfNumber(former) : { year: Number(on.slice(0, 4)), number: null };
  const [taken] = await tx.execute<{ number: number }>(sql`
    with next as (
      insert into book_counters as c (book, commune_list, commune, year, last)
      values (${book}, ${COMMUNE_LIST}, ${office}, ${year}, coalesce(${number}::int, 1))
      on conflict (book, commune_list, commune, year) do update set last = greatest(c.last, coalesce(${number}::int, c.last + 1))
      returning c.last)
    insert into ${bookNumbers} (book, commune_list, commune, year, number, act_id)
    select ${book}, ${COMMUNE_LIST}, ${office}, ${year}, coalesce(${number}::int, next.last), ${id} from next returning number`);
  if (!taken) throw new Error("A counter always gives a number");
  return `${taken.number}/${year}`;
}
