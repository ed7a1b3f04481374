import { readFileSync } from "node:fs";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { projectPath } from "../../_shared/serving/paths.ts";

/** Kinds of calendar entries: three kinds of days off, and a Saturday on which offices work. */
export const CALENDAR_KINDS = ["statutory", "substitute", "swap_off", "make_up_workday"] as const;
export type CalendarKind = (typeof CALENDAR_KINDS)[number];

/** A dated entry of a calendar; `name` is Vietnamese. */
export type CalendarEntry = { date: LegalDay; kind: CalendarKind; name: string };

/** Reason why offices work or rest on a day. */
export type DayStatus =
  | { works: true; why: "WEEKDAY" }
  | { works: true; why: "MAKE_UP_SATURDAY"; name: string }
  | { works: false; why: "WEEKEND" }
  | { works: false; why: "HOLIDAY"; name: string };

/** Working calendar of an agency or office. */
export type Calendar = { statusOf(day: LegalDay): DayStatus };

type CalendarFile = { workingDaysPerYear: Record<string, number>; days: CalendarEntry[] };

const FIXED_HOLIDAYS: Record<string, string> = {
  "01-01": "Tết Dương lịch",
  "04-30": "Ngày Chiến thắng 30/4",
  "05-01": "Quốc tế Lao động",
  "09-02": "Quốc khánh",
  "11-24": "Ngày Văn hóa Việt Nam",
};

/**
 * Calendar of weekdays, changed by dated entries. In a year without an entry for New Year's Day only the fixed solar holidays are known: 1 January,
 * 30 April, 1 May, 2 September and, from 2026, 24 November (Labour Code 2019, art. 112; NQ 28/2026/QH16). The last of several
 * entries of a day applies, so an agency's own entries follow the national ones.
 */
export function calendarOf(entries: readonly CalendarEntry[]): Calendar {
  const newYears = entries.filter(({ date }) => date.endsWith("-01-01"));
  const years = new Set(newYears.map(({ date }) => date.slice(0, 4)));
  const byDay = new Map(entries.map((entry) => [entry.date, entry]));
  return {
    statusOf(day) {
      const entry = byDay.get(day);
      if (entry) return statusOfEntry(entry);
      const fixed = years.has(day.slice(0, 4)) ? undefined : fixedHoliday(day);
      if (fixed) return { works: false, why: "HOLIDAY", name: fixed };
      const weekday = weekdayOf(day);
      return weekday === 0 || weekday === 6 ? { works: false, why: "WEEKEND" } : { works: true, why: "WEEKDAY" };
    },
  };
}

function statusOfEntry({ kind, name }: CalendarEntry): DayStatus {
  if (kind === "make_up_workday") return { works: true, why: "MAKE_UP_SATURDAY", name };
  return { works: false, why: "HOLIDAY", name };
}

function fixedHoliday(day: LegalDay): string | undefined {
  const name = FIXED_HOLIDAYS[day.slice(5)];
  return day.endsWith("-11-24") && day < "2026" ? undefined : name;
}

/** Day of the week of a legal day: 0 is Sunday. */
export function weekdayOf(day: LegalDay): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay();
}

/** Entries of the national calendar, 2024 to 2030. The file names its sources. */
export function nationalEntries(): readonly CalendarEntry[] {
  // Our own data file; the tests count its years.
  const path = projectPath("subgraphs", "one-stop", "data", "holidays-2024-2030.json");
  return (JSON.parse(readFileSync(path, "utf8")) as CalendarFile).days;
}

let national: Calendar | undefined;

/** National calendar of this release. */
export function nationalCalendar(): Calendar {
  national ??= calendarOf(nationalEntries());
  return national;
}
