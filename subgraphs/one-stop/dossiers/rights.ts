import { and, eq, exists, type SQL, sql } from "drizzle-orm";
import type { Caller } from "../../_shared/identity/caller.ts";
import { officerOf } from "../../_shared/rights/permissions.ts";
import type { Database, Tx } from "../../_shared/serving/database.ts";
import { dossiers, steps } from "../tables.ts";

const NOTHING = sql`false`;

/**
 * Which dossiers a caller may see, as a condition of the query: a clerk and a leader those of the own office, a portal those
 * of its province, a citizen the own, an officer those that reached the officer's agency.
 */
export function visibleDossiers(db: Tx | Database, caller: Caller): SQL {
  switch (caller.role) {
    case "clerk":
    case "leader":
      return caller.office ? eq(dossiers.office, caller.office) : NOTHING;
    case "portal":
      return caller.province ? eq(dossiers.province, caller.province) : NOTHING;
    case "citizen":
      return caller.personalId ? sql`${dossiers.parties} @> array[${caller.personalId}]` : NOTHING;
    case "service":
    case "anonymous":
      return NOTHING;
    default: {
      const agency = officerOf(caller.role)?.agency;
      if (!agency) return NOTHING;
      const reached = and(
        eq(steps.dossierId, dossiers.id),
        eq(steps.agency, agency),
        sql`(${steps.attempts} > 0 or ${steps.state} not in ('BLOCKED', 'READY', 'SENT'))`,
      );
      return exists(db.select({ one: sql`1` }).from(steps).where(reached));
    }
  }
}

/** Of these codes, the ones the caller may see. */
export async function seenByCaller(db: Database, caller: Caller, codes: string[]): Promise<Set<string>> {
  if (codes.length === 0) return new Set();
  const rows = await db
    .select({ code: dossiers.code })
    .from(dossiers)
    .where(and(sql`${dossiers.code} in ${codes}`, visibleDossiers(db, caller)));
  return new Set(rows.map((row) => row.code));
}
