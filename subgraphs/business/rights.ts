import { eq, type SQL } from "drizzle-orm";
import type { Caller } from "../_shared/identity/caller.ts";
import { reaches, rowsWithin, searchWithin } from "../_shared/rights/row-rights.ts";
import { businessPeople } from "./tables.ts";

const reachOf = reaches("BUSINESS", {
  clerk: "agency",
  leader: "agency",
  "own-officer": "agency",
  citizen: "own",
});

/** Persons whose businesses a caller may read. */
export function visiblePeople(caller: Caller): SQL {
  return rowsWithin(reachOf(caller), {
    agency: "everything",
    own: (personalId) => eq(businessPeople.personalId, personalId),
  });
}

/** Check of a search for the businesses of a person. */
export const searchedBusinesses = searchWithin(reachOf, "business");
