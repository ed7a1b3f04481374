import { readFileSync } from "node:fs";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { projectPath } from "../../_shared/serving/paths.ts";

/** One entry of the calendar: the first three kinds are days off, the last is a Saturday on which offices work. */
type CalendarDay = { date: LegalDay; kind: "statutory" | "substitute" | "swap_off" | "make_up_workday" };

/** `workingDaysPerYear` names the years that the calendar covers. Sources are in the file's own note. */
type HolidayCalendar = { workingDaysPerYear: Record<string, number>; days: CalendarDay[] };

// Our own data file; the tests count its years.
const calendar: HolidayCalendar = JSON.parse(
  readFileSync(projectPath("subgraphs", "one-stop", "data", "holidays-2024-2030.json"), "utf8"),
);

const kindByDay = new Map(calendar.days.map((day) => [day.date, day.kind]));
const fixedHolidays = new Set(["01-01", "04-30", "05-01", "09-02"]);

/** What the calendar says of a day; a plain day is judged by its weekday alone. */
type DayKind = "OFF" | "WORKING_SATURDAY" | "PLAIN";

/**
 * Looks a day up in the calendar (Labour Code 2019, art. 111 and 112; yearly notices). In years beyond the data only the
 * fixed solar holidays are known: 1 January, 30 April, 1 May, 2 September and, from 2026, 24 November (NQ 28/2026/QH16).
 */
export function dayKind(day: LegalDay): DayKind {
  if (calendar.workingDaysPerYear[day.slice(0, 4)] === undefined) return isFixedHoliday(day) ? "OFF" : "PLAIN";
  const kind = kindByDay.get(day);
  if (kind === undefined) return "PLAIN";
  return kind === "make_up_workday" ? "WORKING_SATURDAY" : "OFF";
}

function isFixedHoliday(day: LegalDay): boolean {
  return fixedHolidays.has(day.slice(5)) || (day.endsWith("-11-24") && day >= "2026");
}
