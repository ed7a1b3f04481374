import { afterAll, beforeAll, expect, test } from "vitest";
import { aHousehold, householdNow, related, relationsOf, type TestPerson } from "./residence-acts.ts";
import { asInput, CHECK, openResidence, part, type ResidenceWorld, service } from "./residence-database.ts";

let world: ResidenceWorld;
beforeAll(async () => {
  world = await openResidence();
});
afterAll(() => world?.close());

const SPLIT = "1.010038";
const FAMILY = [
  ...[{ relation: "HEAD" }, { relation: "CHILD" }, { relation: "DAUGHTER_IN_LAW" }],
  ...[{ relation: "GRANDCHILD", born: 2018 }],
];

const content = ({ personalId, fullName }: TestPerson, more: object = {}) => ({
  ...{ person: { personalId, fullName }, members: [], hasConsent: true, reason: "Lập gia đình riêng" },
  ...more,
});

async function aFamily() {
  const { id, people } = await aHousehold(world, FAMILY);
  return { id, people: people as [TestPerson, TestPerson, TestPerson, TestPerson] }; // four members were asked for
}

async function problems(of: object) {
  const { data } = await world.ask(service(), CHECK, { part: asInput(part(SPLIT, of)) });
  return data?.checkPart.problems.map(
    ({ code, path }: { code: string; path: string[] }) => `${code} ${path.join(".")}`,
  );
}

test("members who split off make a household at the same address once an officer has looked, and the others stay", async () => {
  const { id, people } = await aFamily();
  const [head, child, wife, grandchild] = people;
  const members = related([wife, "WIFE"], [grandchild, "CHILD"]);
  const incoming = part(SPLIT, content(child, { members }));
  expect((await world.deliver(incoming)).state).toBe("PROCESSING");
  const answer = await world.instruct(incoming.id, { by: "officer:1", grant: { facts: {} } });
  expect(answer).toMatchObject({ state: "GRANTED", result: { type: "Residency" } });
  expect((await householdNow(world, id)).members).toEqual(relationsOf([head, "HEAD"]));
  const [made] = await world.sql`
    select v.household_id as id, v.ground from residency_versions v where v.residency_id = ${answer?.result?.id ?? ""}
     order by v.version desc limit 1`;
  expect(made?.ground).toBe(incoming.dossier);
  expect(await householdNow(world, made?.id)).toMatchObject({
    ...{ ended: false, commune: "31471" },
    members: relationsOf([child, "HEAD"], [wife, "WIFE"], [grandchild, "CHILD"]),
  });
});

test("a head who splits off names who heads those who stay", async () => {
  const { id, people } = await aFamily();
  const [head, child, wife, grandchild] = people;
  expect(await problems(content(head))).toEqual(["NEW_HEAD_NEEDED newHead"]);
  const newHead = { personalId: child.personalId, relations: related([wife, "WIFE"], [grandchild, "CHILD"]) };
  const incoming = part(SPLIT, content(head, { newHead }));
  await world.deliver(incoming);
  await world.instruct(incoming.id, { by: "officer:1", grant: { facts: {} } });
  expect((await householdNow(world, id)).head).toBe(child.personalId);
});

test("all problems of a split come at once, with their places in the form", async () => {
  const { people } = await aFamily();
  const [, child, wife, grandchild] = people;
  const stranger = { id: "", personalId: "093180999999", fullName: "Lê Thị Lạ" };
  const newHead = { personalId: wife.personalId, relations: [] };
  const of = content(grandchild, { members: related([stranger, "OTHER"]), newHead });
  expect(await problems({ ...of, person: { ...of.person, fullName: "Lê Thị Khác" } })).toEqual([
    "PERSON_NAME_MISMATCH person.fullName",
    "NOT_A_MEMBER members.0.personalId",
    "SPLIT_WITHOUT_ADULT person",
    "NEW_HEAD_NOT_NEEDED newHead",
  ]);
  expect(await problems(content(stranger))).toEqual(["PERSON_NOT_FOUND person.personalId"]);
  const lone = (await aHousehold(world, [{ relation: "HEAD" }])).people[0] ?? child;
  const refused = await world.deliver(part(SPLIT, content(lone)));
  expect(refused).toMatchObject({ state: "REFUSED", refusal: { code: "SPLIT_LEAVES_NOBODY" } });
  expect(refused.refusal?.legalBasis).toContain("Điều 25");
});

test("a split that is entered again is left to an officer where another household has its code now", async () => {
  const [, child] = (await aFamily()).people;
  const { code } = await aHousehold(world, FAMILY);
  const again = content(child, { grantedBefore: { householdCode: code, on: "2026-11-20" } });
  expect(await problems(again)).toEqual(["HOUSEHOLD_CODE_TAKEN grantedBefore.householdCode"]);
});

test("a split that is entered again is left to an officer where nobody knows the code of its household", async () => {
  const [, child] = (await aFamily()).people;
  const again = content(child, { grantedBefore: { on: "2026-11-20" } });
  expect(await problems(again)).toEqual(["HOUSEHOLD_CODE_UNKNOWN grantedBefore.householdCode"]);
});
