import { expect, it } from "vitest";
import { compareSteps, differingFields, goesBack } from "../../../subgraphs/one-stop/national-portal/comparison.ts";
import { isPortalTime, portalTime } from "../../../subgraphs/one-stop/national-portal/portal-time.ts";
import { progressSteps } from "../../../subgraphs/one-stop/national-portal/progress-steps.ts";
import type { StoredEntry } from "../../../subgraphs/one-stop/saga/stored-history.ts";

const at = (text: string) => new Date(`2026-11-23T${text}+07:00`);
const entry = (part: string | null, state: StoredEntry[1]): StoredEntry => [part, state, "ONE_STOP", null];
const BIRTH = new Set(["BIRTH"]);
const key = (second: number, status: string) => ({ at: `202611230900${String(second).padStart(2, "0")}`, status });

it("every change that a citizen sees is a step, and none is put together with another", () => {
  const history = [
    { at: at("09:00:00"), entries: [entry(null, "RECEIVED"), entry("BIRTH", "READY"), entry("BIRTH", "SENT")] },
    { at: at("09:00:01"), entries: [entry(null, "IN_PROGRESS"), entry(null, "PENDING"), entry("NUMBER", "GRANTED")] },
    { at: at("09:05:00"), entries: [entry("BIRTH", "GRANTED"), entry(null, "COMPLETED"), entry(null, "RETURNED")] },
  ];
  const steps = progressSteps(history, BIRTH).map(({ at: time, since, dossierState, part }) => [
    time,
    since,
    dossierState,
    part,
  ]);
  expect(steps).toEqual([
    ["20261123090000", "20261123090000", "RECEIVED", null],
    ["20261123090001", "20261123090000", "IN_PROGRESS", null],
    ["20261123090500", "20261123090001", "IN_PROGRESS", "BIRTH"],
    ["20261123090501", "20261123090500", "COMPLETED", null],
    ["20261123090502", "20261123090501", "RETURNED", null],
  ]);
});

it("times of steps rise although the business clock was set back", () => {
  const history = [
    { at: at("10:00:00"), entries: [entry(null, "RECEIVED")] },
    { at: at("09:00:00"), entries: [entry(null, "IN_PROGRESS")] },
  ];
  expect(progressSteps(history, BIRTH).map((step) => step.at)).toEqual(["20261123100000", "20261123100001"]);
});

it("a time of the exchange is an instant in Viet Nam of fourteen digits", () => {
  expect(portalTime(new Date("2026-12-31T17:00:00.999Z"))).toBe("20270101000000");
  for (const text of ["20261123090000", "20240229235959"]) expect(isPortalTime(text)).toBe(true);
  for (const text of ["", "2026-11-23", "20260229000000", "20261123240000", "20261323000000", "2026112309000"])
    expect(isPortalTime(text)).toBe(false);
});

it("a comparison counts what the portal has, lacks in between, and has beyond the desk", () => {
  const here = [key(1, "2"), key(2, "4"), key(3, "9")];
  expect(compareSteps(here, [])).toEqual({ reached: 0, missing: 0, unknown: 0 });
  expect(compareSteps(here, here.slice(0, 2))).toEqual({ reached: 2, missing: 0, unknown: 0 });
  expect(
    compareSteps(
      here,
      [here[2], here[0]].flatMap((each) => each ?? []),
    ),
  ).toEqual({ reached: 3, missing: 1, unknown: 0 });
  expect(compareSteps(here, [key(1, "2"), key(2, "5")])).toEqual({ reached: 1, missing: 0, unknown: 1 });
});

it("fields that the portal does not answer are not compared", () => {
  expect(differingFields({ A: "1", B: [{ C: "2" }], D: "3" }, { A: "1", B: [{ C: "4" }] })).toEqual(["B"]);
});

it("a status goes to and fro while the work goes on, and never back from a result or an end", () => {
  expect([goesBack("AWAITING_CITIZEN", "IN_PROGRESS"), goesBack("COMPLETED", "RETURNED")]).toEqual([false, false]);
  expect([goesBack("COMPLETED", "IN_PROGRESS"), goesBack("RETURNED", "WITHDRAWN")]).toEqual([true, true]);
  expect([goesBack("IN_PROGRESS", "RECEIVED"), goesBack("RETURNED", "RETURNED")]).toEqual([true, false]);
});
