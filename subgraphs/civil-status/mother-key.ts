import type { BirthContent } from "./contents.ts";
import { personKey } from "./persons/person-key.ts";

type Parents = Pick<BirthContent, "mother" | "father">;

/**
 * Identity of a mother: the personal number, else name (folded), date of birth and nationality. A father who
 * declares alone stands for the mother. Null for a child without a known parent.
 */
export function motherKey({ mother, father }: Parents): string | null {
  if (mother) return personKey(mother);
  return father ? `father|${personKey(father)}` : null;
}
