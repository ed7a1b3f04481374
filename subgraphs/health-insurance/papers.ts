import { eq } from "drizzle-orm";
import type { HeldPapers } from "../_shared/papers/held-papers.ts";
import { cards } from "./tables.ts";

/** Papers of a person that the register holds. */
export const heldPapers: HeldPapers = {
  async HEALTH_CARD(db, personalId) {
    const held = await db.select({ id: cards.id }).from(cards).where(eq(cards.personalId, personalId));
    return held.length > 0;
  },
};
