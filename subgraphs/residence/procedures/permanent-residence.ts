import * as z from "zod";
import { procedure } from "../../_shared/parts/procedure.ts";
import { badUserInput } from "../../_shared/serving/errors.ts";
import { moverContent, residenceContent, spousesContent } from "../contents.ts";
import { childsResidence } from "./childs-residence.ts";
import { moversResidence } from "./movers-residence.ts";
import { spousesResidence } from "./spouses-residence.ts";

/**
 * Registration of permanent residence (đăng ký thường trú), procedure 1.004222: of a child who joins parents or relatives, of
 * persons who move, or of a spouse who joins the household of the other one. Their contents differ: that of a child names the parents,
 * that of a mover the person, that of spouses both.
 */
export const permanentResidence = procedure({
  procedure: "1.004222",
  content: z.union([residenceContent, moverContent, spousesContent]),
  examine: async (tx, part) => {
    const { content } = part;
    if ("person" in content)
      return { ...(await moversResidence.examine(tx, { ...part, content })), likenesses: [], found: undefined };
    if ("husband" in content)
      return { ...(await spousesResidence.examine(tx, { ...part, content })), likenesses: [], found: undefined };
    return childsResidence.examine(tx, { ...part, content });
  },
  grant: async (tx, part, found, by, on) => {
    const { content } = part;
    if ("person" in content) return moversResidence.grant(tx, { ...part, content }, by, on);
    if ("husband" in content) return spousesResidence.grant(tx, { ...part, content }, by, on);
    if (!found) throw badUserInput("A residence is granted only for what was examined", "part.content");
    return childsResidence.grant(tx, { ...part, content }, found, by, on);
  },
});
