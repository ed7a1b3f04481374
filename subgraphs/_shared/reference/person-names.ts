import { accepted, type Brand, type Fault, type Parsed, refused } from "./identifiers/parsed.ts";

/** A full name (họ, chữ đệm và tên) as written on papers: NFC, single spaces, 1 to 150 code points. Never split into parts. */
export type PersonName = Brand<string, "PersonName">;

/** Free text on one line (address line, name of a facility): NFC, single spaces, nothing invisible. */
export type FreeText = Brand<string, "FreeText">;

const longestName = 150;
/** Spaces that look like U+0020 and come from word processors. */
const spaces = /[\u0020\u00A0\u2000-\u200A\u202F\u205F]+/gu;
/** Controls, formats (zero-width, bidirectional, soft hyphen, tags), fillers, variation selectors, odd separators, surrogates. */
const invisible =
  /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\p{Zs}\p{Noncharacter_Code_Point}\u2800]/u;
const apostrophes = /['\u2019\u02BC]/gu;
/** Characters that keyboards and word processors use for an apostrophe. */
const apostropheDoubles = /[\u2018\u02BB\u02B9\u00B4\u0060\u2032\uFF07]/gu;
/** Latin letters other than an ASCII letter with marks: Đ, Ƀ (Ê Đê, Gia Rai) and letters of foreign alphabets. */
const otherLatinLetters = new Set("ĐđɃƀÆæŒœØøŁłĦħŊŋÞþÐðŦŧßẞıƏəƁɓƊɗƘƙƳƴƐɛƆɔƑƒƔɣƲʋƷʒǤǥ");
/** Ê Đê and Gia Rai vowels with a breve have no precomposed character, so one mark may remain after NFC. */
const brevedVowels = /([ÊêÔôƠơƯư])\u0306/gu;

const nameFaults = {
  empty: {
    code: "NAME_EMPTY",
    message: "Họ tên không được để trống; đề nghị nhập họ, chữ đệm và tên",
    messageEn: "The name is empty; enter the full name",
  },
  tooLong: {
    code: "NAME_TOO_LONG",
    message: `Họ tên không được dài quá ${longestName} ký tự; đề nghị nhập đúng như trên giấy tờ`,
    messageEn: `The name has more than ${longestName} characters; enter it as on the papers`,
  },
  digits: {
    code: "NAME_HAS_DIGITS",
    message: "Họ tên không được có chữ số; đề nghị viết bằng chữ",
    messageEn: "A name has no digits; write it in letters",
  },
  foreignScript: {
    code: "NAME_FOREIGN_SCRIPT",
    message:
      "Họ tên có chữ không thuộc bảng chữ cái La-tinh, dù trông có thể giống; đề nghị gõ lại bằng bàn phím tiếng Việt",
    messageEn: "The name has a letter of another script, though it may look alike; type it again in Latin letters",
  },
  invisible: {
    code: "NAME_INVISIBLE_CHARACTER",
    message: "Họ tên có ký tự ẩn hoặc ký tự điều khiển; đề nghị xóa và gõ lại thay vì dán",
    messageEn: "The name has an invisible or control character; delete it and type instead of pasting",
  },
  symbol: {
    code: "NAME_SYMBOL",
    message:
      "Họ tên chỉ gồm chữ cái, dấu cách và dấu nháy đơn (tên người nước ngoài: cả dấu gạch nối và dấu chấm); đề nghị bỏ ký hiệu khác",
    messageEn:
      "A name has letters, spaces and apostrophes (a foreigner's also hyphens and full stops); remove other symbols",
  },
} satisfies Record<string, Fault>;

const textEmpty: Fault = {
  code: "TEXT_EMPTY",
  message: "Nội dung không được để trống; đề nghị nhập ít nhất một ký tự",
  messageEn: "The text is empty; enter at least one character",
};

const textInvisible: Fault = {
  code: "TEXT_INVISIBLE_CHARACTER",
  message: "Nội dung có ký tự ẩn hoặc ký tự điều khiển; đề nghị viết trên một dòng và gõ lại thay vì dán",
  messageEn: "The text has an invisible or control character; write one line and type instead of pasting",
};

function normalize(raw: string): string {
  return raw.normalize("NFC").replace(spaces, " ").replace(/^ | $/g, "");
}

/** NFC shortens Vietnamese text at most threefold; longer input is refused before the normalization. */
function isTooLongToNormalize(raw: string, max: number): boolean {
  return raw.length > 20 * max + 1_000;
}

function isLatinLetter(character: string): boolean {
  const [base = "", ...marks] = character.normalize("NFD");
  return (/^[A-Za-z]$/.test(base) || otherLatinLetters.has(base)) && marks.every((mark) => /^\p{M}$/u.test(mark));
}

function faultOf(character: string, punctuation: string): Fault | undefined {
  if (punctuation.includes(character) || isLatinLetter(character)) return undefined;
  if (invisible.test(character)) return nameFaults.invisible;
  if (/\p{N}/u.test(character)) return nameFaults.digits;
  return /\p{L}/u.test(character) ? nameFaults.foreignScript : nameFaults.symbol;
}

/**
 * Kinds of names. `CHILD`: a Vietnamese newborn, by article 26 of the Civil Code. `HYPHENATED_CHILD`: one of an ethnic group
 * whose names may bear a hyphen (Y-Bhăm). `PERSON`: a person of any citizenship. `FOREIGNER`: a citizen of another country.
 */
export type NameKind = "CHILD" | "HYPHENATED_CHILD" | "PERSON" | "FOREIGNER";

const PUNCTUATION: Record<NameKind, string> = {
  CHILD: " '\u2019\u02BC",
  HYPHENATED_CHILD: " '\u2019\u02BC-",
  PERSON: " '\u2019\u02BC-.",
  FOREIGNER: " '\u2019\u02BC-.",
};

/** Replaces Ð (U+00D0), typed by mistake for Đ, except in Icelandic or Faroese names; and ð in a citizen's name. */
function withVietnameseD(name: string, kind: NameKind): string {
  if (kind === "FOREIGNER") return name;
  const upper = name.replaceAll("\u00D0", "Đ");
  return kind === "PERSON" ? upper : upper.replaceAll("\u00F0", "đ");
}

/**
 * Reads a person's name. Faults: NAME_EMPTY (no letter at all), NAME_TOO_LONG, NAME_HAS_DIGITS, NAME_FOREIGN_SCRIPT,
 * NAME_INVISIBLE_CHARACTER, NAME_SYMBOL; of several the first in the text. Civil Code 2015, art. 26: a name is neither a
 * number nor a sign.
 */
export function parsePersonName(raw: string, kind: NameKind): Parsed<PersonName> {
  if (isTooLongToNormalize(raw, longestName)) return refused(nameFaults.tooLong);
  const name = withVietnameseD(normalize(raw).replace(apostropheDoubles, "'"), kind);
  if (name === "") return refused(nameFaults.empty);
  for (const character of name.replace(brevedVowels, "$1")) {
    const fault = faultOf(character, PUNCTUATION[kind]);
    if (fault !== undefined) return refused(fault);
  }
  if (!/\p{L}/u.test(name.replace(apostrophes, ""))) return refused(nameFaults.empty);
  return [...name].length > longestName ? refused(nameFaults.tooLong) : accepted(name as PersonName);
}

/** Removes differences of apostrophes, case, ð and spaces; lower-casing comes first because it may add marks (İ). */
function foldForComparison(name: string): string {
  return normalize(name).toLowerCase().normalize("NFD").replace(apostrophes, "'").replaceAll("\u00F0", "đ");
}

/** Folded name for searching: lower case, no marks, đ as d, one apostrophe, single spaces. Idempotent. */
export function foldName(name: string): string {
  return normalize(foldForComparison(name).replace(/\p{M}/gu, "").replaceAll("đ", "d"));
}

/** Tone on the first vowel of an open oa, oe, uy (hòa) moves to the second (hoà): both spellings are right. */
function withNewTonePlacement(decomposed: string): string {
  return decomposed.replace(
    /(?:(o)([\u0300\u0301\u0303\u0309\u0323])([ae])|(u)([\u0300\u0301\u0303\u0309\u0323])(y))(?![\p{L}\p{M}])/gu,
    (_match, o, toneOnO, afterO, u, toneOnU, afterU) => `${o ?? u}${afterO ?? afterU}${toneOnO ?? toneOnU}`,
  );
}

/** True if two texts are the same name, regardless of case, apostrophe, spaces and placement of the tone mark. */
export function sameName(a: string, b: string): boolean {
  return withNewTonePlacement(foldForComparison(a)) === withNewTonePlacement(foldForComparison(b));
}

/**
 * Reads one line of free text of 1 to `max` code points. Faults: TEXT_EMPTY, TEXT_TOO_LONG, TEXT_INVISIBLE_CHARACTER
 * (control, zero-width, bidirectional and the like; line breaks are controls too).
 */
export function parseFreeText(raw: string, max: number): Parsed<FreeText> {
  const tooLong: Fault = {
    code: "TEXT_TOO_LONG",
    message: `Nội dung không được dài quá ${max} ký tự; đề nghị rút gọn`,
    messageEn: `The text has more than ${max} characters; shorten it`,
  };
  if (isTooLongToNormalize(raw, max)) return refused(tooLong);
  const text = normalize(raw);
  if (text === "") return refused(textEmpty);
  if (invisible.test(text.replaceAll(" ", ""))) return refused(textInvisible);
  return [...text].length > max ? refused(tooLong) : accepted(text as FreeText);
}
