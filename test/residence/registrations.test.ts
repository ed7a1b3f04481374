import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { definition } from "../../subgraphs/residence/subgraph.ts";
import { a, type ServedAgency, serveAgency } from "../health-insurance/served-agency.ts";
import { aHousehold, aStrikeOff, householdNow, related, relationsOf, residenceOfficer } from "./residence-acts.ts";

let agency: ServedAgency;
beforeAll(async () => {
  agency = await serveAgency(definition);
});
afterAll(() => agency?.stop());

const { act, done, problems } = residenceOfficer(() => agency);
const REGISTER = "registerPermanentResidence";
const ELSEWHERE = "00004";
const FAMILY = [{ relation: "HEAD" }, { relation: "HUSBAND" }, { relation: "CHILD", born: 2015 }];
const COUPLE = [{ relation: "HEAD" }, { relation: "HUSBAND" }];

const aRegistration = (more: object) => ({ ground: "Tờ khai CT01 mẫu số 2", ...more });
const NEW_ADDRESS = { line: "Số 7, đường Mẫu", commune: ELSEWHERE };

async function residencyOf(personalId: string | undefined) {
  const fields = "residency { registeredOn relationToHead household { code address { line commune { code } } } }";
  return (await agency.citizen(a("clerk"), fields, { personalId })).residency;
}

describe("a registration of permanent residence", () => {
  test("a member who joins a household of another commune leaves the former one on the same day", async () => {
    const [from, to] = [await aHousehold(agency, FAMILY), await aHousehold(agency, COUPLE, { commune: ELSEWHERE })];
    const [head, husband, child] = from.people;
    const made = await done(REGISTER, aRegistration({ household: to.code, persons: related([husband, "GUEST"]) }));
    expect(made).toMatchObject({ kind: "REGISTRATION", persons: [{ personalId: husband?.personalId }] });
    expect((await householdNow(agency, from.id)).members).toEqual(relationsOf([head, "HEAD"], [child, "CHILD"]));
    expect(await residencyOf(husband?.personalId)).toMatchObject({
      ...{ registeredOn: made.effectiveOn, relationToHead: "GUEST" },
      household: { code: to.code, address: { commune: { code: ELSEWHERE } } },
    });
    const versions = await agency.sql`
      select v.version, v.valid_from::text as day, v.household_id from residency_versions v join residencies r on r.id = v.residency_id
       where r.person_id = ${husband?.id ?? ""} order by version`;
    expect(versions).toMatchObject([
      { version: 1, household_id: from.id },
      { version: 2, household_id: to.id, day: made.effectiveOn },
    ]);
  });

  test("a whole family moves to a new household, and the former one ends", async () => {
    const { id, people } = await aHousehold(agency, FAMILY);
    const [wife, husband, child] = people;
    const persons = related([husband, "HEAD"], [wife, "WIFE"], [child, "CHILD"]);
    const made = await done(REGISTER, aRegistration({ newAddress: NEW_ADDRESS, persons }));
    expect(await householdNow(agency, id)).toMatchObject({ ended: true, members: {} });
    const there = await residencyOf(child?.personalId);
    expect(there).toMatchObject({ household: { address: { line: NEW_ADDRESS.line, commune: { code: ELSEWHERE } } } });
    expect(there.household.code).toMatch(/^00004\d{6}$/);
    expect(made.households).toHaveLength(2);
  });

  test("a head who moves alone leaves the household to a new head", async () => {
    const { id, people } = await aHousehold(agency, FAMILY);
    const [head, husband, child] = people;
    const alone = { newAddress: NEW_ADDRESS, persons: related([head, "HEAD"]) };
    expect(await problems(REGISTER, aRegistration(alone))).toEqual(["NEW_HEAD_NEEDED newHeads"]);
    const newHeads = [{ personalId: husband?.personalId, relations: related([child, "CHILD"]) }];
    await done(REGISTER, aRegistration({ ...alone, newHeads }));
    expect((await householdNow(agency, id)).members).toEqual(relationsOf([husband, "HEAD"], [child, "CHILD"]));
  });

  test("a person who was struck off is registered again, in the same chain, but not after a death", async () => {
    const [{ people }, to] = [await aHousehold(agency, FAMILY), await aHousehold(agency, COUPLE)];
    const [, husband, child] = people;
    await done("strikeOffPermanentResidence", aStrikeOff(husband?.personalId, { reason: "ABSENCE" }));
    await done(REGISTER, aRegistration({ household: to.code, persons: related([husband, "GUEST"]) }));
    expect(await residencyOf(husband?.personalId)).toMatchObject({ household: { code: to.code } });
    await done("strikeOffPermanentResidence", aStrikeOff(child?.personalId));
    expect(await problems(REGISTER, aRegistration({ household: to.code, persons: related([child, "OTHER"]) }))).toEqual(
      ["PERSON_DECEASED persons.0.personalId"],
    );
  });

  test("everything that is wrong is reported at once", async () => {
    const { code, people } = await aHousehold(agency, FAMILY);
    const [, husband, child] = people;
    const stranger = { id: "", personalId: "093180999999", fullName: "" };
    const persons = related([husband, "HEAD"], [stranger, "OTHER"], [husband, "OTHER"]);
    const newHeads = [{ personalId: child?.personalId, relations: [] }];
    expect(await problems(REGISTER, { persons, household: code, newHeads, ground: "" })).toEqual([
      "TEXT_EMPTY ground",
      "PERSON_NOT_FOUND persons.1.personalId",
      "MEMBER_NAMED_TWICE persons.2.personalId",
      "ALREADY_MEMBER persons.0.personalId",
      "RELATION_OF_HEAD persons.0.personalId",
      "NEW_HEAD_NOT_NEEDED newHeads.0",
    ]);
    const apart = {
      persons: related([husband, "OTHER"], [stranger, "CHILD"]),
      newAddress: { line: " ", commune: "99999" },
    };
    expect(await problems(REGISTER, aRegistration(apart))).toEqual([
      "TEXT_EMPTY newAddress.line",
      "COMMUNE_UNKNOWN newAddress.commune",
      "PERSON_NOT_FOUND persons.1.personalId",
    ]);
    const headless = { persons: related([husband, "OTHER"]), newAddress: NEW_ADDRESS };
    expect(await problems(REGISTER, aRegistration(headless))).toEqual(["HEAD_MISSING persons.0.personalId"]);
    const young = { persons: related([child, "HEAD"], [husband, "FATHER"]), newAddress: NEW_ADDRESS };
    expect(await problems(REGISTER, aRegistration(young))).toEqual(["HEAD_NOT_ADULT persons.0.personalId"]);
  });

  test.each([
    ["neither a household nor an address", {}, ["DESTINATION_UNCLEAR household"]],
    ["both", { household: "1", newAddress: NEW_ADDRESS }, ["DESTINATION_UNCLEAR household"]],
    ["an unknown household", { household: "1" }, ["HOUSEHOLD_UNKNOWN household"]],
    ["nobody", { persons: [], newAddress: NEW_ADDRESS }, ["MOVERS_MISSING persons"]],
  ])("a registration with %s is refused", async (_, more, expected) => {
    const { people } = await aHousehold(agency, FAMILY);
    expect(await problems(REGISTER, aRegistration({ persons: related([people[1], "HEAD"]), ...more }))).toEqual(
      expected,
    );
  });

  test("of two registrations of one person at once, one comes after the other, and the person lives in one place", async () => {
    const [from, one, other] = [
      ...[await aHousehold(agency, FAMILY), await aHousehold(agency, COUPLE), await aHousehold(agency, COUPLE)],
    ];
    const child = from?.people[2];
    const persons = related([child, "OTHER"]);
    await Promise.all([one, other].map((home) => act(REGISTER, aRegistration({ household: home?.code, persons }))));
    const homes = await Promise.all([from, one, other].map((home) => householdNow(agency, home?.id ?? "")));
    const there = homes.filter(({ members }) => (child?.personalId ?? "") in members);
    expect(there).toHaveLength(1);
    const versions = await agency.sql`
      select version from residency_versions v join residencies r on r.id = v.residency_id
       where r.person_id = ${child?.id ?? ""} order by 1`;
    expect(versions.map(({ version }) => version)).toEqual([1, 2, 3]);
  });

  test.each(["clerk", "registrar", "citizen"] as const)("a %s may not register a residence", async (role) => {
    const { people } = await aHousehold(agency, FAMILY);
    const other = residenceOfficer(
      () => agency,
      () => a(role, { personalId: people[0]?.personalId }),
    );
    const input = aRegistration({ newAddress: NEW_ADDRESS, persons: related([people[1], "HEAD"]) });
    await expect(other.act(REGISTER, input)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});
