import { fullYearsBetween, type LegalDay } from "./days.ts";
import { earliestDay, latestDay, type PartialDate } from "./partial-dates.ts";

/** Limits in completed years at the birth. No law sets an age: outside them a declared date is an input error. */
const POSSIBLE = { mother: { from: 12, to: 70 }, father: { from: 12, to: 100 } };
/** Limits outside which an officer checks the declared date. */
const USUAL = { mother: { from: 16, to: 50 }, father: { from: 16, to: 70 } };

/** Assessment of a parent's age at the birth. For a partial date, the day that favours the declarant counts. */
export type ParentAge = "TOO_YOUNG" | "TOO_OLD" | "UNUSUAL" | "USUAL";

export function parentAge(who: "mother" | "father", born: PartialDate, childBorn: LegalDay): ParentAge {
  const most = fullYearsBetween(earliestDay(born), childBorn);
  const least = fullYearsBetween(latestDay(born), childBorn);
  if (most < POSSIBLE[who].from) return "TOO_YOUNG";
  if (least > POSSIBLE[who].to) return "TOO_OLD";
  return most < USUAL[who].from || least > USUAL[who].to ? "UNUSUAL" : "USUAL";
}
