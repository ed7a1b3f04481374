import { expect, it } from "vitest";
import { BUNDLE_DEFINITIONS } from "../../subgraphs/one-stop/bundles/birth/versions.ts";
import {
  bundleDefinition,
  bundleFor,
  initialState,
  narrowed,
  visibleDependencies,
} from "../../subgraphs/one-stop/definitions/definitions.ts";

const all = { residence: true, insurance: true };
const withoutResidence = { residence: false, insurance: true };

it.each([
  ["2015-07-01", "A", "2.000986"],
  ["2024-06-30", "A", "2.000986"],
  ["2024-07-01", "B", "2.002621"],
  ["2026-08-31", "B", "2.002621"],
  ["2026-09-01", "C", "3.000722"],
])("a request received on %s falls under regime %s with code %s", (day, regime, code) => {
  expect(bundleFor(day, all)).toMatchObject({ regime, code });
});

it("there was no bundle before the first circular", () => {
  expect(() => bundleFor("2015-06-30", all)).toThrow("no life-event bundle was in force on 2015-06-30");
});

it("the paper regime without residence has its own code and 15 working days", () => {
  const bundle = bundleFor("2020-03-02", withoutResidence);
  expect(bundle).toMatchObject({
    code: "2.001023",
    groupWorkingDays: { plain: 15 },
    certainty: "sure",
  });
  expect(bundle.steps.map(({ key }) => key)).toEqual(["BIRTH", "PERSONAL_NUMBER", "NUMBER_NOTICE", "INSURANCE"]);
});

it("a birth without branches is the birth registration itself", () => {
  const bundle = bundleFor("2026-11-23", {
    residence: false,
    insurance: false,
  });
  expect(bundle.code).toBe("1.001193");
  expect(bundle.steps.map(({ key }) => key)).toEqual(["BIRTH", "PERSONAL_NUMBER", "NUMBER_NOTICE"]);
});

it("configuration corrects a code that is unsure, and a sure code of a variant keeps its own", () => {
  expect(bundleFor("2026-11-23", all, { C: "3.000799" }).code).toBe("3.000799");
  expect(bundleFor("2026-11-23", withoutResidence, { C: "3.000799" }).code).toBe("3.000799");
  expect(
    bundleFor("2026-11-23", withoutResidence, {
      "C-without-residence": "3.000800",
    }).code,
  ).toBe("3.000800");
  expect(bundleFor("2020-03-02", withoutResidence, { A: "2.000999" }).code).toBe("2.001023");
});

it("clients see what a part waits for through the steps that are no parts", () => {
  const bundle = bundleFor("2026-11-23", all);
  expect(visibleDependencies(bundle, "BIRTH")).toEqual([]);
  expect(visibleDependencies(bundle, "RESIDENCE")).toEqual(["BIRTH"]);
  expect(visibleDependencies(bundle, "INSURANCE")).toEqual(["BIRTH"]);
});

it("a dossier finds the version it pinned, and says so when a release has lost it", () => {
  for (const { id, version, regime } of BUNDLE_DEFINITIONS) {
    expect(bundleDefinition(id, version).regime).toBe(regime);
  }
  expect(() => bundleDefinition("birth", 99)).toThrow("bundle birth has no version 99");
});

it("every definition can be run: own versions, known dependencies, no step waits for one that may be left out", () => {
  const versions = BUNDLE_DEFINITIONS.map(({ id, version }) => `${id} ${version}`);
  expect(new Set(versions).size).toBe(versions.length);
  for (const definition of BUNDLE_DEFINITIONS) {
    const earlier = new Set<string>();
    for (const step of definition.steps) {
      expect(step.dependsOn.filter((key) => !earlier.has(key))).toEqual([]);
      if (step.optionalFor === undefined) earlier.add(step.key);
    }
  }
});

it("what a version of the birth bundle once said it says for ever", () => {
  const said = BUNDLE_DEFINITIONS.map(({ version, regime, code, validFrom, groupWorkingDays, steps }) => [
    ...[version, regime, code, validFrom, groupWorkingDays.plain, groupWorkingDays.verified],
    steps.map(({ key, term }) => `${key} ${term.kind === "SAME_DAY" ? 0 : term.days}`).join(", "),
  ]);
  const electronic = "BIRTH 0, PERSONAL_NUMBER 0, NUMBER_NOTICE 0, RESIDENCE 2, INSURANCE 2";
  expect(said.slice(0, 3)).toEqual([
    [
      1,
      "A",
      "2.000986",
      "2015-07-01",
      20,
      20,
      "BIRTH 0, PERSONAL_NUMBER 0, NUMBER_NOTICE 0, RESIDENCE 15, INSURANCE 10",
    ],
    [2, "B", "2.002621", "2024-07-01", 3, 5, electronic],
    [3, "C", "3.000722", "2026-09-01", 3, 5, electronic],
  ]);
});

it("a new dossier begins with everything blocked, narrowed to what was chosen", () => {
  const state = initialState(narrowed(bundleDefinition("birth", 3), withoutResidence), true);
  expect(state).toMatchObject({
    dossier: "RECEIVED",
    outcome: null,
    returnsAtOnce: true,
  });
  expect(state.steps).toHaveLength(4);
  expect(state.steps.every((step) => step.state === "BLOCKED" && step.attempts === 0)).toBe(true);
});
