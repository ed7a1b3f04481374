import { sql } from "drizzle-orm";
import { COMMUNE_LIST } from "../../_shared/reference/communes.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import type { Act } from "../acts/perform-act.ts";
import { type Book, bookNumbers } from "./tables.ts";

/**
 * Gives an act the next number n/yyyy of a book of its office and year. Without gaps, since an act that fails gives its number back;
 * so acts in one book wait here for one another until they commit.
 */
export async function takeBookNumber(
  tx: Tx,
  book: Exclude<Book, "BIRTH">,
  { id, on, office }: Pick<Act, "id" | "on" | "office">,
): Promise<string> {
  const year = Number(on.slice(0, 4));
  const [taken] = await tx.execute<{ number: number }>(sql`
    with next as (
      insert into book_counters as c (book, commune_list, commune, year, last)
      values (${book}, ${COMMUNE_LIST}, ${office}, ${year}, 1)
      on conflict (book, commune_list, commune, year) do update set last = c.last + 1
      returning c.last)
    insert into ${bookNumbers} (book, commune_list, commune, year, number, act_id)
    select ${book}, ${COMMUNE_LIST}, ${office}, ${year}, next.last, ${id} from next returning number`);
  if (!taken) throw new Error("A counter always gives a number");
  return `${taken.number}/${year}`;
}
