import { addDays, endOfDay, legalDayOf } from "../../_shared/reference/days.ts";
import { isWorkingDay, workingDaysAfter } from "../clock/working-days.ts";

/** Due date of a dossier. While the citizen is awaited the clock is suspended. */
export type DossierClock = { dueAt: Date; suspendedAt: Date | null; dueAtSuspension: Date | null };

/**
 * Due date after a suspension: moved by the working days between its begin and its end, both days included if they differ.
 * A suspension that ends on the day of its begin moves nothing.
 */
export function dueAfterSuspension(dueAt: Date, from: Date, until: Date): Date {
  const last = legalDayOf(until);
  let days = 0;
  for (let day = legalDayOf(from); day < last; ) {
    day = addDays(day, 1);
    if (isWorkingDay(day)) days++;
  }
  return days === 0 ? dueAt : endOfDay(workingDaysAfter(legalDayOf(dueAt), days));
}

/** Suspends the clock; the planned due date assumes that the citizen takes the whole term, until `answerDueAt`. */
export function suspended(
  { dueAt, suspendedAt, dueAtSuspension }: DossierClock,
  now: Date,
  answerDueAt: Date,
): DossierClock {
  const began = suspendedAt ?? now;
  const due = dueAtSuspension ?? dueAt;
  return { suspendedAt: began, dueAtSuspension: due, dueAt: dueAfterSuspension(due, began, answerDueAt) };
}

/** Resumes the clock: the due date moves by the time that the citizen took. */
export function resumed(clock: DossierClock, now: Date): DossierClock {
  if (!clock.suspendedAt || !clock.dueAtSuspension) return clock;
  const dueAt = dueAfterSuspension(clock.dueAtSuspension, clock.suspendedAt, now);
  return { dueAt, suspendedAt: null, dueAtSuspension: null };
}
