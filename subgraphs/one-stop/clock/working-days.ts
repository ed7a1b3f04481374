import { addDays, type LegalDay } from "../../_shared/reference/days.ts";
import { nationalCalendar } from "./calendar.ts";
import { explainDue, receiptDayOf } from "./due.ts";
import type { Cutoff, Term } from "./terms.ts";

/** Received at or after this hour counts as the next working day (NĐ 63/2024, civil status); 24 means no cut-off. */
const defaultCutoffHour = 15;

/** True if offices work: not on Saturdays, Sundays and days off, but on Saturdays that make up for a swapped day. */
export function isWorkingDay(day: LegalDay): boolean {
  return nationalCalendar().statusOf(day).works;
}

/**
 * The working day `count` working days after `day`; a start on a day off counts as on the next working day, so 0 gives
 * that. The day of the start itself is excluded (Civil Code 2015, art. 147). Throws RangeError unless count is 0, 1, 2 …
 */
export function workingDaysAfter(day: LegalDay, count: number): LegalDay {
  if (!Number.isInteger(count) || count < 0)
    throw new RangeError(`A term has a whole number of working days, not ${count}`);
  const next = (from: LegalDay): LegalDay => (isWorkingDay(from) ? from : next(addDays(from, 1)));
  let reached = next(day);
  for (let passed = 0; passed < count; passed += 1) reached = next(addDays(reached, 1));
  return reached;
}

/**
 * The day that counts as the day of receipt: the next working day when it came on a day off or at or after the cut-off hour.
 * The law does not place 15:00:00 itself; here it belongs to "after", so a clerk's day ends with 14:59:59.
 */
export function receiptDay(receivedAt: Date, cutoffHour = defaultCutoffHour): LegalDay {
  return receiptDayOf(receivedAt, cutoffAt(cutoffHour));
}

/** The last day of a term of working days; the day of receipt is excluded. */
export function dueAfterWorkingDays(receivedAt: Date, days: number, cutoffHour = defaultCutoffHour): LegalDay {
  return lastDay(receivedAt, { quantity: days, unit: "WORKING_DAY" }, cutoffHour);
}

/** The last day of a term of calendar days; one that ends on a day off ends on the next working day (Civil Code, art. 148). */
export function dueAfterCalendarDays(receivedAt: Date, days: number, cutoffHour = defaultCutoffHour): LegalDay {
  return lastDay(receivedAt, { quantity: days, unit: "DAY" }, cutoffHour);
}

/** The day of a result owed on the day of receipt itself, such as a birth certificate. */
export function sameDayResult(receivedAt: Date, cutoffHour = defaultCutoffHour): LegalDay {
  return lastDay(receivedAt, { quantity: 1, unit: "WORKING_DAY_SAME" }, cutoffHour);
}

function lastDay(receivedAt: Date, term: Term, cutoffHour: number): LegalDay {
  const last = explainDue({ receivedAt, term, cutoff: cutoffAt(cutoffHour) }).lastDay;
  if (last === null) throw new Error("A term without a suspension ends");
  return last;
}

function cutoffAt(hour: number): Cutoff | null {
  return hour >= 24 ? null : { time: `${String(hour).padStart(2, "0") as `${number}`}:00`, rule: "FIFTEEN_HOURS" };
}
