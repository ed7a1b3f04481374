import { addDays, type LegalDay, legalDayOf } from "../../_shared/reference/days.ts";
import type { Calendar } from "./calendar.ts";
import type { DueStep } from "./due-steps.ts";
import type { Suspension } from "./terms.ts";

/** Office hours of a working day (giờ hành chính), eight in all. */
export const OFFICE_HOURS = [
  ["07:30", "11:30"],
  ["13:30", "17:30"],
] as const;

const MINUTE_MS = 60_000;
const LONGEST_DAYS = 4_000;

/**
 * Instant at which a number of working hours has passed since `startsAt`, without the minutes of suspensions; null while a
 * suspension lasts. Full minutes count.
 */
export function countOfficeHours(
  startsAt: Date,
  hours: number,
  calendar: Calendar,
  suspensions: readonly Suspension[],
  steps: DueStep[],
): Date | null {
  let left = hours * 60;
  let day = legalDayOf(startsAt);
  for (let passed = 0; passed < LONGEST_DAYS; passed += 1, day = addDays(day, 1)) {
    const status = calendar.statusOf(day);
    if (!status.works) {
      steps.push({ rule: "DAY_OFF", day, status });
      continue;
    }
    for (const [opens, closes] of OFFICE_HOURS) {
      for (const [from, to] of openSpans(minuteOf(day, opens), minuteOf(day, closes), startsAt, suspensions)) {
        const minutes = Math.min(left, to - from);
        if (minutes <= 0) continue;
        left -= minutes;
        steps.push({ rule: "HOURS_COUNTED", day, from: clockOf(from), to: clockOf(from + minutes), minutes });
        if (left === 0) return new Date((from + minutes) * MINUTE_MS);
      }
    }
    const open = suspensions.find(({ to }) => to === null);
    if (open && legalDayOf(open.from) <= day) {
      steps.push({ rule: "STILL_SUSPENDED", reason: open.reason });
      return null;
    }
  }
  throw new RangeError("The term does not end within a lifetime");
}

/** Parts of a span of minutes that are after the start and outside the suspensions. */
function openSpans(
  opens: number,
  closes: number,
  startsAt: Date,
  suspensions: readonly Suspension[],
): [number, number][] {
  let spans: [number, number][] = [[Math.max(opens, Math.ceil(startsAt.getTime() / MINUTE_MS)), closes]];
  for (const { from, to } of suspensions) {
    const first = Math.ceil(from.getTime() / MINUTE_MS);
    const resumes = to === null ? Number.POSITIVE_INFINITY : Math.ceil(to.getTime() / MINUTE_MS);
    spans = spans.flatMap(([a, b]): [number, number][] => [
      [a, Math.min(b, first)],
      [Math.max(a, resumes), b],
    ]);
  }
  return spans.filter(([a, b]) => a < b);
}

function minuteOf(day: LegalDay, time: string): number {
  return Date.parse(`${day}T${time}:00+07:00`) / MINUTE_MS;
}

function clockOf(minute: number): string {
  return new Date((minute + 7 * 60) * MINUTE_MS).toISOString().slice(11, 16);
}
