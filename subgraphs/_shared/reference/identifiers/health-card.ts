import { addDays, type LegalDay } from "../days.ts";
import { accepted, type Brand, type Fault, type Parsed, refused } from "./parsed.ts";

/**
 * Number of a health-insurance card (mã thẻ BHYT), 15 characters: group of two letters, benefit digit 1 to 5, province,
 * 10-digit insurance number; QĐ 1351/QĐ-BHXH.
 */
export type HealthCardNumber = Brand<string, "HealthCardNumber">;

/** `group` TE is a child under six; `benefit` 1 to 5; `province` two digits; `insuranceNumber` ten. */
type HealthCardFacts = { group: string; benefit: number; province: string; insuranceNumber: string };

const malformed: Fault = {
  code: "HEALTH_CARD_MALFORMED",
  message: "Mã thẻ bảo hiểm y tế phải gồm 15 ký tự: 2 chữ in hoa, 1 chữ số mức hưởng từ 1 đến 5 và 12 chữ số",
  messageEn: "A health-card number has 15 characters: 2 capital letters, a benefit digit 1 to 5 and 12 digits",
};

const wrongChildBenefit: Fault = {
  code: "HEALTH_CARD_BENEFIT",
  message: "Thẻ của trẻ em dưới 6 tuổi (TE) phải có mức hưởng 1; đề nghị kiểm tra lại ký tự thứ ba",
  messageEn: "The card of a child under six (TE) has benefit 1; check the third character",
};

/** Reads a health-card number. Faults: HEALTH_CARD_MALFORMED, HEALTH_CARD_BENEFIT (TE without benefit 1). */
export function parseHealthCardNumber(raw: string): Parsed<HealthCardNumber> {
  if (!/^[A-Z]{2}[1-5]\d{12}$/.test(raw)) return refused(malformed);
  return raw.startsWith("TE") && raw[2] !== "1" ? refused(wrongChildBenefit) : accepted(raw as HealthCardNumber);
}

export function healthCardFacts(card: HealthCardNumber): HealthCardFacts {
  return {
    group: card.slice(0, 2),
    benefit: Number(card[2]),
    province: card.slice(3, 5),
    insuranceNumber: card.slice(5),
  };
}

/**
 * The last day of a child's card (thẻ TE): 30 September of the year in which the child turns 72 months when that day comes
 * on or before it, else the last day of that month. Valid from the day of birth.
 */
export function childCardLastDay(dateOfBirth: LegalDay): LegalDay {
  const sixthYear = Number(dateOfBirth.slice(0, 4)) + 6;
  const month = Number(dateOfBirth.slice(5, 7));
  const after =
    month <= 9 ? `${sixthYear}-10-01` : month < 12 ? `${sixthYear}-${month + 1}-01` : `${sixthYear + 1}-01-01`;
  return addDays(after as LegalDay, -1);
}
