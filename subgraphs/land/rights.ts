import { eq, type SQL } from "drizzle-orm";
import type { Caller } from "../_shared/identity/caller.ts";
import { reaches, rowsWithin } from "../_shared/rights/row-rights.ts";
import { certificateHolders } from "./tables.ts";

const reachOf = reaches("LAND", { clerk: "agency", leader: "agency", "own-officer": "agency", citizen: "own" });

/** Holders whose certificates a caller may read. */
export function visibleHolders(caller: Caller): SQL {
  return rowsWithin(reachOf(caller), {
    agency: "everything",
    own: (personalId) => eq(certificateHolders.personalId, personalId),
  });
}

/** True if a caller may learn that this person holds no certificate. */
export function maySearchHolder(caller: Caller, personalId: string): boolean {
  const reach = reachOf(caller);
  return reach.kind === "agency" || (reach.kind === "own" && reach.personalId === personalId);
}
