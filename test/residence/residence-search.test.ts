import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { families } from "../../subgraphs/_shared/demo/population.ts";
import { definition } from "../../subgraphs/residence/subgraph.ts";
import { a, type ServedAgency, serveAgency } from "../health-insurance/served-agency.ts";
import { aHousehold, aStrikeOff, COMMUNE, related, residenceOfficer } from "./residence-acts.ts";

let agency: ServedAgency;
beforeAll(async () => {
  agency = await serveAgency(definition);
});
afterAll(() => agency?.stop());

const { done } = residenceOfficer(() => agency);
const FAMILY = [{ relation: "HEAD" }, { relation: "HUSBAND" }, { relation: "CHILD", born: 2015 }];
const CITIZENS = `query ($filter: CitizenFilter!, $first: Int!, $after: String) {
  citizens(filter: $filter, first: $first, after: $after) {
    nodes { personalId fullName dateOfBirth } pageInfo { hasNextPage endCursor } } }`;

async function page(filter: object, first = 50, after: string | null = null, caller = a("clerk")) {
  const { data, errors } = await agency.ask(caller, CITIZENS, { filter, first, after });
  if (errors) throw Object.assign(new Error(errors[0].message), { code: errors[0].extensions.code });
  return data.citizens;
}

async function all(filter: object, size: number) {
  const nodes = [];
  for (let after: string | null = null; ; ) {
    const found = await page(filter, size, after);
    nodes.push(...found.nodes);
    if (!found.pageInfo.hasNextPage) return nodes;
    after = found.pageInfo.endCursor;
  }
}

/** Fields of a citizen, for a clerk. */
const read = (personalId: string | undefined, fields: string) => agency.citizen(a("clerk"), fields, { personalId });

describe("the search for citizens", () => {
  test("a citizen is found by number, and by words of the name without diacritics in any order", async () => {
    const { people } = await aHousehold(agency, [{ relation: "HEAD", fullName: "Đặng Thị Tìm Đúng" }]);
    const [{ personalId } = { personalId: "" }] = people;
    for (const filter of [
      { search: personalId },
      { search: "dung tim dang" },
      { search: "ĐẶNG THỊ TÌM ĐÚNG", commune: COMMUNE },
      { search: "tim dung", bornFrom: "1980", bornTo: "1980-05-06" },
    ])
      expect((await page(filter)).nodes, JSON.stringify(filter)).toMatchObject([{ personalId }]);
    for (const filter of [{ search: "dung tim khong" }, { search: "tim dung", commune: "00004" }])
      expect((await page(filter)).nodes).toEqual([]);
  });

  test("citizens born in a period come in pages of any size, each once, the oldest first", async () => {
    const filter = { bornFrom: "1990", bornTo: "1990-02-28", commune: COMMUNE };
    const once = await all(filter, 200);
    expect(once.length).toBeGreaterThan(10);
    expect(await all(filter, 3)).toEqual(once);
    const days = once.map(({ dateOfBirth }) => dateOfBirth);
    expect(days).toEqual([...days].sort());
  });

  test("a search records the citizens whom it shows", async () => {
    const personalId = families()[2]?.mother.personalId;
    const caller = a("clerk");
    await page({ search: personalId }, 5, null, caller);
    const [record] = await agency.sql`select citizens from access_log where request_id = ${caller.requestId}`;
    expect(record?.citizens).toEqual([personalId]);
  });

  test.each<[object, number, string | null]>([
    [{}, 0, null],
    [{}, 201, null],
    [{}, 5, "x"],
    [{ search: "x".repeat(201) }, 5, null],
  ])("a search with %j, a page of %i and the cursor %s is malformed", async (filter, first, after) => {
    await expect(page(filter, first, after)).rejects.toMatchObject({ code: "BAD_USER_INPUT" });
  });

  test.each(["citizen", "registrar", "portal"] as const)("a %s may not search citizens", async (role) => {
    const caller = a(role, { personalId: families()[0]?.mother.personalId });
    await expect(page({}, 5, null, caller)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("the search for households", () => {
  test("a household is found by its code, and those of a commune come in pages", async () => {
    const { id, code } = await aHousehold(agency, FAMILY);
    const one = await agency.ask(a("clerk"), `{ household(code: "${code}") { id members { relationToHead } } }`);
    expect(one.data?.household).toMatchObject({ id, members: [{ relationToHead: "HEAD" }, {}, {}] });
    const none = await agency.ask(a("clerk"), `{ household(code: "1") { id } }`);
    expect(none.errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
    const codes: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const query = `query ($after: String) { households(commune: "${COMMUNE}", first: 200, after: $after) {
        nodes { code } pageInfo { hasNextPage endCursor } } }`;
      const { data = {} } = await agency.ask(a("clerk"), query, { after });
      codes.push(...data.households.nodes.map((household: { code: string }) => household.code));
      [more, after] = [data.households.pageInfo.hasNextPage, data.households.pageInfo.endCursor];
    }
    expect(codes).toEqual([...new Set(codes)].sort());
    expect(codes.length).toBeGreaterThan(families().length);
    expect(codes).toContain(code);
  });
});

describe("history", () => {
  test("a household and a person are read as of a day, and every version has its author and ground", async () => {
    const { code, id, people } = await aHousehold(agency, FAMILY);
    const [wife, husband, child] = people;
    const newAddress = { line: "Số 5, đường Mẫu", commune: "00004" };
    const moved = await done("registerPermanentResidence", {
      ...{ newAddress, persons: related([husband, "HEAD"], [child, "CHILD"]), ground: "Tờ khai mẫu số 8" },
    });
    const fields = "isInForce head { personalId } members { relationToHead citizen { personalId } }";
    const query = `{ household(code: "${code}") { before: asOf(on: "2023-01-01") { ${fields} }
      now: asOf(on: "${moved.effectiveOn}") { ${fields} } never: asOf(on: "2001-01-01") { id }
      acts(first: 5) { nodes { kind ground households { id } } } } }`;
    const { data } = await agency.ask(a("clerk"), query);
    const { before, now, never, acts } = data?.household ?? {};
    expect([before.members.length, before.members[0].citizen.personalId]).toEqual([3, wife?.personalId]);
    expect(now).toMatchObject({ isInForce: true, members: [{ citizen: { personalId: wife?.personalId } }] });
    expect([now.members.length, never]).toEqual([1, null]);
    expect(acts.nodes).toMatchObject([{ kind: "REGISTRATION", ground: "Tờ khai mẫu số 8" }]);
    expect(acts.nodes[0].households.map((household: { id: string }) => household.id)).toContain(id);

    await done("strikeOffPermanentResidence", aStrikeOff(child?.personalId, { reason: "SETTLED_ABROAD" }));
    const history = await read(
      child?.personalId,
      `residenceHistory(first: 2) { nodes { strikeOff recordedBy ground household { address { line } } } pageInfo { hasNextPage endCursor } }
       former: residenceAsOf(on: "2023-01-01") { relationToHead household { code } } today: residenceAsOf(on: "${moved.effectiveOn}") { id }
       residenceActs(first: 1) { nodes { kind } pageInfo { hasNextPage endCursor } }`,
    );
    expect(history.residenceHistory.nodes).toMatchObject([
      { strikeOff: "SETTLED_ABROAD", recordedBy: "test:police" },
      { strikeOff: null, ground: "Tờ khai mẫu số 8", household: { address: { line: "Số 5, đường Mẫu" } } },
    ]);
    expect(history).toMatchObject({ former: { relationToHead: "CHILD", household: { code } }, today: null });
    expect(history.residenceActs).toMatchObject({ nodes: [{ kind: "STRIKE_OFF" }], pageInfo: { hasNextPage: true } });
    const { endCursor } = history.residenceHistory.pageInfo;
    const older = await read(
      child?.personalId,
      `residenceHistory(first: 5, after: "${endCursor}") { nodes { validFrom } pageInfo { hasNextPage } }
       residenceActs(first: 5, after: "${history.residenceActs.pageInfo.endCursor}") { nodes { kind } }`,
    );
    expect(older.residenceHistory).toEqual({ nodes: [{ validFrom: "2022-01-01" }], pageInfo: { hasNextPage: false } });
    expect(older.residenceActs.nodes).toEqual([{ kind: "REGISTRATION" }]);
  });

  test("a citizen reads neither the history nor the acts of the own residence", async () => {
    const { people } = await aHousehold(agency, FAMILY);
    const personalId = people[0]?.personalId;
    for (const field of [
      "residenceHistory(first: 1) { nodes { id } }",
      'residenceAsOf(on: "2026-01-01") { id }',
      "residenceActs(first: 1) { nodes { id } }",
    ])
      await expect(agency.citizen(a("citizen", { personalId }), field, { personalId })).rejects.toMatchObject({
        code: "FORBIDDEN",
      });
  });
});
