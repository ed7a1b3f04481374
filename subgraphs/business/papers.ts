import { and, eq } from "drizzle-orm";
import type { HeldPapers } from "../_shared/papers/held-papers.ts";
import { latestVersion } from "../_shared/registers/latest-version.ts";
import { businesses, businessVersions } from "./tables.ts";

/** Papers of a person that the register holds. */
export const heldPapers: HeldPapers = {
  async HOUSEHOLD_BUSINESS_CERTIFICATE(db, personalId) {
    const { businessId, kind, ownerPersonalId, version } = businessVersions;
    const held = await db
      .select({ id: businesses.id })
      .from(businessVersions)
      .innerJoin(businesses, eq(businesses.id, businessId))
      .where(
        and(eq(ownerPersonalId, personalId), eq(kind, "HOUSEHOLD"), latestVersion(version, businessId, businesses.id)),
      )
      .limit(1);
    return held.length > 0;
  },
};
