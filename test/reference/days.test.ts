import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addDays,
  daysBetween,
  endOfDay,
  fullYearsBetween,
  type LegalDay,
  legalDayOf,
  parseLegalDay,
  toVietnamTime,
} from "../../subgraphs/_shared/reference/days.ts";
import type { Parsed } from "../../subgraphs/_shared/reference/identifiers/parsed.ts";

const day = (raw: string) => raw as LegalDay;
const outcome = (parsed: Parsed<string>) => (parsed.ok ? parsed.value : parsed.fault.code);

const someInstant = fc.date({
  min: new Date("1800-01-02T00:00:00Z"),
  max: new Date("2200-12-30T00:00:00Z"),
  noInvalidDate: true,
});
const someDay = someInstant.map(legalDayOf);

describe("a legal day", () => {
  test.each([
    ["2026-02-13", "2026-02-13"],
    ["2024-02-29", "2024-02-29"],
    ["2000-02-29", "2000-02-29"],
    ["2025-02-29", "DATE_DOES_NOT_EXIST"],
    ["1900-02-29", "DATE_DOES_NOT_EXIST"],
    ["2026-04-31", "DATE_DOES_NOT_EXIST"],
    ["2026-13-01", "DATE_DOES_NOT_EXIST"],
    ["2026-00-10", "DATE_DOES_NOT_EXIST"],
    ["1799-12-31", "DATE_OUT_OF_RANGE"],
    ["2201-01-01", "DATE_OUT_OF_RANGE"],
    ["13/02/2026", "DATE_MALFORMED"],
    ["2026-2-13", "DATE_MALFORMED"],
    ["2026-02-13T00:00:00Z", "DATE_MALFORMED"],
    ["+002026-02-13", "DATE_MALFORMED"],
    ["2026-02-13\n", "DATE_MALFORMED"],
    ["", "DATE_MALFORMED"],
  ])("the legal day of %o is %s", (raw, expected) => {
    expect(outcome(parseLegalDay(raw))).toBe(expected);
  });

  test("the legal day changes at midnight in Viet Nam, which is 17:00 UTC", () => {
    expect(legalDayOf(new Date("2026-02-13T16:59:59.999Z"))).toBe("2026-02-13");
    expect(legalDayOf(new Date("2026-02-13T17:00:00Z"))).toBe("2026-02-14");
  });

  test("the legal day ends with its last second in Viet Nam", () => {
    expect(endOfDay(day("2026-02-13")).toISOString()).toBe("2026-02-13T16:59:59.000Z");
  });

  test("every legal day is accepted by the parser and contains its own end", () => {
    fc.assert(
      fc.property(someDay, (some) => outcome(parseLegalDay(some)) === some && legalDayOf(endOfDay(some)) === some),
    );
  });

  test("adding days to a legal day is undone by subtracting them and agrees with daysBetween", () => {
    const counts = fc.integer({ min: -100_000, max: 100_000 });
    fc.assert(
      fc.property(someDay, counts, (some, count) => {
        const other = addDays(some, count);
        return addDays(other, -count) === some && daysBetween(some, other) === count && (count <= 0 || other > some);
      }),
    );
  });

  test.each([
    ["2020-11-23", "2026-11-22", 5],
    ["2020-11-23", "2026-11-23", 6],
    ["2020-02-29", "2026-02-27", 5],
    ["2020-02-29", "2026-02-28", 6],
    ["2020-02-29", "2024-02-28", 3],
    ["2020-02-29", "2024-02-29", 4],
    ["2026-11-23", "2026-11-23", 0],
    ["2026-11-23", "2020-11-23", -6],
  ])("from %s to %s there are %i full years", (from, to, years) => {
    expect(fullYearsBetween(day(from), day(to))).toBe(years);
  });
});

describe("an instant", () => {
  test("an instant is written with the offset of Viet Nam, to the second, with milliseconds only where there are any", () => {
    expect(toVietnamTime(new Date("2026-02-13T09:10:00Z"))).toBe("2026-02-13T16:10:00+07:00");
    expect(toVietnamTime(new Date("2026-12-31T17:00:00.120Z"))).toBe("2027-01-01T00:00:00.120+07:00");
  });

  test("an instant that is written and read back is unchanged and begins with its legal day", () => {
    fc.assert(
      fc.property(someInstant, (instant) => {
        const told = toVietnamTime(instant);
        return Date.parse(told) === instant.getTime() && told.startsWith(legalDayOf(instant));
      }),
    );
  });
});
