import { accepted, type Brand, type Fault, type Parsed, refused } from "./parsed.ts";

/** Personal identification number (số định danh cá nhân), 12 digits; Law on Identity 26/2023, art. 12. */
export type PersonalId = Brand<string, "PersonalId">;

/** Facts encoded in a personal number. `place`: three digits, the place of birth registration, not of residence. */
type PersonalIdFacts = { place: string; sex: "MALE" | "FEMALE"; birthYear: number };

/** The 63 codes of TT 07/2016/TT-BCA, annex 1. Numbers keep them after the merger of provinces of 2025. */
const places = new Set(
  `001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 040 042 044 045 046
   048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 083 084 086 087 089 091 092 093 094 095
   096`.split(/\s+/),
);

const malformed: Fault = {
  code: "PERSONAL_ID_MALFORMED",
  message: "Số định danh cá nhân phải gồm đúng 12 chữ số",
  messageEn: "A personal number has exactly 12 digits",
};

const legacyCard: Fault = {
  code: "LEGACY_ID_CARD_NUMBER",
  message: "Số chứng minh nhân dân 9 số đã hết giá trị từ ngày 01/01/2025; đề nghị nhập số định danh cá nhân 12 chữ số",
  messageEn: "The 9-digit identity card number has no value since 1 January 2025; enter the 12-digit personal number",
};

const unknownPlace: Fault = {
  code: "PERSONAL_ID_PLACE_UNKNOWN",
  message: "Ba chữ số đầu không thuộc danh mục mã tỉnh; đề nghị kiểm tra lại, trừ khi khai sinh đăng ký ở nước ngoài",
  messageEn: "The first three digits are no province code; check them, unless the birth was registered abroad",
};

/**
 * Reads a personal number. There is no check digit. Faults: LEGACY_ID_CARD_NUMBER (9 digits), PERSONAL_ID_MALFORMED.
 * A place outside the 63 provinces only warns (PERSONAL_ID_PLACE_UNKNOWN): country codes exist.
 */
export function parsePersonalId(raw: string): Parsed<PersonalId> {
  if (/^\d{9}$/.test(raw)) return refused(legacyCard);
  if (!/^\d{12}$/.test(raw)) return refused(malformed);
  return accepted(raw as PersonalId, ...(places.has(raw.slice(0, 3)) ? [] : [unknownPlace]));
}

/** Decodes the number: the fourth digit is century and sex (0 and 1: 20th century, male and female), the next two the year. */
export function personalIdFacts(id: PersonalId): PersonalIdFacts {
  const centuryAndSex = Number(id[3]);
  return {
    place: id.slice(0, 3),
    sex: centuryAndSex % 2 === 0 ? "MALE" : "FEMALE",
    birthYear: 1900 + Math.floor(centuryAndSex / 2) * 100 + Number(id.slice(4, 6)),
  };
}
