const ONSET = "(?:ngh?|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?";
const RIME =
  "(?:a(?:ch?|i|m|nh?|ng|o|p|t|u|y)?|e(?:ch?|m|nh?|ng|o|p|t|u)?|i(?:a|ch|e(?:c|m|ng?|p|t|u)|m|nh?|p|t|u)?|" +
  "o(?:a(?:ch?|i|m|nh?|ng|o|p|t|y)?|c|e(?:m|n|o|t)?|i|m|ng?|o(?:c|ng)|p|t)?|" +
  "u(?:a(?:c|i|ng?|t|y)?|c|e(?:ch|nh)?|i|m|ng?|o(?:c|i|m|ng?|p|t|u)?|p|t|u|y(?:a|ch|en|et|nh?|t|u)?)?|y(?:e(?:m|n|t|u))?)";
const SYLLABLE = new RegExp(`^${ONSET}${RIME}$`);
const LOANWORDS = new Set(["karaoke", "casino", "internet"]);
/** English words that have the shape of a Vietnamese syllable. */
const ENGLISH = new Set([
  "day",
  "the",
  "be",
  "by",
  "can",
  "may",
  "not",
  "or",
  "per",
  "row",
  "see",
  "set",
  "than",
  "then",
  "up",
]);

/** Reason why a text cannot be posted in an office, in English for the operator, or null. */
export function postedTextFault(text: string): string | null {
  if (text !== text.normalize("NFC")) return "is not in Unicode NFC";
  if (text !== text.trim() || /\s{2}|[\n\t]/.test(text)) return "has superfluous spaces";
  if (/->|=>|[=<>{}[\]|]|\?\?|\b(?:TODO|N\/A)\b/.test(text)) return "has an editor's sign";
  if (!/[\p{M}đ]/iu.test(text.normalize("NFD"))) return "has no Vietnamese diacritics";
  const foreign = wordsOf(text).find((word) => !isVietnamese(word));
  return foreign === undefined ? null : `has the word "${foreign}", which is not Vietnamese`;
}

/** Words without abbreviations and the numbers of documents, such as BHXH and 163/QĐ-BTP. */
function wordsOf(text: string): string[] {
  const words = text.replace(/\S*\d\S*/g, " ").match(/[\p{L}\p{M}]+/gu) ?? [];
  return words.filter((word) => word !== word.toUpperCase());
}

function isVietnamese(word: string): boolean {
  const lower = word.toLowerCase();
  if (ENGLISH.has(lower)) return false;
  const plain = lower.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d");
  return LOANWORDS.has(lower) || SYLLABLE.test(plain);
}
