import { eq, isNotNull, type SQL, sql } from "drizzle-orm";
import type { Caller } from "../_shared/identity/caller.ts";
import { reaches, rowsWithin, searchWithin } from "../_shared/rights/row-rights.ts";
import { births, citizenNumbers } from "./tables.ts";

const reachOf = reaches("CIVIL_STATUS", {
  clerk: "agency",
  leader: "agency",
  "own-officer": "agency",
  portal: "province",
  citizen: "own",
  "other-officer": "dossier",
});

/** Births that a caller may read, for a query that joins `citizen_numbers`. A hidden row looks like a missing one. */
export function visibleBirths(caller: Caller): SQL {
  return rowsWithin(reachOf(caller), {
    agency: "everything",
    province: (province) => eq(births.officeProvince, province),
    own: (personalId) =>
      sql`(${births.guardians} @> array[${personalId}] or ${citizenNumbers.personalId} = ${personalId})`,
    dossier: () => isNotNull(births.dossier),
  });
}

/** Check of a search for the birth registration of a person. */
export const searchedBirth = searchWithin(reachOf, "birth registration");
