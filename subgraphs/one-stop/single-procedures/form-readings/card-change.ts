import * as z from "zod";
import { facilityKey } from "../../bundles/move/case-keys.ts";
import { namedPerson, text } from "./answers.ts";
import { formReadingOf } from "./form-reading.ts";
import { cardAlreadyChanging } from "./same-case-problems.ts";

const insured = namedPerson.extend({ dateOfBirth: text });
const reason = z.enum(["REQUEST", "MOVE"]);
const facilityChange = z.object({ request: z.literal("FACILITY"), facility: text, reason });
const correction = z.object({
  request: z.literal("CORRECT"),
  corrected: z.object({ fullName: text, dateOfBirth: text }),
});
const answers = z
  .object({ paper: z.literal("CARD"), insured, details: text })
  .and(z.discriminatedUnion("request", [facilityChange, correction]));

/**
 * Form of a change of a card, 1.002759: another facility of first care, or the correct holder. Officers decide other requests, and those
 * about insurance books.
 */
export const cardChange = formReadingOf({
  answers,
  concerned: ({ insured: { personalId } }) => [personalId],
  content({ insured: holder, details, ...change }, { declarant, papers }) {
    const shared = { declarant, insured: holder, details, papers };
    if (change.request === "CORRECT") return { ...shared, corrected: change.corrected };
    return { ...shared, facility: change.facility, reason: change.reason, isMoveDeclared: true };
  },
  pathOf: ([first = "", ...rest]) => (first === "declarant" ? [first, ...rest] : ["form", first, ...rest]),
  sameCase: {
    casesOf: "move",
    keys: ({ insured: holder, request }) => [
      request === "FACILITY" ? facilityKey(holder) : `holder:${holder.personalId}`,
    ],
    repeatable: true,
    duplicate: { path: ["form", "insured"], fault: cardAlreadyChanging, codeOfAgency: "" },
  },
});
