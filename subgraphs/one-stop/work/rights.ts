import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Caller } from "../../_shared/identity/caller.ts";
import { officerOf } from "../../_shared/rights/permissions.ts";
import { dossiers, steps } from "../tables.ts";

const NONE = sql`false`;

/**
 * Parts that a caller may work on, by reach: an officer those of the own agency within the office or province of the token;
 * a clerk and a leader those of the one-stop desk at the own office. Closed for everybody else.
 */
export function workableParts(caller: Caller): SQL | undefined {
  const officer = officerOf(caller.role);
  if (officer) return and(eq(steps.agency, officer.agency), placeOf(caller));
  if (caller.role !== "clerk" && caller.role !== "leader") return NONE;
  return caller.office ? and(eq(steps.agency, "ONE_STOP"), eq(dossiers.office, caller.office)) : NONE;
}

function placeOf({ office, province }: Caller): SQL | undefined {
  if (office) return eq(dossiers.office, office);
  return province ? eq(dossiers.province, province) : undefined;
}
