import { foldName } from "../../_shared/reference/person-names.ts";

type Identified = { personalId: string | null; fullName: string; dateOfBirth: string; nationality: string };

/** Identity of a person in the register: the personal number, else name (folded), date of birth and nationality. */
export function personKey({ personalId, fullName, dateOfBirth, nationality }: Identified): string {
  return personalId ?? `${foldName(fullName)}|${dateOfBirth}|${nationality}`;
}
