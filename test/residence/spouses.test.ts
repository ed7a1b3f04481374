import { afterAll, beforeAll, expect, test } from "vitest";
import { aHousehold, householdNow, type TestPerson } from "./residence-acts.ts";
import { openResidence, part, type ResidenceWorld } from "./residence-database.ts";

let world: ResidenceWorld;
beforeAll(async () => {
  world = await openResidence();
});
afterAll(() => world?.close());

const named = ({ personalId, fullName }: TestPerson) => ({ personalId, fullName });
const GRANT = { by: "officer:1", grant: { facts: {} } };

/** A delivered part by which a woman joins the household of her husband, who is a son of its head. */
async function aSpousesPart() {
  const from = await aHousehold(world, [{ relation: "HEAD" }, { relation: "CHILD" }]);
  const to = await aHousehold(world, [{ relation: "HEAD" }, { relation: "CHILD" }]);
  const [wife, husband] = [from.people[1], to.people[1]] as [TestPerson, TestPerson]; // two members were asked for
  const household = { mover: "WIFE", code: to.code, relationToHead: "DAUGHTER_IN_LAW", hasConsent: true };
  const incoming = part("1.004222", { husband: named(husband), wife: named(wife), household });
  expect((await world.deliver(incoming)).state).toBe("PROCESSING");
  return { part: incoming.id, to: to.id, wife, husband };
}

/** Resolves once a transaction of the agency's database waits for a lock. */
async function somebodyWaits() {
  for (;;) {
    const [waiting] = await world.sql`
      select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    if (waiting) return;
  }
}

test("a spouse joins the household of the other one once an officer has looked", async () => {
  const { part: id, to, wife } = await aSpousesPart();
  expect(await world.instruct(id, GRANT)).toMatchObject({ state: "GRANTED", result: { type: "Residency" } });
  expect((await householdNow(world, to)).members).toMatchObject({ [wife.personalId]: "DAUGHTER_IN_LAW" });
});

test("a grant that waits for the household sees that the other spouse has left it meanwhile, and is not applied", async () => {
  const { part: id, to, wife, husband } = await aSpousesPart();
  const granted = await world.sql.begin(async (tx) => {
    await tx`select 1 from households where id = ${to} for update`;
    await tx`
      insert into residency_versions (residency_id, version, household_id, kind, relation_to_head, registered_on, valid_from, valid_to,
                                      strike_off, recorded_by, ground)
      select residency_id, 2, household_id, kind, relation_to_head, registered_on, '2026-11-01', '2026-11-01', 'ABSENCE', 'test', 'test'
        from residency_versions v join residencies r on r.id = v.residency_id where r.person_id = ${husband.id}`;
    const waiting = world.instruct(id, GRANT);
    await somebodyWaits();
    return { waiting };
  });
  expect(await granted.waiting).toMatchObject({ state: "PROCESSING" });
  expect(Object.keys((await householdNow(world, to)).members)).not.toContain(wife.personalId);
});
