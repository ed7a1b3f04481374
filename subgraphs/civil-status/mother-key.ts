import { foldName } from "../_shared/reference/person-names.ts";
import type { BirthContent, RecordedParent } from "./contents.ts";

type Parents = Pick<BirthContent, "mother" | "father">;

/**
 * Identity of a mother: the personal number, else name (folded), date of birth and nationality. A father who
 * declares alone stands for the mother. Null for a child without a known parent.
 */
export function motherKey({ mother, father }: Parents): string | null {
  if (mother) return personKey(mother);
  return father ? `father|${personKey(father)}` : null;
}

function personKey({ personalId, fullName, dateOfBirth, nationality }: RecordedParent): string {
  return personalId ?? `${foldName(fullName)}|${dateOfBirth}|${nationality}`;
}
