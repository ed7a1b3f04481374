import { accepted, type Brand, type Fault, type Parsed, parseByPattern, refused } from "./parsed.ts";
import { parsePersonalId } from "./personal-id.ts";

/** Enterprise and tax code (mã số doanh nghiệp, mã số thuế): 10 digits, a dependent unit adds `-001` to `-999`. */
export type TaxCode = Brand<string, "TaxCode">;

/** Code of a household business (mã số hộ kinh doanh) in one of the three forms found in the registers. */
export type HouseholdBusinessCode = Brand<string, "HouseholdBusinessCode">;

/** Weights of the first nine digits in the sum that the check digit follows from. */
export const TAX_CODE_WEIGHTS = [31, 29, 23, 19, 17, 13, 7, 5, 3];

const malformed: Fault = {
  code: "TAX_CODE_MALFORMED",
  message: "Mã số thuế phải gồm 10 chữ số; đơn vị phụ thuộc thêm dấu gạch nối và 3 chữ số, ví dụ 0312687878-001",
  messageEn: "A tax code has 10 digits; a dependent unit adds a hyphen and 3 digits, such as 0312687878-001",
};

const wrongCheckDigit: Fault = {
  code: "TAX_CODE_CHECKSUM",
  message: "Mã số thuế sai chữ số kiểm tra; đề nghị đối chiếu lại từng chữ số với giấy chứng nhận",
  messageEn: "The check digit of the tax code is wrong; compare every digit with the certificate",
};

const neverIssued: Fault = {
  code: "TAX_CODE_NEVER_ISSUED",
  message: "Không có mã số thuế nào với mã tỉnh hoặc số thứ tự bằng 0; đề nghị kiểm tra lại",
  messageEn: "No tax code has zero as its province or its sequence; check it",
};

const wrongBranch: Fault = {
  code: "TAX_CODE_BRANCH",
  message: "Số thứ tự của đơn vị phụ thuộc phải từ 001 đến 999",
  messageEn: "The number of a dependent unit is between 001 and 999",
};

const householdMalformed: Fault = {
  code: "HOUSEHOLD_BUSINESS_CODE_MALFORMED",
  message:
    "Mã số hộ kinh doanh là số định danh cá nhân 12 chữ số của chủ hộ, mã số thuế có đuôi -001 hoặc số giấy chứng nhận cũ như 01R8017431",
  messageEn:
    "A household business has its owner's 12-digit personal number, a tax code ending in -001, or an older certificate number such as 01R8017431",
};

/** A remainder that would make the check digit 10 matches no digit: such stems are never issued. */
function hasRightCheckDigit(code: string): boolean {
  const sum = TAX_CODE_WEIGHTS.reduce((total, weight, index) => total + weight * Number(code[index]), 0);
  return 10 - (sum % 11) === Number(code[9]);
}

/**
 * Reads a tax code; 13 digits without the hyphen get it. The check digit is 10 minus the weighted sum modulo 11.
 * Faults: TAX_CODE_MALFORMED, TAX_CODE_NEVER_ISSUED, TAX_CODE_CHECKSUM, TAX_CODE_BRANCH.
 */
export function parseTaxCode(raw: string): Parsed<TaxCode> {
  const [, stem, branch] = /^(\d{10})(?:-?(\d{3}))?$/.exec(raw) ?? [];
  if (stem === undefined) return refused(malformed);
  if (stem.startsWith("00") || stem.slice(2, 9) === "0000000") return refused(neverIssued);
  if (!hasRightCheckDigit(stem)) return refused(wrongCheckDigit);
  if (branch === "000") return refused(wrongBranch);
  return accepted((branch === undefined ? stem : `${stem}-${branch}`) as TaxCode);
}

/**
 * Reads the code of a household business: the owner's personal number (from 1 July 2025), a tax code with `-001` (before),
 * or a district-style certificate number. Faults: HOUSEHOLD_BUSINESS_CODE_MALFORMED and those of the form it is meant to be.
 */
export function parseHouseholdBusinessCode(raw: string): Parsed<HouseholdBusinessCode> {
  if (/^\d{12}$/.test(raw)) return parsePersonalId(raw) as Parsed<string> as Parsed<HouseholdBusinessCode>;
  if (/^\d{10}-?001$/.test(raw)) return parseTaxCode(raw) as Parsed<string> as Parsed<HouseholdBusinessCode>;
  return parseByPattern(raw, /^\d{2}[A-Z]\d{7}$/, householdMalformed);
}

/** Reads the code of an enterprise, a branch or a household business. Faults: those of the form it is meant to be. */
export function parseBusinessCode(raw: string): Parsed<string> {
  return /^\d{10}(-?\d{3})?$/.test(raw) ? parseTaxCode(raw) : parseHouseholdBusinessCode(raw);
}
