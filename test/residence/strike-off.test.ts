import { randomUUID } from "node:crypto";
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
const STRIKE_OFF = "strikeOffPermanentResidence";
const FAMILY = [{ relation: "HEAD" }, { relation: "HUSBAND" }, { relation: "CHILD", born: 2015 }];

describe("a strike-off", () => {
  test("a member who is struck off leaves the household as it is, and has no residence any more", async () => {
    const home = await aHousehold(agency, FAMILY);
    const [head, husband, child] = home.people;
    const made = await done(STRIKE_OFF, aStrikeOff(husband?.personalId));
    expect(made).toMatchObject({
      ...{ kind: "STRIKE_OFF", recordedBy: "test:police", ground: "Trích lục khai tử mẫu số 1" },
      ...{ persons: [{ personalId: husband?.personalId }], households: [{ id: home.id }] },
    });
    expect(await householdNow(agency, home.id)).toMatchObject({
      ...{ ended: false, head: head?.personalId },
      members: relationsOf([head, "HEAD"], [child, "CHILD"]),
    });
    const read = await agency.citizen(a("clerk"), "residency { id }", { personalId: husband?.personalId });
    expect(read.residency).toBeNull();
    const [version] = await agency.sql`
      select version, strike_off, recorded_by, valid_to = valid_from as same_day from residency_versions v
        join residencies r on r.id = v.residency_id where r.person_id = ${husband?.id ?? ""} order by version desc limit 1`;
    expect(version).toEqual({ version: 2, strike_off: "DEATH", recorded_by: "test:police", same_day: true });
  });

  test("a head who is struck off hands the household over to a new head, with the relations of all others", async () => {
    const home = await aHousehold(agency, FAMILY);
    const [head, husband, child] = home.people;
    const newHead = { personalId: husband?.personalId, relations: related([child, "CHILD"]) };
    await done(STRIKE_OFF, aStrikeOff(head?.personalId, { newHead }));
    const { ended, head: last, members } = await householdNow(agency, home.id);
    expect([ended, last, members]).toEqual([
      ...[false, husband?.personalId],
      relationsOf([husband, "HEAD"], [child, "CHILD"]),
    ]);
  });

  test("a household ends with its last member", async () => {
    const home = await aHousehold(agency, [{ relation: "HEAD" }]);
    await done(STRIKE_OFF, aStrikeOff(home.people[0]?.personalId, { reason: "SETTLED_ABROAD" }));
    expect(await householdNow(agency, home.id)).toMatchObject({ ended: true, members: {} });
  });

  test("a head of a household with other members needs a new head; all that is wrong with a new head is reported at once", async () => {
    const home = await aHousehold(agency, [...FAMILY, { relation: "MOTHER" }]);
    const [head, husband, child, mother] = home.people;
    expect(await problems(STRIKE_OFF, aStrikeOff(head?.personalId))).toEqual(["NEW_HEAD_NEEDED newHead"]);
    const stranger = (await aHousehold(agency, FAMILY)).people[1];
    const relations = related([husband, "HEAD"], [husband, "FATHER"], [stranger, "OTHER"]);
    const newHead = { personalId: child?.personalId, relations };
    expect(await problems(STRIKE_OFF, aStrikeOff(head?.personalId, { newHead, ground: " " }))).toEqual([
      "TEXT_EMPTY ground",
      "HEAD_NOT_ADULT newHead.personalId",
      "RELATION_OF_HEAD newHead.relations.0.relationToHead",
      "MEMBER_NAMED_TWICE newHead.relations.1.personalId",
      "NOT_A_MEMBER newHead.relations.2.personalId",
      "RELATION_MISSING newHead.relations",
    ]);
    const gone = {
      personalId: head?.personalId,
      relations: related([husband, "HUSBAND"], [child, "CHILD"], [mother, "MOTHER"]),
    };
    expect(await problems(STRIKE_OFF, aStrikeOff(head?.personalId, { newHead: gone }))).toEqual([
      "HEAD_NOT_MEMBER newHead.personalId",
    ]);
  });

  test("children among themselves may have one of them as their head", async () => {
    const home = await aHousehold(agency, [{ relation: "HEAD" }, { relation: "CHILD", born: 2012 }]);
    const [head, child] = home.people;
    await done(STRIKE_OFF, aStrikeOff(head?.personalId, { newHead: { personalId: child?.personalId, relations: [] } }));
    expect(await householdNow(agency, home.id)).toMatchObject({ head: child?.personalId });
  });

  test("a person is struck off once, must be known, and a new head is named only where one is needed", async () => {
    const { people } = await aHousehold(agency, FAMILY);
    const [head, husband] = people;
    const newHead = { personalId: head?.personalId, relations: [] };
    expect(await problems(STRIKE_OFF, aStrikeOff(husband?.personalId, { newHead }))).toEqual([
      "NEW_HEAD_NOT_NEEDED newHead",
    ]);
    await done(STRIKE_OFF, aStrikeOff(husband?.personalId));
    expect(await problems(STRIKE_OFF, aStrikeOff(husband?.personalId))).toEqual(["NOT_RESIDENT personalId"]);
    expect(await problems(STRIKE_OFF, aStrikeOff("093180999999"))).toEqual(["PERSON_NOT_FOUND personalId"]);
    expect(await problems(STRIKE_OFF, aStrikeOff("123"))).toEqual(["PERSONAL_ID_MALFORMED personalId"]);
  });

  test("the same key acts once, and another content under it is refused", async () => {
    const { people } = await aHousehold(agency, FAMILY);
    const key = randomUUID();
    const input = aStrikeOff(people[1]?.personalId);
    const [one, other] = await Promise.all([act(STRIKE_OFF, input, key), act(STRIKE_OFF, input, key)]);
    expect(one.act?.id).toBe(other.act?.id);
    expect(await problems(STRIKE_OFF, aStrikeOff(people[2]?.personalId), key)).toEqual([
      "IDEMPOTENCY_CONFLICT idempotencyKey",
    ]);
  });

  test("an act and the persons whom it concerns are recorded in the access log", async () => {
    const { people } = await aHousehold(agency, FAMILY);
    const [head, husband, child] = people;
    const caller = a("police");
    const newHead = { personalId: husband?.personalId, relations: related([child, "CHILD"]) };
    await residenceOfficer(
      () => agency,
      () => caller,
    ).done(STRIKE_OFF, aStrikeOff(head?.personalId, { newHead }));
    const [record] = await agency.sql`
      select citizens from access_log where request_id = ${caller.requestId} and action = 'CHANGE'`;
    expect(record?.citizens.toSorted()).toEqual(people.map(({ personalId }) => personalId).sort());
  });

  test.each(["clerk", "leader", "registrar", "citizen"] as const)("a %s may not strike anybody off", async (role) => {
    const { people } = await aHousehold(agency, FAMILY);
    const other = residenceOfficer(
      () => agency,
      () => a(role, { personalId: people[0]?.personalId }),
    );
    await expect(other.act(STRIKE_OFF, aStrikeOff(people[0]?.personalId))).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});
