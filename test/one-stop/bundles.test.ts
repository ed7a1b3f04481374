import { expect, it } from "vitest";
import { BIRTH_VERSIONS, BIRTH_VERSIONS_WITH_CARD } from "../../subgraphs/one-stop/bundles/birth/birth-versions.ts";
import { bundle } from "../../subgraphs/one-stop/bundles/birth/bundle.ts";
import { bundles } from "../../subgraphs/one-stop/bundles/bundles.ts";
import { dossierKinds } from "../../subgraphs/one-stop/definitions/dossier-kind.ts";
import { initialState, visibleDependencies } from "../../subgraphs/one-stop/definitions/steps.ts";
import { branchesLeftOut, versionInForce } from "../../subgraphs/one-stop/definitions/version-in-force.ts";
import { birthDefinition } from "./birth-definition.ts";

const withoutResidence = ["residence"];

it.each([
  ["2015-07-01", "A", "2.000986"],
  ["2024-06-30", "A", "2.000986"],
  ["2024-07-01", "B", "2.002621"],
  ["2026-08-31", "B", "2.002621"],
  ["2026-09-01", "C", "3.000722"],
])("a request received on %s falls under regime %s with code %s", (day, regime, code) => {
  expect(birthDefinition(day)).toMatchObject({ regime, code });
});

it("no bundle is in force before the first circular", () => {
  expect(versionInForce(BIRTH_VERSIONS, "2015-06-30")).toBeNull();
});

it("the paper regime without residence has its own code and 15 working days", () => {
  const bundle = birthDefinition("2020-03-02", withoutResidence);
  expect(bundle).toMatchObject({
    code: "2.001023",
    groupWorkingDays: { plain: 15 },
    certainty: "sure",
  });
  expect(bundle.steps.map(({ key }) => key)).toEqual(["BIRTH", "PERSONAL_NUMBER", "NUMBER_NOTICE", "INSURANCE"]);
});

it("a birth without branches is the plain birth registration", () => {
  const bundle = birthDefinition("2026-11-23", ["residence", "insurance"]);
  expect(bundle.code).toBe("1.001193");
  expect(bundle.steps.map(({ key }) => key)).toEqual(["BIRTH", "PERSONAL_NUMBER", "NUMBER_NOTICE"]);
});

it("configuration corrects an uncertain code, and a certain code of a variant stays", () => {
  expect(birthDefinition("2026-11-23", [], { C: "3.000799" }).code).toBe("3.000799");
  expect(birthDefinition("2026-11-23", withoutResidence, { C: "3.000799" }).code).toBe("3.000799");
  expect(
    birthDefinition("2026-11-23", withoutResidence, {
      "C-without-residence": "3.000800",
    }).code,
  ).toBe("3.000800");
  expect(birthDefinition("2020-03-02", withoutResidence, { A: "2.000999" }).code).toBe("2.001023");
});

it("the dependencies of a part include those through steps that are no parts", () => {
  const bundle = birthDefinition("2026-11-23");
  expect(visibleDependencies(bundle, "BIRTH")).toEqual([]);
  expect(visibleDependencies(bundle, "RESIDENCE")).toEqual(["BIRTH"]);
  expect(visibleDependencies(bundle, "INSURANCE")).toEqual(["BIRTH"]);
});

it("a dossier finds its pinned version, and a version missing from a release is an error", () => {
  const kinds = dossierKinds(bundles);
  for (const { id, version, regime } of BIRTH_VERSIONS) {
    expect(kinds.pinned(id, version).definition.regime).toBe(regime);
  }
  expect(() => kinds.pinned("birth", 99)).toThrow("Definition birth has no version 99");
  expect(() => kinds.pinned("no-such-kind", 1)).toThrow("Definition no-such-kind has no version 1");
});

it("every definition has its own versions and known dependencies, and no step depends on an optional one", () => {
  const all = [...BIRTH_VERSIONS, ...BIRTH_VERSIONS_WITH_CARD];
  const versions = all.map(({ id, version }) => `${id} ${version}`);
  expect(new Set(versions).size).toBe(versions.length);
  for (const definition of all) {
    const earlier = new Set<string>();
    for (const step of definition.steps) {
      expect(step.dependsOn.filter((key) => !earlier.has(key))).toEqual([]);
      if (step.optionalFor === undefined) earlier.add(step.key);
    }
  }
});

it("a version of the birth bundle never changes", () => {
  const said = BIRTH_VERSIONS.map(({ version, regime, code, validFrom, groupWorkingDays, steps }) => [
    ...[version, regime, code, validFrom, groupWorkingDays?.plain, groupWorkingDays?.verified],
    steps.map(({ key, term }) => `${key} ${term.unit === "WORKING_DAY_SAME" ? 0 : term.quantity}`).join(", "),
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

it("the version with an identity card has the steps of the version without it, and the card with the term of its procedure", () => {
  const [withCard] = BIRTH_VERSIONS_WITH_CARD;
  expect(withCard).toMatchObject({ version: 4, regime: "C", code: "3.000722", validFrom: "2026-09-01" });
  expect(withCard?.steps.slice(0, -1)).toEqual(BIRTH_VERSIONS[2]?.steps);
  expect(withCard?.steps.at(-1)).toMatchObject({
    ...{ key: "ID_CARD", agency: "RESIDENCE", procedure: "1.014062", dependsOn: ["PERSONAL_NUMBER"], officer: true },
    term: { quantity: 7, unit: "WORKING_DAY" },
  });
});

it("a new dossier begins with the chosen steps, all of them blocked", () => {
  const state = initialState(birthDefinition("2026-11-23", withoutResidence), true);
  expect(state).toMatchObject({
    dossier: "RECEIVED",
    outcome: null,
    returnsAtOnce: true,
  });
  expect(state.steps).toHaveLength(4);
  expect(state.steps.every((step) => step.state === "BLOCKED" && step.attempts === 0)).toBe(true);
});

it("the branches that a dossier omits follow from its steps", () => {
  for (const leftOut of [[], ["residence"], ["insurance"], ["residence", "insurance"]]) {
    const keys = birthDefinition("2026-11-23", leftOut).steps.map(({ key }) => key);
    expect(branchesLeftOut(birthDefinition("2026-11-23"), keys)).toEqual(leftOut);
  }
});

it("the folders of bundles/ are the bundles of the desk", () => {
  expect(bundles).toContain(bundle);
  expect(bundles.map(({ id }) => id)).toContain("birth");
});
