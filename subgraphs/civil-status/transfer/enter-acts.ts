import { sql } from "drizzle-orm";
import { COMMUNE_LIST } from "../../_shared/reference/communes.ts";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { insertMany } from "../../_shared/registers/insert-many.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import type { Origin } from "../../_shared/transfer/transfer-kind.ts";
import type { ActKind } from "../acts/act-kinds.ts";
import { actEntries, acts } from "../acts/tables.ts";
import type { Book } from "../books/tables.ts";
import { bookCounters, bookNumbers } from "../books/tables.ts";
import { type BookPlace, keyOf, placeOf } from "./book-place.ts";

/** Act by which an import enters something, with the entries that it concerns. */
export type ImportedAct = { id: string; kind: ActKind; on: LegalDay; entries: readonly string[] };

export async function enterActs(tx: Tx, made: readonly ImportedAct[], { recordedBy, ground }: Origin): Promise<void> {
  await insertMany(
    tx,
    acts,
    made.map(({ id, kind, on }) => ({
      ...{ id, kind, owner: recordedBy, role: "service", idempotencyKey: id, bodyHash: "import" },
      ...{ effectiveOn: on, ground },
    })),
  );
  await insertMany(
    tx,
    actEntries,
    made.flatMap(({ id: actId, entries }) => [...new Set(entries)].map((entryId) => ({ actId, entryId }))),
  );
}

/** Enters acts under the numbers that they have in a book, whose counting goes on after the last one. */
export async function enterNumbers(
  tx: Tx,
  book: Exclude<Book, "BIRTH">,
  made: readonly (BookPlace & { id: string })[],
): Promise<void> {
  const common = { book, communeList: COMMUNE_LIST };
  await insertMany(
    tx,
    bookNumbers,
    made.map((each) => ({ ...common, ...placeOf(keyOf(each)), actId: each.id })),
  );
  await insertMany(
    tx,
    bookCounters,
    lastNumbers(made).map((counter) => ({ ...common, ...counter })),
    sql`on conflict (book, commune_list, commune, year) do update set last = greatest(book_counters.last, excluded.last)`,
  );
}

/** The highest number of each book, for its counter. */
export function lastNumbers(made: readonly BookPlace[]): { commune: string; year: number; last: number }[] {
  const counters = new Map<string, { commune: string; year: number; last: number }>();
  for (const each of made) {
    const { commune, year, number } = placeOf(keyOf(each));
    const last = Math.max(number, counters.get(`${commune} ${year}`)?.last ?? 0);
    counters.set(`${commune} ${year}`, { commune, year, last });
  }
  return [...counters.values()];
}
