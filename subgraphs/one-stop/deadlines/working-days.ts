import { addDays, type LegalDay } from "../../_shared/reference/days.ts";
import type { Calendar } from "../clock/calendar.ts";

const SECOND_MS = 1_000;

export function workingDayBefore(day: LegalDay, calendar: Calendar): LegalDay {
  let before = addDays(day, -1);
  while (!calendar.statusOf(before).works) before = addDays(before, -1);
  return before;
}

/** First moment after the end of a term. */
export function afterEnd(end: Date): Date {
  return new Date(end.getTime() + SECOND_MS);
}
