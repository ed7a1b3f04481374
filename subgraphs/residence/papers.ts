import { and, eq } from "drizzle-orm";
import type { HeldPapers } from "../_shared/papers/held-papers.ts";
import { livesThere } from "./current.ts";
import { personExists } from "./persons/persons.ts";
import { persons, residencies, residencyVersions } from "./tables.ts";

/** Papers of a person that the register holds. */
export const heldPapers: HeldPapers = {
  IDENTITY_CARD: personExists,
  async RESIDENCE_CONFIRMATION(db, personalId) {
    const held = await db
      .select({ id: residencies.id })
      .from(residencies)
      .innerJoin(persons, eq(persons.id, residencies.personId))
      .innerJoin(residencyVersions, eq(residencyVersions.residencyId, residencies.id))
      .where(and(eq(persons.personalId, personalId), livesThere))
      .limit(1);
    return held.length > 0;
  },
};
