import { sql } from "drizzle-orm";
import { insertMany } from "../../_shared/registers/insert-many.ts";
import type { Database } from "../../_shared/serving/database.ts";
import type { LicenceRule } from "../configuration.ts";
import { licenceRules } from "./tables.ts";

/** Writes the rules of the configuration, which hold for what is entered from now on. */
export function loadLicenceRules(db: Database, rules: readonly LicenceRule[]): Promise<void> {
  const changed = sql`on conflict (kind) do update set
    validity_months = excluded.validity_months, renew_before_days = excluded.renew_before_days,
    lead_days = excluded.lead_days, is_issued = excluded.is_issued`;
  return insertMany(db, licenceRules, rules, changed);
}
