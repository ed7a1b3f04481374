import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, type LegalDay } from "../../subgraphs/_shared/reference/days.ts";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import {
  dueAfterCalendarDays,
  dueAfterWorkingDays,
  isWorkingDay,
  receiptDay,
  sameDayResult,
  workingDaysAfter,
} from "../../subgraphs/one-stop/clock/working-days.ts";

const { deadlines } = JSON.parse(readFileSync(projectPath("test", "data", "identifier-test-vectors.json"), "utf8"));
const calendar = JSON.parse(
  readFileSync(projectPath("subgraphs", "one-stop", "data", "holidays-2024-2030.json"), "utf8"),
);
const day = (raw: string) => raw as LegalDay;

function daysOf(year: number): LegalDay[] {
  const days: LegalDay[] = [];
  for (let next = day(`${year}-01-01`); next.startsWith(String(year)); next = addDays(next, 1)) days.push(next);
  return days;
}

describe("the vectors of the domain reference", () => {
  for (const { receivedAt, workingDays, cutoffHour, dueDate, why } of deadlines.workingDays) {
    test(`${workingDays} working days from ${receivedAt} end on ${dueDate}: ${why}`, () => {
      expect(dueAfterWorkingDays(new Date(receivedAt), workingDays, cutoffHour)).toBe(dueDate);
    });
  }

  for (const { receivedAt, calendarDays, dueDate, why } of deadlines.calendarDays) {
    test(`${calendarDays} days from ${receivedAt} end on ${dueDate}: ${why}`, () => {
      expect(dueAfterCalendarDays(new Date(receivedAt), calendarDays)).toBe(dueDate);
    });
  }

  for (const { receivedAt, resultDate } of deadlines.sameDay) {
    test(`a request received at ${receivedAt} has its result on ${resultDate}`, () => {
      expect(sameDayResult(new Date(receivedAt))).toBe(resultDate);
    });
  }

  test.each(Object.entries(calendar.workingDaysPerYear))("%s has %i working days", (year, count) => {
    expect(daysOf(Number(year)).filter(isWorkingDay)).toHaveLength(Number(count));
  });
});

describe("a working day", () => {
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
    expect(receiptDay(new Date(receivedAt))).toBe(counted);
  });

  test("the day of receipt follows another cut-off hour, and 24 means none", () => {
    const late = new Date("2026-03-10T16:30:00+07:00");
    expect([receiptDay(late, 16), receiptDay(late, 17), receiptDay(late, 24)]).toEqual([
      "2026-03-11",
      "2026-03-10",
      "2026-03-10",
    ]);
  });
});

describe("a term of working days", () => {
  test("a term of working days begins on the next working day when it would begin on a day off", () => {
    expect(workingDaysAfter(day("2026-03-14"), 0)).toBe("2026-03-16");
    expect(workingDaysAfter(day("2026-03-14"), 1)).toBe("2026-03-17");
    expect(workingDaysAfter(day("2026-03-13"), 1)).toBe("2026-03-16");
  });

  test("a term of working days is a whole number of days", () => {
    expect(() => workingDaysAfter(day("2026-03-13"), -1)).toThrow(RangeError);
    expect(() => workingDaysAfter(day("2026-03-13"), 1.5)).toThrow(RangeError);
  });

  test("a term of working days ends on a working day and may be served in two pieces", () => {
    const days = fc.integer({ min: 0, max: 2_500 }).map((count) => addDays(day("2024-01-01"), count));
    const terms = fc.integer({ min: 0, max: 30 });
    fc.assert(
      fc.property(days, terms, terms, (start, first, second) => {
        const end = workingDaysAfter(start, first + second);
        return isWorkingDay(end) && workingDaysAfter(workingDaysAfter(start, first), second) === end;
      }),
    );
  });
});
