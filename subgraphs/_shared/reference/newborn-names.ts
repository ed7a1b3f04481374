import { ethnicGroup } from "./ethnic-groups.ts";
import { VIETNAMESE } from "./nationalities.ts";
import type { NameKind } from "./person-names.ts";

/** Code of the majority group, whose names bear no hyphen. */
const KINH = "01";

/** The rules for a newborn's name: article 26 of the Civil Code is about citizens, and some peoples' names bear a hyphen. */
export function newbornNameKind(nationality: string, ethnicity: string): NameKind {
  if (nationality !== VIETNAMESE) return "FOREIGNER";
  return ethnicGroup(ethnicity)?.code === KINH ? "CHILD" : "HYPHENATED_CHILD";
}
