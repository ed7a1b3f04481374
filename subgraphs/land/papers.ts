import { and, eq } from "drizzle-orm";
import type { HeldPapers } from "../_shared/papers/held-papers.ts";
import { certificateHolders, liveCertificates } from "./tables.ts";

/** Papers of a person that the register holds. */
export const heldPapers: HeldPapers = {
  async LAND_CERTIFICATE(db, personalId) {
    const { certificateId, version } = certificateHolders;
    const inForce = and(eq(liveCertificates.certificateId, certificateId), eq(liveCertificates.version, version));
    const held = await db
      .select({ serial: liveCertificates.serial })
      .from(certificateHolders)
      .innerJoin(liveCertificates, inForce)
      .where(eq(certificateHolders.personalId, personalId))
      .limit(1);
    return held.length > 0;
  },
};
