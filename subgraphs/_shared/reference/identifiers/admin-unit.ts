import { type Brand, type Fault, type Parsed, parseByPattern } from "./parsed.ts";

/** Code of a province (mã tỉnh): two digits. Codes were reused on 1 July 2025: store it with the version of its list. */
export type ProvinceCode = Brand<string, "ProvinceCode">;

/** Code of a commune (mã xã): five digits, unique nationwide. Store it with the version of its list. */
export type CommuneCode = Brand<string, "CommuneCode">;

const provinceMalformed: Fault = {
  code: "PROVINCE_CODE_MALFORMED",
  message: "Mã tỉnh phải gồm đúng 2 chữ số, kể cả số 0 ở đầu",
  messageEn: "A province code has exactly 2 digits, leading zero included",
};

const communeMalformed: Fault = {
  code: "COMMUNE_CODE_MALFORMED",
  message: "Mã xã phải gồm đúng 5 chữ số, kể cả số 0 ở đầu",
  messageEn: "A commune code has exactly 5 digits, leading zeros included",
};

/** Checks the shape only; whether the province exists is for its list. Fault: PROVINCE_CODE_MALFORMED. */
export function parseProvinceCode(raw: string): Parsed<ProvinceCode> {
  return parseByPattern(raw, /^\d{2}$/, provinceMalformed);
}

/** Checks the shape only; whether the commune exists is for its list. Fault: COMMUNE_CODE_MALFORMED. */
export function parseCommuneCode(raw: string): Parsed<CommuneCode> {
  return parseByPattern(raw, /^\d{5}$/, communeMalformed);
}
