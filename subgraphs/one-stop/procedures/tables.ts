import { index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import type { AgencyCode } from "../../agency-registry.ts";
import type { ProcedureFacts } from "./procedure-facts.ts";

/** The catalogue of administrative procedures (thủ tục hành chính). */
export const procedures = pgTable(
  "procedures",
  {
    code: text("code").primaryKey(),
    name: text("name").notNull(),
    agency: text("agency").$type<AgencyCode>().notNull(),
    /** Code and name without diacritics, for searching. */
    search: text("search").notNull(),
    facts: jsonb("facts").$type<ProcedureFacts>().notNull(),
  },
  (t) => [index("procedures_agency").on(t.agency, t.code)],
);
