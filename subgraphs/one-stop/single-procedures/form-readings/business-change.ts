import * as z from "zod";
import { seatKey } from "../../bundles/move/case-keys.ts";
import { address, namedPerson, text } from "./answers.ts";
import { formReadingOf } from "./form-reading.ts";
import { businessAlreadyChanging } from "./same-case-problems.ts";

const DONG = /^\d{1,15}$/;
const change = z.discriminatedUnion("field", [
  z.object({ field: z.literal("NAME"), newValue: text }),
  z.object({ field: z.literal("CAPITAL"), newValue: text.regex(DONG) }),
  z.object({ field: z.literal("ADDRESS"), newValue: text, address }),
  z.object({ field: z.literal("SECTORS"), newValue: text, sectors: z.array(text) }),
]);
const answers = z.object({
  ...{ code: text, owner: namedPerson },
  // of two values for one fact nobody knows which one is meant
  changes: z.array(change).refine((all) => new Set(all.map(({ field }) => field)).size === all.length),
});

/**
 * Form of a change of a household business, 2.000720: name, seat, lines of business or capital, each by the value that the register
 * keeps. Officers decide another owner, and what is stated in words.
 */
export const businessChange = formReadingOf({
  answers,
  concerned: ({ owner }) => [owner.personalId],
  content: (given, { declarant, papers }) => ({ declarant, ...given, papers }),
  pathOf: ([first = "", ...rest]) => (first === "declarant" ? [first, ...rest] : ["form", first, ...rest]),
  sameCase: {
    casesOf: "move",
    keys: ({ code, changes }) => changes.map(({ field }) => (field === "ADDRESS" ? seatKey(code) : `${field}:${code}`)),
    repeatable: true,
    duplicate: { path: ["form", "code"], fault: businessAlreadyChanging, codeOfAgency: "" },
  },
});
