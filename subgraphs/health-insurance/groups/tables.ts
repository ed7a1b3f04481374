import { sql } from "drizzle-orm";
import { check, integer, pgTable, text, unique } from "drizzle-orm/pg-core";

/**
 * Groups of the insured (nhóm đối tượng) and their benefit level, the third character of a card number; Decision 1351/QĐ-BHXH and
 * its amendments. A migration enters them: other facts of a card must agree with them.
 */
export const insuredGroups = pgTable(
  "insured_groups",
  {
    code: text("code").primaryKey(),
    benefit: integer("benefit").notNull(),
  },
  (t) => [
    unique("insured_groups_benefit").on(t.code, t.benefit),
    check("insured_groups_code", sql`${t.code} ~ '^[A-Z]{2}$'`),
    check("insured_groups_level", sql`${t.benefit} between 1 and 5`),
  ],
);
