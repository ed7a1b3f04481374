import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { legalDayOf } from "../../subgraphs/_shared/reference/days.ts";
import type { Parsed } from "../../subgraphs/_shared/reference/identifiers/parsed.ts";
import {
  earliestDay,
  latestDay,
  type PartialDate,
  parsePartialDate,
  yearOf,
} from "../../subgraphs/_shared/reference/partial-dates.ts";

const partial = (raw: string) => raw as PartialDate;
const outcome = (parsed: Parsed<string>) => (parsed.ok ? parsed.value : parsed.fault.code);

const someInstant = fc.date({
  min: new Date("1800-01-02T00:00:00Z"),
  max: new Date("2200-12-30T00:00:00Z"),
  noInvalidDate: true,
});
const someDay = someInstant.map(legalDayOf);

describe("a partial date", () => {
  test.each([
    ["1993", "1993"],
    ["1993-04", "1993-04"],
    ["1993-04-12", "1993-04-12"],
    ["1993-13", "DATE_DOES_NOT_EXIST"],
    ["1993-02-29", "DATE_DOES_NOT_EXIST"],
    ["1700", "DATE_OUT_OF_RANGE"],
    ["93", "DATE_MALFORMED"],
    ["1993-4", "DATE_MALFORMED"],
    ["1993-", "DATE_MALFORMED"],
    ["1993-04-12-01", "DATE_MALFORMED"],
  ])("the partial date %o is read as %s", (raw, expected) => {
    expect(outcome(parsePartialDate(raw))).toBe(expected);
  });

  test.each([
    ["1950", "1950-01-01", "1950-12-31"],
    ["2024-02", "2024-02-01", "2024-02-29"],
    ["2025-02", "2025-02-01", "2025-02-28"],
    ["2025-12", "2025-12-01", "2025-12-31"],
    ["2025-09", "2025-09-01", "2025-09-30"],
    ["1993-04-12", "1993-04-12", "1993-04-12"],
  ])("the partial date %s lies between %s and %s", (raw, earliest, latest) => {
    expect([earliestDay(partial(raw)), latestDay(partial(raw)), yearOf(partial(raw))]).toEqual([
      earliest,
      latest,
      Number(raw.slice(0, 4)),
    ]);
  });

  test("every prefix of a date is kept as it is and has bounds that contain the date", () => {
    fc.assert(
      fc.property(someDay, fc.constantFrom(4, 7, 10), (some, length) => {
        const known = partial(some.slice(0, length));
        return outcome(parsePartialDate(known)) === known && earliestDay(known) <= some && some <= latestDay(known);
      }),
    );
  });
});
