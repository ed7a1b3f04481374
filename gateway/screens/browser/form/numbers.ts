/** Language of a page; `client/language.ts` needs a page to be imported. */
type Language = "vi" | "en";

/** Signs between groups of three digits, beside a space. */
const GROUPING: Record<Language, string> = { vi: ".", en: "," };

/**
 * Number of a text as people type it, such as 1.000.000 or 1,5 in Vietnamese; undefined for any other text. In a whole number, either sign
 * groups the digits, since none can be a decimal sign.
 */
export function typedNumber(text: string, isWhole: boolean, language: Language): number | undefined {
  const typed = text.trim().replaceAll(/\s/g, " ");
  const ungrouped = withoutGroups(typed, isWhole ? ".," : GROUPING[language]);
  const plain = ungrouped.replace(",", ".");
  return /^-?\d+(\.\d+)?$/.test(plain) && !(isWhole && plain.includes(".")) ? Number(plain) : undefined;
}

/** The text without one of some signs, or a space, between its groups of three digits. */
function withoutGroups(typed: string, signs: string): string {
  const [, whole = "", sign = "", fraction = ""] =
    /^(-?[1-9]\d{0,2}(?:([., ])\d{3})(?:\2\d{3})*)([.,]\d+)?$/.exec(typed) ?? [];
  if (!sign || !` ${signs}`.includes(sign) || fraction.startsWith(sign)) return typed;
  return whole.replaceAll(sign, "") + fraction;
}
