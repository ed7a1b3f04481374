import * as z from "zod";
import { parseLegalDay } from "../../../_shared/reference/days.ts";
import { namedPerson, text } from "./answers.ts";
import { formReadingOf } from "./form-reading.ts";
import { cardAlreadyRequested } from "./same-case-problems.ts";

const fullDate = text.refine((day) => parseLegalDay(day).ok);
const parent = namedPerson.optional();
const answers = z
  .object({
    ...{ group: z.literal("TE"), insured: namedPerson.extend({ dateOfBirth: fullDate }), facility: text },
    ...{ mother: parent, father: parent },
  })
  .refine(({ mother, father }) => mother || father);

/** Form of the card of a child under six whose parents are named, 1.014137. Officers decide cards of other groups. */
export const childCard = formReadingOf({
  answers,
  concerned: ({ mother, father }) => [mother?.personalId, father?.personalId],
  content: ({ insured, facility, mother = null, father = null }, { declarant, papers }) => ({
    ...{ declarant, child: insured, mother, father, insurance: { facility }, isBirthDeclared: true, papers },
  }),
  pathOf([first = "", ...rest]) {
    if (first === "insurance") return ["form", ...rest];
    if (first === "declarant") return [first, ...rest];
    return ["form", first === "child" ? "insured" : first, ...rest];
  },
  sameCase: {
    keys: ({ insured: { personalId } }) => [`card:${personalId}`],
    repeatable: true, // the register refuses a second card
    duplicate: { path: ["form", "insured"], fault: cardAlreadyRequested, codeOfAgency: "CARD_ALREADY_ISSUED" },
  },
});
