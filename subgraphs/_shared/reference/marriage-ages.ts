import { fullYearsBetween, type LegalDay } from "./days.ts";
import { earliestDay, type PartialDate } from "./partial-dates.ts";

/** Ages in completed years from which a person may marry: Law on Marriage and Family 52/2014, art. 8. */
const MARRIAGE_AGES = { MALE: 20, FEMALE: 18 } as const;

/**
 * True if a person is too young to marry on a day. An unknown day is the first of the month, an unknown month January: Joint Circular
 * 01/2016/TTLT-TANDTC-VKSNDTC-BTP, art. 2.
 */
export function isTooYoungToMarry(sex: "MALE" | "FEMALE", dateOfBirth: PartialDate, on: LegalDay): boolean {
  return fullYearsBetween(earliestDay(dateOfBirth), on) < MARRIAGE_AGES[sex];
}
