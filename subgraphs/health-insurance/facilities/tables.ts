import { sql } from "drizzle-orm";
import { boolean, check, integer, pgTable } from "drizzle-orm/pg-core";

/** Days on which the facility of first care may be changed, as configured: one row, which is written at every start. */
export const facilityChangeRules = pgTable(
  "facility_change_rules",
  {
    /** Months in whose first days it may be changed. */
    months: integer("months").array().notNull(),
    /** Number of those days. */
    days: integer("days").notNull(),
    /** True if a person who moves may change it on any day. */
    isOpenToMovers: boolean("is_open_to_movers").notNull(),
    isOnly: boolean("is_only").primaryKey().default(true),
  },
  (t) => [
    check("facility_change_rules_only", sql`${t.isOnly}`),
    check("facility_change_rules_days", sql`${t.days} between 1 and 31`),
    check(
      "facility_change_rules_months",
      sql`cardinality(${t.months}) > 0 and ${t.months} <@ array[1,2,3,4,5,6,7,8,9,10,11,12]`,
    ),
  ],
);
