import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, type LegalDay } from "../../../subgraphs/_shared/reference/days.ts";
import { projectPath } from "../../../subgraphs/_shared/serving/paths.ts";
import { nationalCalendar } from "../../../subgraphs/one-stop/clock/calendar.ts";
import { explainDue, receiptDayOf } from "../../../subgraphs/one-stop/clock/due.ts";
import { type Cutoff, FIFTEEN_HOURS } from "../../../subgraphs/one-stop/clock/terms.ts";

const calendar = JSON.parse(
  readFileSync(projectPath("subgraphs", "one-stop", "data", "holidays-2024-2030.json"), "utf8"),
);
const day = (raw: string) => raw as LegalDay;
const isWorkingDay = (each: LegalDay) => nationalCalendar().statusOf(each).works;

/** The last day of a term of working days that begins in the morning of a day. */
const lastDayAfter = (start: LegalDay, quantity: number): LegalDay => {
  const term =
    quantity === 0 ? { quantity: 1, unit: "WORKING_DAY_SAME" as const } : { quantity, unit: "WORKING_DAY" as const };
  return explainDue({ receivedAt: new Date(`${start}T09:00:00+07:00`), term, cutoff: null }).lastDay as LegalDay;
};

function daysOf(year: number): LegalDay[] {
  const days: LegalDay[] = [];
  for (let next = day(`${year}-01-01`); next.startsWith(String(year)); next = addDays(next, 1)) days.push(next);
  return days;
}

describe("a working day", () => {
  test.each(Object.entries(calendar.workingDaysPerYear))("the year %s has %i working days", (year, count) => {
    expect(daysOf(Number(year)).filter(isWorkingDay)).toHaveLength(Number(count));
  });

  test.each([
    ["2026-11-23", true],
    ["2026-11-24", false],
    ["2025-11-24", true],
    ["2026-08-22", true],
    ["2026-08-31", false],
    ["2026-11-21", false],
    ["2026-11-22", false],
  ])("the working day rule holds for %s: %o", (raw, works) => {
    expect(isWorkingDay(day(raw))).toBe(works);
  });

  test("outside the holiday data only weekends and the fixed solar holidays are days off", () => {
    const offOnWeekdays = daysOf(2031).filter(
      (each) => !isWorkingDay(each) && ![0, 6].includes(new Date(each).getUTCDay()),
    );
    expect(offOnWeekdays).toEqual(["2031-01-01", "2031-04-30", "2031-05-01", "2031-09-02", "2031-11-24"]);
    expect(["2023-11-24", "2031-09-01", "2031-01-23"].every((each) => isWorkingDay(day(each)))).toBe(true);
    expect(isWorkingDay(day("2022-09-02"))).toBe(false);
  });
});

describe("the day of receipt", () => {
  test.each([
    ["2026-03-10T00:00:00+07:00", "2026-03-10"],
    ["2026-03-10T14:59:59.999+07:00", "2026-03-10"],
    ["2026-03-10T15:00:00+07:00", "2026-03-11"],
    ["2026-03-10T23:59:59+07:00", "2026-03-11"],
    ["2026-03-13T15:00:00+07:00", "2026-03-16"],
    ["2026-03-14T08:00:00+07:00", "2026-03-16"],
    ["2026-03-15T20:00:00+07:00", "2026-03-16"],
    ["2026-08-22T09:00:00+07:00", "2026-08-22"],
    ["2026-03-10T07:59:00Z", "2026-03-10"],
    ["2026-03-10T08:00:00Z", "2026-03-11"],
  ])("a request at %s counts as received on %s", (receivedAt, counted) => {
    expect(receiptDayOf(new Date(receivedAt), FIFTEEN_HOURS)).toBe(counted);
  });

  test("the day of receipt follows another cut-off hour, and none where there is no cut-off", () => {
    const late = new Date("2026-03-10T16:30:00+07:00");
    const at = (time: Cutoff["time"]) => receiptDayOf(late, { time, rule: "OFFICE_CLOSED" });
    expect([at("16:00"), at("17:00"), receiptDayOf(late, null)]).toEqual(["2026-03-11", "2026-03-10", "2026-03-10"]);
  });
});

describe("a term of working days", () => {
  test("a term of working days begins on the next working day when it would begin on a day off", () => {
    expect(lastDayAfter(day("2026-03-14"), 0)).toBe("2026-03-16");
    expect(lastDayAfter(day("2026-03-14"), 1)).toBe("2026-03-17");
    expect(lastDayAfter(day("2026-03-13"), 1)).toBe("2026-03-16");
  });

  test("a term of working days is a whole number of days", () => {
    expect(() => lastDayAfter(day("2026-03-13"), -1)).toThrow(RangeError);
    expect(() => lastDayAfter(day("2026-03-13"), 1.5)).toThrow(RangeError);
  });

  test("a term of working days ends on a working day and may be served in two pieces", () => {
    const days = fc.integer({ min: 0, max: 2_000 }).map((count) => addDays(day("2024-01-01"), count));
    const terms = fc.integer({ min: 0, max: 30 });
    fc.assert(
      fc.property(days, terms, terms, (start, first, second) => {
        const end = lastDayAfter(start, first + second);
        return isWorkingDay(end) && lastDayAfter(lastDayAfter(start, first), second) === end;
      }),
    );
  });
});
