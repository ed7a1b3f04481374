import { sql } from "drizzle-orm";
import { addMonths, type LegalDay } from "../../_shared/reference/days.ts";
import { insertMany } from "../../_shared/registers/insert-many.ts";
import type { Database, Tx } from "../../_shared/serving/database.ts";
import { facilityChangeRules } from "./tables.ts";

/** Months in whose first days the facility may be changed, and whether a person who moves waits for them. */
export type FacilityChangeRule = { months: number[]; days: number; isOpenToMovers: boolean };

/** Writes the rule of the configuration, which holds for the changes from now on. */
export function loadFacilityChangeRule(db: Database, rule: FacilityChangeRule): Promise<void> {
  const changed = sql`on conflict (is_only) do update set
    months = excluded.months, days = excluded.days, is_open_to_movers = excluded.is_open_to_movers`;
  return insertMany(db, facilityChangeRules, [{ ...rule, isOnly: true }], changed);
}

export async function facilityChangeRule(tx: Tx): Promise<FacilityChangeRule> {
  const [rule] = await tx.select().from(facilityChangeRules);
  if (!rule) throw new Error("The rule of facility changes is written at the start");
  return rule;
}

/** First day from a day on, the day itself included, on which the facility may be changed. */
export function nextChangeDay({ months, days }: Omit<FacilityChangeRule, "isOpenToMovers">, on: LegalDay): LegalDay {
  if (months.includes(monthOf(on)) && Number(on.slice(8)) <= days) return on;
  let first = addMonths(`${on.slice(0, 7)}-01` as LegalDay, 1); // the first day of a month exists
  while (!months.includes(monthOf(first))) first = addMonths(first, 1);
  return first;
}

function monthOf(day: LegalDay): number {
  return Number(day.slice(5, 7));
}
