import { addDays, legalDayOf } from "../../_shared/reference/days.ts";
import type { Calendar } from "./calendar.ts";
import { OFFICE_HOURS } from "./office-hours.ts";

const MINUTE_MS = 60_000;

/**
 * Minutes of office hours from an instant to another, each rounded down to its minute: the sums of adjacent spans equal the
 * sum of the whole. 0 if `to` is not later.
 */
export function workingMinutesBetween(from: Date, to: Date, calendar: Calendar): number {
  const [begin, end] = [Math.floor(from.getTime() / MINUTE_MS), Math.floor(to.getTime() / MINUTE_MS)];
  let minutes = 0;
  for (let day = legalDayOf(from), last = legalDayOf(to); day <= last; day = addDays(day, 1)) {
    if (!calendar.statusOf(day).works) continue;
    for (const [opens, closes] of OFFICE_HOURS) {
      const opened = Date.parse(`${day}T${opens}:00+07:00`) / MINUTE_MS;
      const closed = Date.parse(`${day}T${closes}:00+07:00`) / MINUTE_MS;
      minutes += Math.max(0, Math.min(closed, end) - Math.max(opened, begin));
    }
  }
  return minutes;
}
