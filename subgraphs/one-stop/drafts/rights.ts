import { eq, or, type SQL } from "drizzle-orm";
import type { Caller } from "../../_shared/identity/caller.ts";
import { reaches, rowsWithin } from "../../_shared/rights/row-rights.ts";
import { drafts } from "./tables.ts";

const draftReach = reaches("ONE_STOP", { clerk: "agency", citizen: "own" });

/** Drafts that a caller with the code may open: any for a clerk; for a citizen, the own ones and those that name the citizen. */
export function visibleDrafts(caller: Caller): SQL {
  return rowsWithin(draftReach(caller), {
    agency: "everything",
    own: (personalId) => or(eq(drafts.owner, caller.subject), eq(drafts.declarantPersonalId, personalId)) ?? "none",
  });
}
