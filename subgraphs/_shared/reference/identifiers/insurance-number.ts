import { accepted, type Brand, type Fault, type Parsed, refused } from "./parsed.ts";

/**
 * Social-insurance number (mã số BHXH): 10 digits, or since 1 August 2025 the 12-digit personal number in its place
 * (CV 1804/BHXH-QLT). The two roles of the 12 digits cannot be told apart by shape.
 */
export type InsuranceNumber = Brand<string, "InsuranceNumber">;

const malformed: Fault = {
  code: "INSURANCE_NUMBER_MALFORMED",
  message: "Mã số bảo hiểm xã hội phải gồm 10 chữ số, hoặc là số định danh cá nhân 12 chữ số",
  messageEn: "A social-insurance number has 10 digits, or is the 12-digit personal number",
};

const placeholder: Fault = {
  code: "INSURANCE_NUMBER_PLACEHOLDER",
  message: "0000000000 chỉ là chỗ trống trên giấy chứng sinh; hãy nhập mã số thật hoặc để trống",
  messageEn: "0000000000 is only a placeholder of birth notices; enter the real number or leave it out",
};

/** Reads a social-insurance number. Faults: INSURANCE_NUMBER_MALFORMED, INSURANCE_NUMBER_PLACEHOLDER (all zeros). */
export function parseInsuranceNumber(raw: string): Parsed<InsuranceNumber> {
  if (/^0{10}$/.test(raw)) return refused(placeholder);
  return /^(\d{10}|\d{12})$/.test(raw) ? accepted(raw as InsuranceNumber) : refused(malformed);
}
