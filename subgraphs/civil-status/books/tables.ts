import { sql } from "drizzle-orm";
import { check, foreignKey, integer, pgTable, primaryKey, smallint, text, uuid } from "drizzle-orm/pg-core";
import { communes } from "../../_shared/registers/communes-table.ts";
import { register } from "../../_shared/registers/register.ts";
import { acts } from "../acts/tables.ts";

/** Register book (sổ hộ tịch). The numbers of births are in `birth_numbers`. */
export type Book = "BIRTH" | "MARRIAGE" | "DEATH" | "RECOGNITION" | "CHANGE" | "MARITAL_STATUS" | "EXTRACT";

const placeColumns = () => ({
  book: text("book").$type<Book>().notNull(),
  communeList: text("commune_list").notNull(),
  commune: text("commune").notNull(),
  year: smallint("year").notNull(),
});

/** Official numbers n/yyyy, consecutive in each book of a commune and year: a trigger refuses a gap. */
export const bookNumbers = register(
  pgTable(
    "book_numbers",
    {
      ...placeColumns(),
      number: integer("number").notNull(),
      actId: uuid("act_id")
        .notNull()
        .unique("book_numbers_act")
        .references(() => acts.id),
    },
    (t) => [
      primaryKey({ name: "book_numbers_pk", columns: [t.book, t.communeList, t.commune, t.year, t.number] }),
      foreignKey({
        name: "book_numbers_commune",
        columns: [t.communeList, t.commune],
        foreignColumns: [communes.list, communes.code],
      }),
      check("book_numbers_positive", sql`${t.number} > 0`),
    ],
  ),
);

/** Last number, one row for each book, commune and year, so that only entries of one book wait for one another. */
export const bookCounters = pgTable("book_counters", { ...placeColumns(), last: integer("last").notNull() }, (t) => [
  primaryKey({ name: "book_counters_pk", columns: [t.book, t.communeList, t.commune, t.year] }),
]);

/** Books that were closed after the end of their year, with the number of their entries. A trigger refuses further numbers. */
export const bookClosings = register(
  pgTable(
    "book_closings",
    {
      ...placeColumns(),
      entries: integer("entries").notNull(),
      actId: uuid("act_id")
        .notNull()
        .references(() => acts.id),
    },
    (t) => [
      primaryKey({ name: "book_closings_pk", columns: [t.book, t.communeList, t.commune, t.year] }),
      check("book_closings_entries", sql`${t.entries} >= 0`),
    ],
  ),
);
