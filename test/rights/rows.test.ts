import { beforeAll, describe, expect, test } from "vitest";
import { officers } from "../../subgraphs/_shared/rights/permissions.ts";
import { aBirthRequest, aFamily, dossierThatIs, readDossier, submit } from "../given.ts";
import { bearer, citizen } from "../kit/ask-agency.ts";
import { birthDefinition } from "../one-stop/birth-definition.ts";
import { type Answer, clerk, contract, type Persona, sharedWorld } from "../world.ts";

const world = sharedWorld();
const family = aFamily();
const request = aBirthRequest(family);
const [mother, father] = [citizen(family.mother.personalId), citizen(family.father.personalId)];
const stranger = citizen(aFamily().mother.personalId);
const elsewhere = { persona: "clerk", commune: "31135" };

let code: string;
let childId: string;
beforeAll(async () => {
  const { data } = await submit(world.current, request);
  code = data.submitBirthBundle.dossier.code;
  const { parts } = await dossierThatIs(world.current, code, ({ outcome }) => outcome === "GRANTED");
  childId = parts[0].result.child.personalId;
});

/** Well-formed code of no dossier. */
const nobodys = (like: string) => like.replace(/\d{4}$/, "9876");

/** Response without the values that differ between any two requests. */
function bare({ data, errors, status }: Answer, named: string) {
  return JSON.parse(JSON.stringify({ data, errors, status }).replaceAll(named, "NAMED"), (key, value) =>
    key === "requestId" ? undefined : value,
  );
}

async function expectHidden(who: Persona, dossier: string) {
  const [hidden, absent] = [
    await readDossier(world.current, dossier, who),
    await readDossier(world.current, nobodys(dossier), who),
  ];
  expect(hidden).toMatchObject({ data: { dossier: null }, errors: [{ extensions: { code: "NOT_FOUND" } }] });
  expect(bare(hidden, dossier)).toEqual(bare(absent, nobodys(dossier)));
}

async function listed(who: Persona): Promise<{ totalCount: number; codes: string[] }> {
  const { data, errors } = await world.current.ask(who, contract("dossiers"), { first: 200 });
  expect(errors).toBeUndefined();
  const { totalCount, nodes } = data.dossiers;
  return { totalCount, codes: nodes.map((node: { code: string }) => node.code) };
}

/** Roles of the officers whose agency decides a part of the birth bundle, or of all other officers. */
function officersOf(decide: boolean): string[] {
  const deciding = new Set(birthDefinition("2026-11-23").steps.map(({ agency }) => agency));
  return officers.filter(({ agency }) => deciding.has(agency) === decide).map(({ role }) => role);
}

const outsiders: [string, Persona][] = [
  ["a clerk of another commune", elsewhere],
  ["a leader of another commune", { persona: "leader", commune: "31135" }],
  ["a leader of another province", bearer("leader", { province: "01" })],
  ["a portal of another province", { persona: "portal", commune: "00004" }],
  ["another citizen", stranger],
  ...officersOf(false).map((role): [string, Persona] => [`the ${role}, whom it did not reach`, { persona: role }]),
];

const insiders: [string, Persona][] = [
  ["the clerk", clerk],
  ["the leader", { persona: "leader" }],
  ["a leader of the province, without an office", bearer("leader", { province: "92" })],
  ["the portal of the province", { persona: "portal" }],
  ...officersOf(true).map((role): [string, Persona] => [`the ${role}`, { persona: role }]),
  ["the mother", mother],
  ["the father", father],
];

describe("a dossier", () => {
  test.each(outsiders)("a dossier does not exist for %s", async (_, who) => {
    await expectHidden(who, code);
    expect(await listed(who)).toEqual({ totalCount: 0, codes: [] });
  });

  test.each(insiders)("%s reads a dossier by the contract's document without an error", async (_, who) => {
    const { data, errors } = await readDossier(world.current, code, who);
    expect(errors).toBeUndefined();
    const results = data.dossier.parts.map((part: { result: object }) => part.result);
    expect(results).toMatchObject([
      { number: expect.any(String), child: { personalId: childId, fullName: request.child.fullName } },
      { relationToHead: "CHILD", household: { head: { personalId: family.father.personalId } } },
      { number: expect.stringMatching(/^TE1/), facility: { code: "93012" } },
    ]);
    expect(await listed(who)).toEqual({ totalCount: 1, codes: [code] });
  });

  test("a leader can read but not submit a dossier", async () => {
    const { errors } = await submit(world.current, aBirthRequest(), { who: { persona: "leader" } });
    expect(errors).toMatchObject([{ extensions: { code: "FORBIDDEN", scopes: [["bundle:submit"]] } }]);
  });

  test("an agency's officer sees only dossiers with a part sent to that agency", async () => {
    const [insurer, registrar] = [{ persona: "insurer" }, { persona: "registrar" }];
    world.current.demo.setFaultMode("CIVIL_STATUS", "DOWN");
    const { data } = await submit(world.current, aBirthRequest(), { waitMs: 0 });
    const waiting = data.submitBirthBundle.dossier.code;
    await dossierThatIs(world.current, waiting, ({ parts }) => parts[0].delivery.attempts > 0);
    await expectHidden(insurer, waiting);
    expect((await listed(insurer)).codes).not.toContain(waiting);
    expect((await listed(registrar)).codes).toContain(waiting);
    world.current.demo.setFaultMode("CIVIL_STATUS", "UP");
    await dossierThatIs(world.current, waiting, ({ outcome }) => outcome === "GRANTED");
    expect((await readDossier(world.current, waiting, insurer)).errors).toBeUndefined();
    expect(await listed(insurer)).toMatchObject({ totalCount: 2 });
  });

  test("the existing dossier of the same child is named only to callers who may see it", async () => {
    const again = { ...request, child: { ...request.child, fullName: "Phạm Minh Khang" } };
    const mine = await submit(world.current, again);
    const theirs = await submit(world.current, { ...again, office: elsewhere.commune }, { who: elsewhere });
    const named = ({ data }: Answer) =>
      data.submitBirthBundle.problems.map((each: { existingDossier: unknown }) => each.existingDossier);
    expect(named(mine)).toContainEqual({ code });
    expect(named(theirs).length).toBeGreaterThan(0);
    expect(JSON.stringify(theirs)).not.toContain(code);
  });
});

/** Places of a response that are out of reach: their error is NOT_FOUND. */
function outOfReach({ errors = [] }: Answer): string[] {
  expect(errors.filter(({ extensions }) => extensions.code !== "NOT_FOUND")).toEqual([]);
  return errors.map(({ path = [] }) => path.join(".")).sort();
}

/** Places of null in a response. */
function nullsOf(value: unknown, path: string[] = []): string[] {
  if (value === null) return [path.join(".")];
  if (typeof value !== "object") return [];
  return Object.entries(value)
    .flatMap(([name, inner]) => nullsOf(inner, [...path, name]))
    .sort();
}

describe("a citizen", () => {
  const fetched = (who: Persona, personalId: string) => world.current.ask(who, contract("citizen"), { personalId });
  const unknown = "092226099999";

  test.each(outsiders.slice(3))("a citizen does not exist for %s", async (_, who) => {
    const [hidden, absent] = [await fetched(who, childId), await fetched(who, unknown)];
    expect(hidden).toMatchObject({ data: { citizen: null }, errors: [{ extensions: { code: "NOT_FOUND" } }] });
    expect(bare(hidden, childId)).toEqual(bare(absent, unknown));
  });

  test("an unknown citizen is NOT_FOUND for a clerk, who may see any citizen", async () => {
    expect((await fetched(elsewhere, childId)).data.citizen).toMatchObject({ fullName: request.child.fullName });
    expect((await fetched(clerk, unknown)).errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
  });

  test.each([
    ["mother", mother],
    ["father", father],
  ])("the %s sees the birth, the residence and the card of the own child", async (_, parent) => {
    const answer = await fetched(parent, childId);
    const { data } = answer;
    expect(outOfReach(answer)).toEqual(["citizen.businesses", "citizen.landCertificates"]);
    expect(data.citizen).toMatchObject({
      personalId: childId,
      fullName: request.child.fullName,
      dateOfBirth: request.child.dateOfBirth,
      birth: { number: expect.any(String), mother: { fullName: family.mother.fullName } },
      residency: { relationToHead: "CHILD", household: { address: { commune: { code: "31471" } } } },
      healthInsuranceCard: { number: expect.stringMatching(/^TE1/) },
      dossiers: { nodes: [{ code }] },
      landCertificates: null,
      businesses: null,
    });
  });

  const HOUSEMATES = `query ($personalId: PersonalId!) { citizen(personalId: $personalId) {
    landCertificates { serial } businesses { code } healthInsuranceCard { number }
    residency { household { members { relationToHead citizen {
      personalId fullName ethnicity landCertificates { serial } businesses { code } healthInsuranceCard { number }
      birth { number } residency { registeredOn } dossiers(first: 5) { nodes { code } } } } } } } }`;

  test("a citizen sees the own land, businesses and card, and only the name of a housemate", async () => {
    const answer = await world.current.ask(mother, HOUSEMATES, { personalId: family.mother.personalId });
    const { data } = answer;
    expect(outOfReach(answer)).toEqual(nullsOf(data)); // she has land, businesses, a card and a home, or may learn that not
    const { landCertificates, businesses, healthInsuranceCard, residency } = data.citizen;
    expect([landCertificates, businesses].every(Array.isArray)).toBe(true);
    expect(healthInsuranceCard).toMatchObject({ number: expect.any(String) });
    const [husband] = residency.household.members;
    expect(husband.citizen).toEqual({
      personalId: family.father.personalId,
      fullName: family.father.fullName,
      ethnicity: null,
      landCertificates: null,
      businesses: null,
      healthInsuranceCard: null,
      birth: null,
      residency: null,
      dossiers: { nodes: [{ code }] }, // of which both are parties
    });
    const child = residency.household.members.find((m: { relationToHead: string }) => m.relationToHead === "CHILD");
    expect(child.citizen).toMatchObject({ personalId: childId, birth: {}, healthInsuranceCard: {}, residency: {} });
  });

  test("a portal sees of a household only the member whom its dossier registered", async () => {
    const MEMBERS = `query ($personalId: PersonalId!) { citizen(personalId: $personalId) {
      residency { household { members { relationToHead citizen { personalId } } } } } }`;
    const { data, errors } = await world.current.ask({ persona: "portal" }, MEMBERS, { personalId: childId });
    expect(errors).toBeUndefined();
    expect(data.citizen.residency.household.members).toEqual([
      { relationToHead: "CHILD", citizen: { personalId: childId } },
    ]);
    const ofMother = await world.current.ask({ persona: "portal" }, MEMBERS, { personalId: family.mother.personalId });
    expect(ofMother.data.citizen).toEqual({ residency: null });
    expect(outOfReach(ofMother)).toEqual(["citizen.residency"]);
  });

  test("a citizen whose token names nobody sees nobody", async () => {
    const { errors } = await fetched(bearer("citizen", {}), childId);
    expect(errors).toMatchObject([{ extensions: { code: "UNAUTHENTICATED" } }]);
  });
});
