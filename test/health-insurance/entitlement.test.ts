import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { LegalDay } from "../../subgraphs/_shared/reference/days.ts";
import type { PartialDate } from "../../subgraphs/_shared/reference/partial-dates.ts";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import { childCardEntitlement } from "../../subgraphs/health-insurance/cards/entitlement.ts";

const file = readFileSync(projectPath("test", "data", "identifier-test-vectors.json"), "utf8");
const { vectors } = JSON.parse(file).childHealthCard as { vectors: { dob: LegalDay; validTo: LegalDay }[] };
const entitled = (dateOfBirth: string, at: string) => childCardEntitlement(dateOfBirth as PartialDate, new Date(at));

describe("the entitlement to a child's card", () => {
  test.each(vectors)("the entitlement of a child born $dob ends on $validTo", ({ dob, validTo }) => {
    expect(childCardEntitlement(dob, new Date("2021-01-01T00:00:00Z"))).toEqual({ entitled: true, lastDay: validTo });
  });

  test("the entitlement to a child's card lasts through the last second of its last day in Viet Nam", () => {
    expect(entitled("2020-03-15", "2026-09-30T23:59:59+07:00").entitled).toBe(true);
    expect(entitled("2020-03-15", "2026-10-01T00:00:00+07:00").entitled).toBe(false);
  });

  test("the entitlement to a child's card begins on the day of birth", () => {
    expect(entitled("2026-11-16", "2026-11-15T23:59:59+07:00").entitled).toBe(false);
    expect(entitled("2026-11-16", "2026-11-16T00:00:00+07:00").entitled).toBe(true);
  });

  test.each([
    ["2020-09", "2026-09-30"],
    ["2020-10", "2026-10-31"],
    ["2020", "2026-12-31"],
    ["2020-09-30", "2026-09-30"],
    ["2020-10-01", "2026-10-31"],
    ["2020-12-31", "2026-12-31"],
    ["2018-02", "2024-09-30"],
  ])("the entitlement of a child born in %s uses the latest possible day and ends on %s", (born, lastDay) => {
    expect(entitled(born, "2022-01-01T00:00:00Z").lastDay).toBe(lastDay);
  });
});
