import { type SQL, sql } from "drizzle-orm";
import type { Caller } from "../_shared/identity/caller.ts";
import { births, citizenNumbers } from "./tables.ts";

/** Which births a caller may see, for a query that joins `citizen_numbers`; what is filtered out looks as if it were not there. */
export function visibleTo(caller: Caller): SQL {
  const { role, province, personalId } = caller;
  switch (role) {
    case "clerk":
    case "leader":
    case "registrar":
    case "service":
      return sql`true`;
    case "portal":
      return province ? sql`${births.officeProvince} = ${province}` : sql`false`;
    case "citizen":
      return personalId
        ? sql`(${births.guardians} @> array[${personalId}] or ${citizenNumbers.personalId} = ${personalId})`
        : sql`false`;
    case "police":
    case "insurer":
    case "land-officer":
    case "business-officer":
      return sql`${births.dossier} is not null`;
    case "anonymous":
      return sql`false`;
    default:
      return role satisfies never;
  }
}
