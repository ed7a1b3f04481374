import { DEFAULT_COMMUNE, SEEDED_COMMUNES } from "./population-places.ts";

const DEFAULT_FAMILIES = 2_400;
const FURTHER_FAMILIES = 20;

/** Number of seeded families in a commune: 2,400 in the default commune, 20 in the others of the list, else none. */
export function familyCount(commune: string): number {
  if (commune === DEFAULT_COMMUNE) return DEFAULT_FAMILIES;
  return SEEDED_COMMUNES.includes(commune) ? FURTHER_FAMILIES : 0;
}

/** Number of a family among all seeded families, from its commune and its index there; the sample couple is 0. */
export function familyNumber(commune: string, ordinal: number): number {
  if (commune === DEFAULT_COMMUNE) return ordinal;
  return DEFAULT_FAMILIES + (SEEDED_COMMUNES.indexOf(commune) - 1) * FURTHER_FAMILIES + ordinal;
}

/** Household code (mã hộ) of the n-th family of a commune: commune code and five digits, since no public rule exists. */
export function householdCode(commune: string, ordinal: number): string {
  return commune + String(ordinal + 1).padStart(5, "0");
}

/** Index of a family in its commune, from 0, read from its household code. */
export function ordinalOf(code: string): number {
  return Number(code.slice(5)) - 1;
}
