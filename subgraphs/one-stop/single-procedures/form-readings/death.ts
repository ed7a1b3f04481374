import * as z from "zod";
import { deceasedKeys } from "../../bundles/death/case-keys.ts";
import { deceasedAlreadySubmitted } from "../../bundles/death/death-problems.ts";
import { address, namedPerson, sexByNumber, text } from "./answers.ts";
import { formReadingOf } from "./form-reading.ts";

const optional = text.optional();
const answers = z.object({
  deceased: namedPerson.extend({ dateOfBirth: text, ethnicity: text, nationality: text }),
  ...{ diedOn: text, diedAt: optional, cause: text, lastResidence: address, relation: text },
  ...{ placeOfDeath: text, communeOfDeath: text },
  ...{ noticeNumber: optional, noticeIssuedOn: optional, noticeIssuer: optional, withoutNotice: optional },
});

/** Fields of the form that hold the facts of a death. */
const PLACES: Record<string, string> = {
  "place.line": "placeOfDeath",
  "place.commune": "communeOfDeath",
  notice: "noticeNumber",
  "notice.number": "noticeNumber",
  "notice.issuedOn": "noticeIssuedOn",
  "notice.issuer": "noticeIssuer",
};

/** Form of a registration of a death, 1.000656, with all facts of the register. */
export const death = formReadingOf({
  answers,
  content({ deceased, diedOn, diedAt, cause, lastResidence, relation, ...given }, { declarant, papers }) {
    const { noticeNumber, noticeIssuedOn = "", noticeIssuer = "", withoutNotice } = given;
    const { fullName, personalId } = declarant;
    return {
      declarant: { fullName, personalId, relation },
      deceased: { ...deceased, sex: sexByNumber(deceased.personalId), lastResidence },
      death: {
        ...{ diedOn, diedAt, cause, withoutNotice },
        place: { line: given.placeOfDeath, commune: given.communeOfDeath },
        notice: noticeNumber ? { number: noticeNumber, issuedOn: noticeIssuedOn, issuer: noticeIssuer } : null,
      },
      papers,
    };
  },
  pathOf([first = "", ...rest]) {
    if (first === "death") {
      const place = rest.join(".");
      return ["form", ...(place in PLACES ? [PLACES[place] ?? ""] : rest)];
    }
    if (first === "declarant") return rest[0] === "relation" ? ["form", "relation"] : [first, ...rest];
    return rest[0] === "lastResidence" ? ["form", ...rest] : ["form", first, ...rest];
  },
  sameCase: {
    casesOf: "death",
    keys: ({ deceased, diedOn }) => deceasedKeys({ deceased, death: { diedOn } }),
    repeatable: false,
    duplicate: {
      path: ["form", "deceased"],
      fault: deceasedAlreadySubmitted,
      codeOfAgency: "DEATH_ALREADY_REGISTERED",
    },
  },
});
