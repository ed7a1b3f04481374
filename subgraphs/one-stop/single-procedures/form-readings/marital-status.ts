import * as z from "zod";
import { confirmationKey } from "../../bundles/marriage/case-keys.ts";
import { address, namedPerson, text } from "./answers.ts";
import { formReadingOf } from "./form-reading.ts";
import { confirmationAlreadySubmitted } from "./same-case-problems.ts";

const answers = z.object({
  person: namedPerson.extend({ dateOfBirth: text, ethnicity: text, nationality: text }),
  ...{ residence: address, maritalStatus: text, period: z.object({ from: text, to: text }), purpose: text },
});

/** Form of a confirmation of the marital status, 1.004873, with all facts of the person. */
export const maritalStatus = formReadingOf({
  answers,
  concerned: ({ person }) => [person.personalId],
  isPrivate: true,
  // the commune of residence confirms, wherever the dossier was received (Decree 123/2015/NĐ-CP, article 21)
  officeOf: ({ residence }) => residence.commune,
  content: ({ person, residence, ...given }, { declarant, papers }) => ({
    ...{ declarant, person: { ...person, residence }, ...given, papers },
  }),
  pathOf([first = "", ...rest]) {
    if (first === "person" && rest[0] === "residence") return ["form", ...rest];
    return first === "declarant" ? [first, ...rest] : ["form", first, ...rest];
  },
  sameCase: {
    casesOf: "marriage",
    keys: ({ person, purpose }) => [confirmationKey(person, purpose)],
    repeatable: true,
    duplicate: { path: ["form", "purpose"], fault: confirmationAlreadySubmitted, codeOfAgency: "" },
  },
});
