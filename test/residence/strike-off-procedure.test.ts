import { afterAll, beforeAll, expect, test } from "vitest";
import { aHousehold, related, type TestPerson } from "./residence-acts.ts";
import { asInput, CHECK, openResidence, part, type ResidenceWorld, service } from "./residence-database.ts";

let world: ResidenceWorld;
beforeAll(async () => {
  world = await openResidence();
});
afterAll(() => world?.close());

const REGISTERED = { deathRegistration: { number: "12/2026" } };

function content(person: TestPerson | undefined, more: object = {}) {
  const { personalId, fullName } = person ?? {};
  return { person: { personalId, fullName }, reason: "DEAD", from: "2026-11-20", ...more };
}

async function lastVersion(person: TestPerson | undefined) {
  const [version] = await world.sql`
    select v.strike_off, v.ground, v.recorded_by from residency_versions v join residencies r on r.id = v.residency_id
     where r.person_id = ${person?.id ?? ""} order by version desc limit 1`;
  return version;
}

test("a death that civil status has registered strikes the person off without an officer", async () => {
  const { people } = await aHousehold(world, [{ relation: "HEAD" }, { relation: "FATHER", born: 1950 }]);
  const incoming = part("1.003197", content(people[1], REGISTERED));
  const answer = await world.deliver(incoming);
  expect(answer).toMatchObject({ state: "GRANTED", result: { type: "Residency" } });
  expect(await lastVersion(people[1])).toEqual({
    ...{ strike_off: "DEATH", ground: incoming.dossier, recorded_by: "service:one-stop" },
  });
  expect(await world.deliver(incoming)).toMatchObject({ state: "GRANTED", result: answer.result });
});

test("a head who has died leaves the household to the new head whom the request names", async () => {
  const { id, people } = await aHousehold(world, [
    { relation: "HEAD" },
    { relation: "HUSBAND" },
    { relation: "CHILD" },
  ]);
  const [head, husband, child] = people;
  const lone = await world.ask(service(), CHECK, { part: asInput(part("1.003197", content(head, REGISTERED))) });
  expect(lone.data?.checkPart).toEqual({
    handling: "AUTOMATIC",
    problems: [{ code: "NEW_HEAD_NEEDED", path: ["newHead"] }],
  });
  const newHead = { personalId: husband?.personalId, relations: related([child, "CHILD"]) };
  const answer = await world.deliver(part("1.003197", content(head, { ...REGISTERED, newHead })));
  expect(answer.state).toBe("GRANTED");
  const [home] = await world.sql`
    select head_person_id from household_versions where household_id = ${id} order by version desc limit 1`;
  expect(home?.head_person_id).toBe(husband?.id);
});

test.each(["DEAD", "ABROAD", "MOVED", "CITIZENSHIP", "DWELLING"])(
  "a strike-off for the reason %s that nothing proves waits for an officer, whose grant changes the register",
  async (reason) => {
    const { people } = await aHousehold(world, [{ relation: "HEAD" }, { relation: "SON_IN_LAW" }]);
    const incoming = part("1.003197", content(people[1], { reason }));
    expect((await world.deliver(incoming)).state).toBe("PROCESSING");
    expect((await lastVersion(people[1]))?.strike_off).toBeNull();
    const granted = await world.instruct(incoming.id, { by: "officer:1", grant: { facts: {} } });
    expect(granted?.state).toBe("GRANTED");
    expect(await lastVersion(people[1])).toMatchObject({ recorded_by: "officer:1", ground: incoming.dossier });
  },
);

test("a strike-off of another name, of a stranger and before its day is refused with all problems at once", async () => {
  const { people } = await aHousehold(world, [{ relation: "HEAD" }, { relation: "OTHER" }]);
  const wrong = { ...content(people[1], REGISTERED), from: "2026-11-25" };
  const renamed = { ...wrong, person: { ...wrong.person, fullName: "Lê Thị Khác" } };
  const checked = await world.ask(service(), CHECK, { part: asInput(part("1.003197", renamed)) });
  expect(checked.data?.checkPart.problems).toEqual([
    { code: "PERSON_NAME_MISMATCH", path: ["person", "fullName"] },
    { code: "DAY_IN_FUTURE", path: ["from"] },
  ]);
  const stranger = { id: "", personalId: "093180999999", fullName: "Lê Thị Lạ" };
  const refused = await world.deliver(part("1.003197", content(stranger, REGISTERED)));
  expect(refused).toMatchObject({ state: "REFUSED", refusal: { code: "PERSON_NOT_FOUND" } });
  expect(refused.refusal?.legalBasis).toContain("Điều 24");
});
