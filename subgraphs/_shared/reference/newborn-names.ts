import { ethnicGroup } from "./ethnic-groups.ts";
import { VIETNAMESE } from "./nationalities.ts";
import type { NameKind } from "./person-names.ts";

/** Code of the majority group, whose names have no hyphen. */
const KINH = "01";

/** Kind of name rules for a newborn: article 26 of the Civil Code applies to citizens; names of some peoples have a hyphen. */
export function newbornNameKind(nationality: string, ethnicity: string): NameKind {
  if (nationality !== VIETNAMESE) return "FOREIGNER";
  return ethnicGroup(ethnicity)?.code === KINH ? "CHILD" : "HYPHENATED_CHILD";
}
