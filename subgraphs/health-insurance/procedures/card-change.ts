import * as z from "zod";
import { procedure } from "../../_shared/parts/procedure.ts";
import { cardClosing, closingContent } from "./card-closing.ts";
import { facilityChange, facilityChangeContent } from "./facility-change.ts";

/**
 * Change of a card (đổi, điều chỉnh thẻ), procedure 1.002759, within the interlinked procedures: its closing after a death, or
 * another facility of first care. Their contents differ: that of a closing names the deceased, that of a change the insured.
 */
export const cardChange = procedure({
  procedure: "1.002759",
  inBundlesOnly: true,
  content: z.union([closingContent, facilityChangeContent]),
  examine: async (tx, part) => {
    const { content } = part;
    if ("insured" in content) return { ...(await facilityChange.examine(tx, { ...part, content })), found: undefined };
    return cardClosing.examine(tx, { ...part, content });
  },
  grant: async (tx, part, found, by, on) => {
    const { content } = part;
    if ("insured" in content) return facilityChange.grant(tx, { ...part, content }, by, on);
    return cardClosing.grant(tx, { ...part, content }, found, by, on);
  },
});
