import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { families } from "../../subgraphs/_shared/demo/population.ts";
import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import { officers, permissionsOf } from "../../subgraphs/_shared/rights/permissions.ts";
import { aBirth, aNotice, aPart, caller, openRegistry, type Registry } from "./civil-status-database.ts";

const CHILD = "092226900001";
const adult = families()[0]?.mother ?? { id: "", personalId: "" };
const born = aBirth();
const MOTHER = born.mother.personalId ?? "";

let registry: Registry;
let birthId: string;
let citizenId: string;
beforeAll(async () => {
  registry = await openRegistry({ demo: true });
  const { result, facts } = await registry.deliver(aPart(born));
  [birthId, citizenId] = [result?.id ?? "", facts?.citizenId ?? ""];
  await registry.deliver(aNotice(citizenId, CHILD));
});
afterAll(() => registry.close());

const clerk = caller("clerk", { office: "31471" });
const birthOf = (by: Caller, reference: object) =>
  registry.entity(by, { __typename: "Citizen", ...reference }, "birth { number }");

describe("a birth registration", () => {
  test("a clerk reads a whole birth registration, also as the result of a dossier", async () => {
    const fields = `number registeredOn birthNotice birthOrder sex ethnicity nationality homeCommune { name }
      child { id personalId fullName dateOfBirth } placeOfBirth { facilityName commune { code } }
      mother { fullName dateOfBirth personalId citizen { personalId } } father { dateOfBirth } declarant { relation }`;
    const { entity } = await registry.entity(clerk, { __typename: "BirthRegistration", id: birthId }, fields);
    expect(entity).toMatchObject({
      number: "1/2026",
      registeredOn: "2026-11-24",
      birthOrder: 1,
      sex: "MALE",
      child: { id: citizenId, personalId: CHILD, fullName: "Phạm Minh Khôi", dateOfBirth: "2026-11-16" },
      placeOfBirth: { commune: { code: "31471" } },
      mother: { personalId: MOTHER, citizen: { personalId: MOTHER } },
      father: { dateOfBirth: "1993" },
      declarant: { relation: "MOTHER" },
    });
  });

  test("a birth registration is found by the child's id and by the personal number, and either key gives the number", async () => {
    const byId = await registry.entity(clerk, { __typename: "Citizen", id: citizenId }, "personalId birth { number }");
    const byNumber = await registry.entity(clerk, { __typename: "Citizen", personalId: CHILD }, "birth { number }");
    expect(byId.entity).toEqual({ personalId: CHILD, birth: { number: "1/2026" } });
    expect(byNumber.entity).toEqual({ birth: { number: "1/2026" } });
  });

  test("the birth is null without an error for a citizen whose birth is not registered here", async () => {
    for (const reference of [
      { id: "01934567-89ab-7def-8000-000000000000" },
      { id: "no-uuid" },
      { personalId: "001099000001" },
    ]) {
      const { entity, codes } = await registry.entity(
        clerk,
        { __typename: "Citizen", ...reference },
        "personalId birth { number }",
      );
      expect(entity).toEqual({ personalId: "personalId" in reference ? reference.personalId : null, birth: null });
      expect(codes).toEqual([]);
    }
  });

  test("a birth registration requires the permission birth:read and a caller who holds it", async () => {
    const powerless = { ...clerk, permissions: [] };
    const anonymous = { ...caller("anonymous"), permissions: [] };
    expect((await birthOf(powerless, { personalId: CHILD })).codes).toEqual(["FORBIDDEN"]);
    expect((await birthOf(anonymous, { personalId: CHILD })).codes).toEqual(["UNAUTHENTICATED"]);
    const { codes } = await registry.entity(powerless, { __typename: "BirthRegistration", id: birthId }, "number");
    expect(codes).toEqual(["FORBIDDEN"]);
  });

  test.each<[string, Caller, boolean, boolean]>([
    ["a leader sees all", caller("leader", { office: "00070" }), true, true],
    ["the registrar sees all", caller("registrar"), true, true],
    ["a portal sees what its province received", caller("portal", { province: "92" }), true, false],
    ["another province's portal sees nothing", caller("portal", { province: "01" }), false, false],
    ["a portal without a province sees nothing", caller("portal"), false, false],
    ...officers
      .filter(({ agency, role }) => agency !== "CIVIL_STATUS" && permissionsOf(role).includes("birth:read"))
      .map(({ role }): [string, Caller, boolean, boolean] => [
        `the ${role} sees what came by a dossier`,
        caller(role),
        true,
        false,
      ]),
    ["a parent sees the child's", caller("citizen", { personalId: MOTHER }), true, false],
    ["the child sees the own", caller("citizen", { personalId: CHILD }), true, false],
    ["an adult sees the own", caller("citizen", { personalId: adult.personalId }), false, true],
    ["a stranger sees nothing", caller("citizen", { personalId: "001099000001" }), false, false],
    ["a citizen without a number sees nothing", caller("citizen"), false, false],
  ])("a birth registration is limited to the rows of the caller: %s", async (_, by, newborn, grown) => {
    const seen = async (reference: object) => (await birthOf(by, reference)).entity.birth !== null;
    expect([await seen({ id: citizenId }), await seen({ personalId: CHILD })]).toEqual([newborn, newborn]);
    expect(await seen({ personalId: adult.personalId })).toBe(grown);
    const { entity } = await registry.entity(by, { __typename: "Citizen", id: citizenId }, "personalId");
    expect(entity.personalId).toBe(newborn ? CHILD : null);
  });

  test("reading a birth records the persons shown, and none where nothing was shown", async () => {
    const reader = caller("clerk", { office: "31471", subject: "clerk-7", purpose: "H13.152-261124-0001" });
    const fields = "birth { number mother { fullName } declarant { fullName } }";
    await registry.entity(reader, { __typename: "Citizen", id: citizenId }, fields);
    await registry.entity(reader, { __typename: "Citizen", personalId: "001099000001" }, fields);
    const records = await registry.sql`select * from access_log where subject = 'clerk-7'`;
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({ action: "READ", purpose: "H13.152-261124-0001", office: "31471" });
    expect(records[0]?.citizens.toSorted()).toEqual([CHILD, MOTHER, "093195000017"].toSorted());
  });

  test("the births of many citizens take one statement", async () => {
    const people = families().slice(0, 20);
    const references = people.map(({ mother }) => ({ __typename: "Citizen", personalId: mother.personalId }));
    const source =
      "query($r: [_Any!]!) { _entities(representations: $r) { ... on Citizen { birth { child { id } } } } }";
    const { data } = await registry.ask(clerk, source, { r: references });
    const ids = data._entities.map((e: { birth: { child: { id: string } } }) => e.birth.child.id);
    expect(ids).toEqual(people.map(({ mother }) => mother.id));
  });
});

describe("what the saga calls", () => {
  const part = () => ({ ...aPart(aBirth()), receivedAt: "2026-11-24T08:00:00+07:00" });

  test("the operations of the saga are closed to every caller but a service", async () => {
    const ask = (source: string) => registry.ask(caller("registrar"), source, { part: part(), id: birthId });
    expect((await ask("query($part: PartInput!) { checkPart(part: $part) { handling } }")).codes).toEqual([
      "FORBIDDEN",
    ]);
    expect((await ask("mutation($part: PartInput!) { deliverPart(part: $part) { state } }")).codes).toEqual([
      "FORBIDDEN",
    ]);
    expect((await ask("query($id: ID!) { partStatus(partId: $id) { state } }")).codes).toEqual(["FORBIDDEN"]);
    expect((await ask("mutation($id: ID!) { cancelPart(partId: $id) { state } }")).codes).toEqual(["FORBIDDEN"]);
  });

  test("a check tells in which dossier a child is already registered", async () => {
    const again = { ...aPart(born), receivedAt: "2026-11-24T08:00:00+07:00" };
    const source = `mutation($part: PartInput!) { deliverPart(part: $part) { state refusal { code legalBasis existingDossier } } }`;
    const { data } = await registry.ask(caller("service"), source, { part: again });
    expect(data.deliverPart).toMatchObject({ state: "REFUSED", refusal: { code: "CHILD_ALREADY_REGISTERED" } });
    expect(data.deliverPart.refusal.existingDossier).toMatch(/^H13\./);
  });
});
