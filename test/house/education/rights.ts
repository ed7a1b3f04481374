import { eq, isNotNull, type SQL } from "drizzle-orm";
import type { Caller } from "../../../subgraphs/_shared/identity/caller.ts";
import { reaches, rowsWithin } from "../../../subgraphs/_shared/rights/row-rights.ts";
import { enrolments } from "./tables.ts";

const reachOf = reaches("EDUCATION", {
  clerk: "agency",
  leader: "agency",
  "own-officer": "province",
  citizen: "own",
  "other-officer": "dossier",
});

/** Enrolments that a caller may read. */
export function visibleEnrolments(caller: Caller): SQL {
  return rowsWithin(reachOf(caller), {
    agency: "everything",
    province: (province) => eq(enrolments.officeProvince, province),
    own: (personalId) => eq(enrolments.personalId, personalId),
    dossier: () => isNotNull(enrolments.dossier),
  });
}
