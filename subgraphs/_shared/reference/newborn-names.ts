import { ethnicGroup } from "./ethnic-groups.ts";
import { VIETNAMESE } from "./nationalities.ts";
import type { NameKind } from "./person-names.ts";

/** Code of the majority group, whose names have no hyphen. */
const KINH = "01";

/** Letters of Vietnamese in lower case, without the tone marks. */
const NOT_VIETNAMESE = /[^aăâbcdđeêghiklmnoôơpqrstuưvxy'\u2019\u02BC\- ]/u;
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/gu;

/**
 * Reasons for the review of a newborn's name by an officer: article 26 of the Civil Code wants a family name and a given name,
 * in Vietnamese or in the language of another people of Viet Nam, whose letters are not limited here.
 */
export function newbornNameDoubts(
  fullName: string,
  nationality: string,
  ethnicity: string,
): ("NAME_WITH_HYPHEN" | "NAME_OF_ONE_WORD" | "NAME_NOT_IN_VIETNAMESE")[] {
  if (nationality !== VIETNAMESE) return [];
  const letters = fullName.toLowerCase().normalize("NFD").replace(TONES, "").normalize("NFC");
  const isForeign = ethnicGroup(ethnicity)?.code === KINH && NOT_VIETNAMESE.test(letters);
  return [
    ...(fullName.includes("-") ? (["NAME_WITH_HYPHEN"] as const) : []),
    ...(fullName.trim().includes(" ") ? [] : (["NAME_OF_ONE_WORD"] as const)),
    ...(isForeign ? (["NAME_NOT_IN_VIETNAMESE"] as const) : []),
  ];
}

/** Kind of name rules for a newborn: article 26 of the Civil Code applies to citizens; names of some peoples have a hyphen. */
export function newbornNameKind(nationality: string, ethnicity: string): NameKind {
  if (nationality !== VIETNAMESE) return "FOREIGNER";
  return ethnicGroup(ethnicity)?.code === KINH ? "CHILD" : "HYPHENATED_CHILD";
}
