import { eq, type SQL } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { Caller } from "../_shared/identity/caller.ts";
import { reaches, rowsWithin, searchWithin } from "../_shared/rights/row-rights.ts";
import { obligations } from "./obligations/tables.ts";
import { certificateHolders } from "./tables.ts";

const reachOf = reaches("LAND", {
  clerk: "agency",
  leader: "agency",
  "own-officer": "agency",
  citizen: "own",
});

/** Holders whose certificates a caller may read. */
export function visibleHolders(caller: Caller): SQL {
  return visiblePersons(caller, certificateHolders.personalId);
}

/** Debtors whose obligations a caller may read. */
export function visibleDebtors(caller: Caller): SQL {
  return visiblePersons(caller, obligations.debtor);
}

function visiblePersons(caller: Caller, person: PgColumn): SQL {
  return rowsWithin(reachOf(caller), { agency: "everything", own: (personalId) => eq(person, personalId) });
}

/** Check of a search for the certificates of a person. */
export const searchedCertificates = searchWithin(reachOf, "land certificate");
