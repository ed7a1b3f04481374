import * as z from "zod";
import type { CivilPersonInput } from "../persons/input.ts";

/* Spouses as the content of a part has them: of the marriage, and of the confirmation of each one's status. */

const text = z.string();

/** A person who is about to marry, with the status that he or she declares. */
export const spouse = z.looseObject({
  ...{ fullName: text, dateOfBirth: text, personalId: text.nullish(), ethnicity: text, nationality: text },
  residence: z.looseObject({ line: text, commune: text }),
  maritalStatus: z.enum(["NEVER_MARRIED", "DIVORCED", "WIDOWED"]),
});
export type Spouse = z.infer<typeof spouse>;

/** The person as an officer would enter him or her. */
export function personInput({ fullName, dateOfBirth, personalId, ethnicity, nationality, residence }: Spouse) {
  return { fullName, dateOfBirth, personalId, ethnicity, nationality, residence } satisfies CivilPersonInput;
}
