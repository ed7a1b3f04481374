import { type Brand, type Fault, type Parsed, parseByPattern } from "./parsed.ts";

/** Industry code (mã ngành kinh tế, VSIC) of any level: section letter A to V, or 2 to 5 digits; QĐ 36/2025/QĐ-TTg. */
export type VsicCode = Brand<string, "VsicCode">;

/** Industry code of level 4, the one that enterprises and household businesses register. */
export type RegisteredVsicCode = Brand<VsicCode, "RegisteredVsicCode">;

const malformed: Fault = {
  code: "VSIC_MALFORMED",
  message: "Mã ngành phải là một chữ từ A đến V hoặc từ 2 đến 5 chữ số",
  messageEn: "An industry code is a letter A to V or 2 to 5 digits",
};

const notLevelFour: Fault = {
  code: "VSIC_NOT_LEVEL_FOUR",
  message: "Ngành đăng ký kinh doanh phải là mã ngành cấp 4, gồm đúng 4 chữ số",
  messageEn: "A registered industry is a level-4 code of exactly 4 digits",
};

/** Fault: VSIC_MALFORMED. */
export function parseVsicCode(raw: string): Parsed<VsicCode> {
  return parseByPattern(raw, /^([A-V]|\d{2,5})$/, malformed);
}

/** Fault: VSIC_NOT_LEVEL_FOUR. */
export function parseRegisteredVsicCode(raw: string): Parsed<RegisteredVsicCode> {
  return parseByPattern(raw, /^\d{4}$/, notLevelFour);
}

/** The level in the classification, 1 (section) to 5. */
export function vsicLevel(code: VsicCode): number {
  return code.length;
}
