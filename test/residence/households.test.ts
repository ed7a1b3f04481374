import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { definition } from "../../subgraphs/residence/subgraph.ts";
import { a, type ServedAgency, serveAgency } from "../health-insurance/served-agency.ts";
import { aHousehold, householdNow, related, relationsOf, residenceOfficer } from "./residence-acts.ts";

let agency: ServedAgency;
beforeAll(async () => {
  agency = await serveAgency(definition);
});
afterAll(() => agency?.stop());

const { done, problems } = residenceOfficer(() => agency);
const FAMILY = [{ relation: "HEAD" }, { relation: "HUSBAND" }, { relation: "CHILD", born: 2015 }];
const ground = "Tờ khai CT01 mẫu số 3";

describe("a change of head", () => {
  test("the new head and the relations of all others are entered together", async () => {
    const { id, code, people } = await aHousehold(agency, FAMILY);
    const [wife, husband, child] = people;
    const head = { personalId: husband?.personalId, relations: related([wife, "WIFE"], [child, "CHILD"]) };
    const made = await done("changeHeadOfHousehold", { household: code, head, ground });
    expect(made).toMatchObject({ kind: "HEAD_CHANGE", households: [{ id }] });
    expect(await householdNow(agency, id)).toMatchObject({
      ...{ head: husband?.personalId },
      members: relationsOf([wife, "WIFE"], [husband, "HEAD"], [child, "CHILD"]),
    });
  });

  test("a head who is no member, a child among adults and a household that is not there are refused", async () => {
    const { code, people } = await aHousehold(agency, FAMILY);
    const [wife, husband, child] = people;
    const young = { personalId: child?.personalId, relations: related([wife, "MOTHER"], [husband, "FATHER"]) };
    expect(await problems("changeHeadOfHousehold", { household: code, head: young, ground })).toEqual([
      "HEAD_NOT_ADULT head.personalId",
    ]);
    const head = { personalId: "093180999999", relations: [] };
    expect(await problems("changeHeadOfHousehold", { household: code, head, ground })).toEqual([
      "HEAD_NOT_MEMBER head.personalId",
      "RELATION_MISSING head.relations",
    ]);
    expect(await problems("changeHeadOfHousehold", { household: "1", head, ground })).toEqual([
      "HOUSEHOLD_UNKNOWN household",
    ]);
  });
});

describe("a split", () => {
  test("members who leave make a household of their own at the same address, and stay registered since the same day", async () => {
    const { id, code, people } = await aHousehold(agency, [...FAMILY, { relation: "OTHER" }]);
    const [wife, husband, child, other] = people;
    const newHousehold = { personalId: husband?.personalId, relations: related([child, "CHILD"]) };
    const made = await done("splitHousehold", { household: code, newHousehold, ground });
    expect((await householdNow(agency, id)).members).toEqual(relationsOf([wife, "HEAD"], [other, "OTHER"]));
    const fields = "residency { registeredOn household { id address { line commune { code } } } }";
    const { residency } = await agency.citizen(a("clerk"), fields, { personalId: child?.personalId });
    expect(residency).toMatchObject({
      ...{
        registeredOn: "2022-01-01",
        household: { address: { line: "Số 1, đường Mẫu", commune: { code: "31471" } } },
      },
    });
    expect(await householdNow(agency, residency.household.id)).toMatchObject({
      ...{ head: husband?.personalId, members: relationsOf([husband, "HEAD"], [child, "CHILD"]) },
    });
    expect(made.households.map(({ id }: { id: string }) => id).sort()).toEqual([id, residency.household.id].sort());
  });

  test("a head who leaves by a split is followed by a new one", async () => {
    const { id, code, people } = await aHousehold(agency, FAMILY);
    const [wife, husband, child] = people;
    const newHousehold = { personalId: wife?.personalId, relations: [] };
    expect(await problems("splitHousehold", { household: code, newHousehold, ground })).toEqual([
      "NEW_HEAD_NEEDED newHead",
    ]);
    const newHead = { personalId: husband?.personalId, relations: related([child, "CHILD"]) };
    await done("splitHousehold", { household: code, newHousehold, newHead, ground });
    expect((await householdNow(agency, id)).members).toEqual(relationsOf([husband, "HEAD"], [child, "CHILD"]));
  });

  test("a split that leaves nobody behind, or of children alone, is refused", async () => {
    const { code, people } = await aHousehold(agency, FAMILY);
    const [wife, husband, child] = people;
    const all = { personalId: husband?.personalId, relations: related([wife, "WIFE"], [child, "CHILD"]) };
    expect(await problems("splitHousehold", { household: code, newHousehold: all, ground })).toEqual([
      "SPLIT_LEAVES_NOBODY newHousehold",
    ]);
    const young = { personalId: child?.personalId, relations: [] };
    expect(await problems("splitHousehold", { household: code, newHousehold: young, ground })).toEqual([
      "SPLIT_WITHOUT_ADULT newHousehold",
    ]);
    const stranger = { personalId: "093180999999", relations: [] };
    expect(await problems("splitHousehold", { household: code, newHousehold: stranger, ground })).toEqual([
      "HEAD_NOT_MEMBER newHousehold.personalId",
    ]);
  });
});

describe("a merge", () => {
  test("the members of one household join another one of the same dwelling, and the former ends", async () => {
    const [from, into] = [await aHousehold(agency, FAMILY), await aHousehold(agency, [{ relation: "HEAD" }])];
    const [wife, husband, child] = from.people;
    const relations = related([wife, "CHILD"], [husband, "SON_IN_LAW"], [child, "GRANDCHILD"]);
    await done("mergeHouseholds", { household: from.code, into: into.code, relations, ground });
    expect(await householdNow(agency, from.id)).toMatchObject({ ended: true, members: {} });
    expect((await householdNow(agency, into.id)).members).toEqual(
      relationsOf([into.people[0], "HEAD"], [wife, "CHILD"], [husband, "SON_IN_LAW"], [child, "GRANDCHILD"]),
    );
    const again = { household: from.code, into: into.code, relations: [], ground };
    expect(await problems("mergeHouseholds", again)).toEqual(["HOUSEHOLD_ENDED household"]);
  });

  test("households of different dwellings, one household twice and missing relations are refused", async () => {
    const from = await aHousehold(agency, [{ relation: "HEAD" }, { relation: "CHILD", born: 2012 }]);
    const apart = await aHousehold(agency, [{ relation: "HEAD" }], { line: "Số 2, đường Mẫu" });
    const relations = related([from.people[0], "OTHER"]);
    expect(await problems("mergeHouseholds", { household: from.code, into: apart.code, relations, ground })).toEqual([
      "HOUSEHOLDS_APART household",
      "RELATION_MISSING relations",
    ]);
    expect(await problems("mergeHouseholds", { household: from.code, into: from.code, relations, ground })).toEqual([
      "HOUSEHOLDS_SAME into",
    ]);
  });
});

test.each(["clerk", "registrar", "citizen"] as const)("a %s may change no household", async (role) => {
  const { code, people } = await aHousehold(agency, FAMILY);
  const other = residenceOfficer(
    () => agency,
    () => a(role, { personalId: people[0]?.personalId }),
  );
  const head = { personalId: people[0]?.personalId, relations: [] };
  const inputs = [
    ["changeHeadOfHousehold", { household: code, head, ground }],
    ["splitHousehold", { household: code, newHousehold: head, ground }],
    ["mergeHouseholds", { household: code, into: code, relations: [], ground }],
  ] as const;
  for (const [name, input] of inputs) await expect(other.act(name, input)).rejects.toMatchObject({ code: "FORBIDDEN" });
});
