import { eq, isNotNull, or, type SQL, sql } from "drizzle-orm";
import type { Caller } from "../_shared/identity/caller.ts";
import { hasNumber } from "../_shared/registers/personal-numbers.ts";
import { reaches, rowsWithin, searchWithin } from "../_shared/rights/row-rights.ts";
import { recognitions } from "./birth-acts/tables.ts";
import { maritalConfirmations } from "./confirmations/tables.ts";
import { deaths } from "./deaths/tables.ts";
import { marriages } from "./marriages/tables.ts";
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
      sql`(${hasNumber(births.guardians, personalId)} or ${citizenNumbers.personalId} = ${personalId}
        or exists (select from ${recognitions}
          where ${recognitions.birthId} = ${births.id} and ${recognitions.personalId} = ${personalId}))`,
    dossier: () => isNotNull(births.dossier),
  });
}

/** Check of a search for the birth registration of a person. */
export const searchedBirth = searchWithin(reachOf, "birth registration");

/** Deaths that a caller may read: a citizen reads those that he or she declared. */
export function visibleDeaths(caller: Caller): SQL {
  return rowsWithin(reachOf(caller), {
    agency: "everything",
    province: (province) => eq(deaths.officeProvince, province),
    own: (personalId) => or(eq(deaths.declarant, personalId), eq(deaths.personalId, personalId)) as SQL, // of two conditions
    dossier: () => isNotNull(deaths.dossier),
  });
}

/** Check of a search for the death of a person. */
export const searchedDeath = searchWithin(reachOf, "death registration");

/** Marriages that a caller may read: a citizen reads the own ones. */
export function visibleMarriages(caller: Caller): SQL {
  return rowsWithin(reachOf(caller), {
    agency: "everything",
    own: (personalId) => or(eq(marriages.husbandKey, personalId), eq(marriages.wifeKey, personalId)) as SQL, // of two conditions
    dossier: () => isNotNull(marriages.dossier),
  });
}

/** Check of a search for the marriages of a person. */
export const searchedMarriage = searchWithin(reachOf, "marriage registration");

/** Confirmations of the marital status that a caller may read. */
export function visibleConfirmations(caller: Caller): SQL {
  return rowsWithin(reachOf(caller), {
    agency: "everything",
    own: (personalId) => eq(maritalConfirmations.personKey, personalId),
  });
}

/** Check of a search for the confirmations of a person's marital status. */
export const searchedConfirmation = searchWithin(reachOf, "confirmation of marital status");
