import { eq } from "drizzle-orm";
import type { HeldPapers } from "../_shared/papers/held-papers.ts";
import { liveBusinesses } from "./tables.ts";

/** Papers of a person that the register holds. */
export const heldPapers: HeldPapers = {
  async HOUSEHOLD_BUSINESS_CERTIFICATE(db, personalId) {
    const held = await db
      .select({ id: liveBusinesses.businessId })
      .from(liveBusinesses)
      .where(eq(liveBusinesses.householdOwner, personalId));
    return held.length > 0;
  },
};
