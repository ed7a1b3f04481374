import type { SeededPerson } from "../_shared/demo/seeded-family.ts";

/**
 * The health insurance card of a seeded adult, 15 characters (Decision 1351/QĐ-BHXH): group, benefit, two-digit
 * province of before July 2025, ten-digit insurance number; those begin with 90 here and end like the personal number.
 */
export function adultCardNumber({ personalId, ethnicity }: SeededPerson): string {
  const employed = Number(personalId.at(-1)) % 3 === 0;
  const group = ethnicity !== "Kinh" && !employed ? "DT2" : employed ? "DN4" : "GD4";
  const province = personalId.slice(1, 3);
  return `${group}${province}90${province}${personalId.slice(6)}`;
}
