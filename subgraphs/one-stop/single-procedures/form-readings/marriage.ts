import * as z from "zod";
import { VIETNAMESE } from "../../../_shared/reference/nationalities.ts";
import { coupleKey } from "../../bundles/marriage/case-keys.ts";
import { coupleAlreadySubmitted } from "../../bundles/marriage/marriage-problems.ts";
import { address, namedPerson, text } from "./answers.ts";
import { formReadingOf } from "./form-reading.ts";

/** A spouse who is a citizen: a marriage with a foreigner is another procedure. */
const spouse = namedPerson.extend({ dateOfBirth: text, ethnicity: text, nationality: z.literal(VIETNAMESE) });
const status = z.enum(["NEVER_MARRIED", "DIVORCED", "WIDOWED"]);
const answers = z.object({
  ...{ groom: spouse, groomResidence: address, groomMaritalStatus: status, groomMarriageCount: z.number() },
  ...{ bride: spouse, brideResidence: address, brideMaritalStatus: status, brideMarriageCount: z.number() },
  isVoluntary: z.literal(true),
});

const NAMES: Record<string, string> = { husband: "groom", wife: "bride" };

/** Form of a registration of a marriage, 1.000894, of two citizens who state their marital status. */
export const marriage = formReadingOf({
  answers,
  concerned: ({ groom, bride }) => [groom.personalId, bride.personalId],
  content({ groom, bride, isVoluntary, ...given }, { declarant, papers }) {
    return {
      declarant,
      husband: {
        ...{ ...groom, residence: given.groomResidence, maritalStatus: given.groomMaritalStatus },
        marriageCount: given.groomMarriageCount,
      },
      wife: {
        ...{ ...bride, residence: given.brideResidence, maritalStatus: given.brideMaritalStatus },
        marriageCount: given.brideMarriageCount,
      },
      ...{ isVoluntary, papers },
    };
  },
  pathOf([first = "", ...rest]) {
    const name = NAMES[first];
    if (!name) return first === "" ? ["form"] : [first, ...rest];
    return rest[0] === "residence" ? ["form", `${name}Residence`, ...rest.slice(1)] : ["form", name, ...rest];
  },
  sameCase: {
    casesOf: "marriage",
    keys: ({ groom, bride }) => [coupleKey(groom, bride)],
    repeatable: true,
    duplicate: { path: ["form"], fault: coupleAlreadySubmitted, codeOfAgency: "" },
  },
});
