import { afterAll, beforeAll, expect, test } from "vitest";
import { aHousehold, householdNow, related, relationsOf, type TestPerson } from "./residence-acts.ts";
import { asInput, CHECK, openResidence, part, type ResidenceWorld, service } from "./residence-database.ts";

let world: ResidenceWorld;
beforeAll(async () => {
  world = await openResidence();
});
afterAll(() => world?.close());

const FAMILY = [{ relation: "HEAD" }, { relation: "HUSBAND" }, { relation: "CHILD", born: 2015 }];
const THERE = { line: "Số 9, đường Mẫu", commune: "00004" };

function content(person: TestPerson | undefined, head: TestPerson | undefined, more: object = {}) {
  const { personalId, fullName } = person ?? {};
  return {
    ...{ person: { personalId, fullName }, newAddress: THERE, relationToHead: "GUEST", members: [], hasConsent: true },
    ...{ headName: head?.fullName, headPersonalId: head?.personalId },
    ...more,
  };
}

async function granted(of: object) {
  const incoming = part("1.004222", of);
  const delivered = await world.deliver(incoming);
  expect(delivered.state).toBe("PROCESSING");
  return world.instruct(incoming.id, { by: "officer:1", grant: { facts: {} } });
}

const checked = async (of: object) => {
  const { data } = await world.ask(service(), CHECK, { part: asInput(part("1.004222", of)) });
  return data?.checkPart;
};

test("an adult who moves to a head's household is registered there once an officer has looked", async () => {
  const [from, to] = [await aHousehold(world, FAMILY), await aHousehold(world, FAMILY, { commune: THERE.commune })];
  const [wife, husband, child] = from.people;
  expect(await checked(content(husband, to.people[0]))).toEqual({ handling: "OFFICER", problems: [] });
  const answer = await granted(content(husband, to.people[0]));
  expect(answer).toMatchObject({ state: "GRANTED", result: { type: "Residency" } });
  expect((await householdNow(world, from.id)).members).toEqual(relationsOf([wife, "HEAD"], [child, "CHILD"]));
  expect(Object.keys((await householdNow(world, to.id)).members)).toContain(husband?.personalId);
});

test("a family that moves makes a household of its own at the new address, with the members whom the request names", async () => {
  const { id, people } = await aHousehold(world, FAMILY);
  const [wife, husband, child] = people;
  const members = related([wife, "WIFE"], [child, "CHILD"]);
  const answer = await granted(content(husband, husband, { relationToHead: "HEAD", members }));
  expect(answer?.state).toBe("GRANTED");
  expect((await householdNow(world, id)).ended).toBe(true);
  const [home] = await world.sql`
    select v.household_id, h.address_line from residency_versions v join household_versions h on h.household_id = v.household_id
     where v.residency_id = ${answer?.result?.id ?? ""} order by v.version desc limit 1`;
  expect(home?.address_line).toBe(THERE.line);
  expect((await householdNow(world, home?.household_id)).members).toEqual(
    relationsOf([husband, "HEAD"], [wife, "WIFE"], [child, "CHILD"]),
  );
});

test("a head who moves alone names who heads the former household", async () => {
  const { id, people } = await aHousehold(world, FAMILY);
  const [wife, husband, child] = people;
  const alone = content(wife, wife, { relationToHead: "HEAD" });
  expect((await checked(alone)).problems).toEqual([{ code: "NEW_HEAD_NEEDED", path: ["newHeads"] }]);
  const newHeads = [{ personalId: husband?.personalId, relations: related([child, "CHILD"]) }];
  expect((await granted({ ...alone, newHeads }))?.state).toBe("GRANTED");
  expect((await householdNow(world, id)).head).toBe(husband?.personalId);
});

test("a move that no register bears out is refused with all problems at once", async () => {
  const [from, to] = [await aHousehold(world, FAMILY), await aHousehold(world, FAMILY)];
  const [, husband, child] = from.people;
  const wrong = content(husband, to.people[0], { hasConsent: false, headName: "Lê Thị Khác" });
  const stranger = { id: "", personalId: "093180999999", fullName: "" };
  const members = related([stranger, "OTHER"]);
  const of = { ...wrong, person: { ...wrong.person, fullName: "Lê Thị Khác" }, members };
  expect((await checked(of)).problems).toEqual([
    { code: "PERSON_NAME_MISMATCH", path: ["person", "fullName"] },
    { code: "CONSENT_MISSING", path: ["hasConsent"] },
    { code: "PERSON_NAME_MISMATCH", path: ["headName"] },
    { code: "ADDRESS_COMMUNE_MISMATCH", path: ["newAddress", "commune"] },
    { code: "PERSON_NOT_FOUND", path: ["members", "0", "personalId"] },
  ]);
  expect((await checked(content(husband, child))).problems).toEqual([
    { code: "HEAD_IS_NOT_HEAD", path: ["headPersonalId"] },
  ]);
  expect((await checked(content(husband, stranger))).problems).toEqual([
    { code: "PERSON_NOT_FOUND", path: ["headPersonalId"] },
  ]);
  const refused = await world.deliver(part("1.004222", wrong));
  expect(refused).toMatchObject({ state: "REFUSED", refusal: { code: "CONSENT_MISSING" } });
});
