import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, smallint, text, uuid } from "drizzle-orm/pg-core";
import { packedJson } from "../../_shared/registers/packed-json.ts";
import { register } from "../../_shared/registers/register.ts";
import { acts } from "../acts/tables.ts";
import type { RecordedDeclarant } from "../persons/recorded.ts";

export type ExtractedBook = "BIRTH" | "DEATH" | "MARRIAGE";

/** Extracts of entries (trích lục hộ tịch), Law on Civil Status 60/2014, art. 62 to 64. Each shows one version of one entry. */
export const extracts = register(
  pgTable(
    "extracts",
    {
      /** The same as that of the act that issued it. */
      id: uuid("id")
        .primaryKey()
        .references(() => acts.id),
      book: text("book").$type<ExtractedBook>().notNull(),
      entryId: uuid("entry_id").notNull(),
      version: integer("version").notNull(),
      copies: smallint("copies").notNull(),
      requester: packedJson<RecordedDeclarant>("requester").notNull(),
    },
    (t) => [
      index("extracts_by_entry").on(t.entryId),
      check("extracts_book", sql`${t.book} in ('BIRTH', 'DEATH', 'MARRIAGE')`),
      check("extracts_copies", sql`${t.copies} between 1 and 50`),
    ],
  ),
);
