import * as z from "zod";
import type { CivilPersonInput } from "../persons/input.ts";

/* Persons as the content of a part has them: of a marriage, and of the confirmation of a status. */

const text = z.string();

export const registeredPerson = z.looseObject({
  ...{ fullName: text, dateOfBirth: text, personalId: text.nullish(), ethnicity: text, nationality: text },
  residence: z.looseObject({ line: text, commune: text }),
});

/** A person who is about to marry, with the status that he or she declares. */
export const spouse = registeredPerson.extend({ maritalStatus: z.enum(["NEVER_MARRIED", "DIVORCED", "WIDOWED"]) });
export type Spouse = z.infer<typeof spouse>;

type RegisteredPerson = z.infer<typeof registeredPerson>;

/** The person as an officer would enter him or her. */
export function personInput({
  fullName,
  dateOfBirth,
  personalId,
  ethnicity,
  nationality,
  residence,
}: RegisteredPerson) {
  return { fullName, dateOfBirth, personalId, ethnicity, nationality, residence } satisfies CivilPersonInput;
}
