import { eq, isNotNull, type SQL, sql } from "drizzle-orm";
import type { Caller } from "../_shared/identity/caller.ts";
import { hasNumber } from "../_shared/registers/personal-numbers.ts";
import { reaches, rowsWithin, searchWithin } from "../_shared/rights/row-rights.ts";
import { cards } from "./tables.ts";

const reachOf = reaches("HEALTH_INSURANCE", {
  clerk: "agency",
  leader: "agency",
  "own-officer": "agency",
  portal: "province",
  citizen: "own",
  "other-officer": "dossier",
});

/** Cards that a caller may read: a citizen's own and those of the citizen's children. */
export function visibleCards(caller: Caller): SQL {
  return rowsWithin(reachOf(caller), {
    agency: "everything",
    province: (province) => eq(cards.officeProvince, province),
    own: (personalId) => sql`(${cards.personalId} = ${personalId} or ${hasNumber(cards.guardians, personalId)})`,
    dossier: () => isNotNull(cards.dossier),
  });
}

/** Check of a search for the card of a person. */
export const searchedCard = searchWithin(reachOf, "health-insurance card");
