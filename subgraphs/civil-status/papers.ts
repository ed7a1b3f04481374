import { eq } from "drizzle-orm";
import type { HeldPapers } from "../_shared/papers/held-papers.ts";
import { births, citizenNumbers } from "./tables.ts";

/** Papers of a person that the register holds. */
export const heldPapers: HeldPapers = {
  async BIRTH_CERTIFICATE(db, personalId) {
    const held = await db
      .select({ id: births.id })
      .from(births)
      .innerJoin(citizenNumbers, eq(citizenNumbers.citizenId, births.citizenId))
      .where(eq(citizenNumbers.personalId, personalId))
      .limit(1);
    return held.length > 0;
  },
};
