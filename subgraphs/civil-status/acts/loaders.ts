import DataLoader from "dataloader";
import { getTableColumns, inArray } from "drizzle-orm";
import type { Context } from "../../_shared/serving/context.ts";
import { bookNumbers } from "../books/tables.ts";
import { birthNumbers } from "../tables.ts";
import { actEntries } from "./tables.ts";

export function actLoaders({ db }: Pick<Context, "db">) {
  return {
    /** Number that an act was given in a register book; null for acts without one. */
    bookNumberByAct: new DataLoader<string, typeof bookNumbers.$inferSelect | null>(async (ids) => {
      const [births, others] = await Promise.all([
        db
          .select({ ...getTableColumns(birthNumbers), actId: birthNumbers.birthId })
          .from(birthNumbers)
          .where(inArray(birthNumbers.birthId, [...ids])), // an entry that an act makes has the act's id
        db
          .select()
          .from(bookNumbers)
          .where(inArray(bookNumbers.actId, [...ids])),
      ]);
      // a birth with the recognition of a parent has a number in both books
      const rows = [...births.map((row) => ({ ...row, book: "BIRTH" as const })), ...others];
      return ids.map((id) => rows.find(({ actId }) => actId === id) ?? null);
    }),

    /** Ids of the entries that an act concerns. */
    entriesByAct: new DataLoader<string, string[]>(async (ids) => {
      const rows = await db
        .select()
        .from(actEntries)
        .where(inArray(actEntries.actId, [...ids]));
      return ids.map((id) => rows.filter(({ actId }) => actId === id).map(({ entryId }) => entryId));
    }),
  };
}
