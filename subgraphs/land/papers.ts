import { and, eq } from "drizzle-orm";
import type { HeldPapers } from "../_shared/papers/held-papers.ts";
import { latestVersion } from "../_shared/registers/latest-version.ts";
import { certificateHolders, certificates, certificateVersions } from "./tables.ts";

/** Papers of a person that the register holds. */
export const heldPapers: HeldPapers = {
  async LAND_CERTIFICATE(db, personalId) {
    const { certificateId, version } = certificateVersions;
    const held = await db
      .select({ id: certificates.id })
      .from(certificateHolders)
      .innerJoin(certificates, eq(certificates.id, certificateHolders.certificateId))
      .innerJoin(certificateVersions, and(eq(certificateId, certificates.id), eq(version, certificateHolders.version)))
      .where(and(eq(certificateHolders.personalId, personalId), latestVersion(version, certificateId, certificates.id)))
      .limit(1);
    return held.length > 0;
  },
};
