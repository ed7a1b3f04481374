import * as z from "zod";
import { procedure } from "../../_shared/parts/procedure.ts";
import { cardClosing, closingContent } from "./card-closing.ts";
import { facilityChange, facilityChangeContent } from "./facility-change.ts";
import { holderCorrection, holderCorrectionContent } from "./holder-correction.ts";

/**
 * Change of a card (đổi, điều chỉnh thẻ), procedure 1.002759: another facility of first care, or a correction of the holder; within the
 * interlinked procedures also its closing after a death. Their contents differ: that of a closing names the deceased, that of a correction the
 * correct facts.
 */
export const cardChange = procedure({
  procedure: "1.002759",
  content: z.union([closingContent, holderCorrectionContent, facilityChangeContent]),
  examine: async (tx, part) => {
    const { content } = part;
    if ("corrected" in content)
      return { ...(await holderCorrection.examine(tx, { ...part, content })), found: undefined };
    if ("insured" in content) return { ...(await facilityChange.examine(tx, { ...part, content })), found: undefined };
    return cardClosing.examine(tx, { ...part, content });
  },
  grant: async (tx, part, found, by, on) => {
    const { content } = part;
    if ("corrected" in content) return holderCorrection.grant(tx, { ...part, content }, by, on);
    if ("insured" in content) return facilityChange.grant(tx, { ...part, content }, by, on);
    return cardClosing.grant(tx, { ...part, content }, found, by, on);
  },
});
