import { and, eq, sql } from "drizzle-orm";
import { COMMUNE_LIST } from "../../_shared/reference/communes.ts";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { insertMany } from "../../_shared/registers/insert-many.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { actEntries, acts } from "../acts/tables.ts";
import { bookCounters, bookNumbers } from "../books/tables.ts";
import { numbered } from "./book-order.ts";

/** Act of the seed, whose id is that of the entry that it makes. */
export type SeededAct = { id: string; registeredOn: LegalDay; entries: readonly string[] };

/** Enters acts of one kind with the next numbers of the commune's books of that kind. */
export async function enterActs(
  tx: Tx,
  book: "MARRIAGE" | "DEATH",
  commune: string,
  made: readonly SeededAct[],
): Promise<void> {
  await insertMany(
    tx,
    acts,
    made.map(({ id, registeredOn }) => ({
      ...{ id, kind: book, owner: "seed", role: "seed", idempotencyKey: id, bodyHash: "seed" },
      ...{ effectiveOn: registeredOn, ground: "seed" },
    })),
  );
  await insertMany(
    tx,
    actEntries,
    made.flatMap(({ id: actId, entries }) => entries.map((entryId) => ({ actId, entryId }))),
  );
  const counters = await tx
    .select({ year: bookCounters.year, last: bookCounters.last })
    .from(bookCounters)
    .where(
      and(eq(bookCounters.book, book), eq(bookCounters.communeList, COMMUNE_LIST), eq(bookCounters.commune, commune)),
    );
  const last = new Map(counters.map((counter) => [counter.year, counter.last]));
  const books = { book, communeList: COMMUNE_LIST, commune };
  await insertMany(
    tx,
    bookNumbers,
    numbered(made, last).map(({ id, year, number }) => ({ ...books, year, number, actId: id })),
  );
  await insertMany(
    tx,
    bookCounters,
    [...last].map(([year, number]) => ({ ...books, year, last: number })),
    sql`on conflict (book, commune_list, commune, year) do update set last = excluded.last`,
  );
}
