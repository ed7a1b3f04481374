import type { SeededPerson } from "../_shared/demo/seeded-family.ts";

/**
 * The health insurance card of a seeded adult, 15 characters (Decision 1351/QĐ-BHXH): group, benefit, two-digit
 * province of before July 2025, ten-digit insurance number; those begin with 90 here and end like the personal number.
 */
export function adultCardNumber(person: SeededPerson): string {
  const { personalId } = person;
  const province = personalId.slice(1, 3);
  return `${adultGroup(person)}${province}90${province}${personalId.slice(6)}`;
}

/** Group and benefit of the card of a person who is no small child; only adults may be employed. */
export function adultGroup({ personalId, ethnicity }: SeededPerson, isAdult = true): "DT2" | "DN4" | "GD4" {
  const employed = isAdult && Number(personalId.at(-1)) % 3 === 0;
  return ethnicity !== "Kinh" && !employed ? "DT2" : employed ? "DN4" : "GD4";
}

/** Card number of the n-th person of an invented country; the insurance numbers begin with 91 to 99. */
export function countryCardNumber(group: string, personalId: string, n: number): string {
  return `${group}${personalId.slice(1, 3)}${9_100_000_000 + n}`;
}
