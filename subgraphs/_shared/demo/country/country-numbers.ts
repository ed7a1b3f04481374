import { provinceUnknown } from "../../reference/errors.ts";
import { province as provinceOf } from "../../reference/provinces.ts";
import type { Sex } from "../population-names.ts";
import { type SeededRandom, twoDigits } from "../population-random.ts";

/** Serials of the demo's persons are below. */
const FIRST_SERIAL = 100_000;
const LAST_SERIAL = 999_999;

/** Gives personal numbers that differ in their serials: Circular 07/2016/TT-BCA. */
export type PersonalNumbers = (person: { sex: Sex; year: number; province: string }, random: SeededRandom) => string;

/** Numbers of one country, counted up for each place, sex and year of birth. */
export function personalNumbers(): PersonalNumbers {
  const last = new Map<string, number>();
  return ({ sex, year, province }, random) => {
    const places = provinceOf(province)?.formerCodes ?? [];
    const place = places[random.below(places.length)];
    if (place === undefined) throw provinceUnknown(province);
    const century = (year < 2000 ? 0 : 2) + (sex === "FEMALE" ? 1 : 0);
    const beginning = `${place}${century}${twoDigits(year % 100)}`;
    const serial = (last.get(beginning) ?? FIRST_SERIAL - 1) + 1;
    if (serial > LAST_SERIAL)
      throw new Error(`A country of this size has no number left that begins with ${beginning}`);
    last.set(beginning, serial);
    return `${beginning}${serial}`;
  };
}
