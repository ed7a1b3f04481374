import { drizzle } from "drizzle-orm/postgres-js";
import { execute, parse } from "graphql";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessRecorder } from "../../subgraphs/_shared/access-log/recorder.ts";
import { families, SEEDED_COMMUNES } from "../../subgraphs/_shared/demo/population.ts";
import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import { addDays, legalDayOf } from "../../subgraphs/_shared/reference/days.ts";
import { PLAIN_MODE } from "../../subgraphs/_shared/serving/serving-mode.ts";
import { buildSubgraph } from "../../subgraphs/_shared/serving/subgraph.ts";
import { shop } from "../../subgraphs/business/demo-shops.ts";
import { businessLoaders } from "../../subgraphs/business/loaders.ts";
import { definition } from "../../subgraphs/business/subgraph.ts";
import { a, type ServedAgency, serveAgency } from "../health-insurance/served-agency.ts";
import { aBranch, aHousehold, anEnterprise, aPerson, businessOfficer, COMMUNE } from "./business-acts.ts";

let agency: ServedAgency;
beforeAll(async () => {
  agency = await serveAgency(definition);
});
afterAll(() => agency?.stop());

const { done, business } = businessOfficer(() => agency);
const shops = SEEDED_COMMUNES.flatMap((commune) => families(commune)).flatMap((family) => shop(family) ?? []);
const today = legalDayOf(new Date());

const SEARCH = `query ($filter: BusinessFilter!, $first: Int!, $after: String) {
  businesses(filter: $filter, first: $first, after: $after) {
    nodes { code name registeredOn } pageInfo { hasNextPage endCursor } } }`;

async function page(filter: object, first = 50, after: string | null = null, caller = a("clerk")) {
  const { data, errors } = await agency.ask(caller, SEARCH, { filter, first, after });
  if (errors) throw Object.assign(new Error(errors[0].message), { code: errors[0].extensions.code });
  return data.businesses;
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

describe("the search for businesses", () => {
  test("a household is found by its code, its owner's or a member's number, and words of its or their names without diacritics", async () => {
    const people = [aPerson("OWNER", "Đỗ Thị Tìm Thấy"), aPerson("MEMBER", "Vũ Hiếm Gặp")];
    const code = await done("registerHouseholdBusiness", aHousehold({ name: "Tiệm Đèn Lồng Phố Cổ", people }));
    const filters = [
      { search: code },
      { search: people[1]?.personalId },
      { search: "long den co pho" },
      { search: "thay do tim" },
      { search: "VŨ HIẾM", commune: COMMUNE, kind: "HOUSEHOLD", industry: "4711", registeredFrom: today },
    ];
    for (const filter of filters) expect((await page(filter)).nodes, JSON.stringify(filter)).toMatchObject([{ code }]);
    const others = [
      { search: "long den khong" },
      { search: code, commune: "00004" },
      { search: code, industry: "1071" },
    ];
    for (const filter of [...others, { search: code, kind: "ENTERPRISE" }])
      expect((await page(filter)).nodes, JSON.stringify(filter)).toEqual([]);
  });

  test("an enterprise is found with and without the hyphen of a branch's code, and a shop by the number of its licence", async () => {
    const enterprise = await done("registerEnterprise", anEnterprise());
    const branch = await done("registerBusinessBranch", aBranch(enterprise));
    expect((await page({ search: branch.replace("-", "") })).nodes).toMatchObject([{ code: branch }]);
    const licensed = shops.find(({ licences }) => licences.length > 0);
    expect((await page({ search: licensed?.licences[0]?.number })).nodes).toMatchObject([{ code: licensed?.code }]);
  });

  test("a former name, a former owner and an ended business are not found any more", async () => {
    const [owner, heir] = [aPerson("OWNER", "Hồ Thử Đã Bán"), aPerson("OWNER")];
    const code = await done("registerHouseholdBusiness", aHousehold({ name: "Tên Xưa Mẫu", people: [owner] }));
    await done("changeBusiness", { business: code, name: "Tên Nay Mẫu", people: [heir], ground: "Mẫu" });
    for (const search of ["ten xua mau", "ho thu da ban"]) expect((await page({ search })).nodes).toEqual([]);
    expect((await page({ search: "ten nay mau" })).nodes).toMatchObject([{ code }]);
    await done("endBusiness", { business: code, ground: "Mẫu" });
    expect((await page({ search: code })).nodes).toEqual([]);
  });

  test("businesses of a period come in pages of any size, each once, the last registered first", async () => {
    const filter = { registeredFrom: "2019-01-01", registeredTo: "2020-12-31" };
    const once = await all(filter, 200);
    expect(once).toHaveLength(shops.filter(({ registeredOn }) => /^(2019|2020)/.test(registeredOn)).length);
    expect(await all(filter, 7)).toEqual(once);
    const days = once.map(({ registeredOn }) => registeredOn);
    expect(days).toEqual([...days].sort().reverse());
  });

  test("a search records the people of the businesses that it shows", async () => {
    const caller = a("clerk");
    const { nodes } = await page({ search: shops[0]?.code }, 5, null, caller);
    expect(nodes).toHaveLength(1);
    const [record] = await agency.sql`select citizens from access_log where request_id = ${caller.requestId}`;
    expect(record?.citizens).toEqual([shops[0]?.code]);
  });

  test.each<[object, number, string | null]>([
    [{}, 0, null],
    [{}, 201, null],
    [{}, 5, "x"],
    [{ search: "x".repeat(201) }, 5, null],
  ])("a search with %j, a page of %i and the cursor %s is malformed", async (filter, first, after) => {
    await expect(page(filter, first, after)).rejects.toMatchObject({ code: "BAD_USER_INPUT" });
  });

  test.each(["citizen", "registrar", "portal"] as const)("a %s may not search businesses", async (role) => {
    await expect(page({}, 5, null, a(role, { personalId: shops[0]?.code }))).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
  });

  test("a business of an unknown or unreadable code is not found", async () => {
    for (const code of ["093195900099", "x"])
      await expect(business(code, "name")).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("what the register said and who changed it", () => {
  test("a business is read as of a day, with the people and lines of that day", async () => {
    const owner = aPerson("OWNER");
    const code = await done("registerHouseholdBusiness", aHousehold({ name: "Quán Mẫu Một", people: [owner] }));
    const heir = aPerson("OWNER", "Lê Thử Chi");
    const moved = { name: "Quán Mẫu Hai", addressLine: "Số 2, ấp Mẫu", industries: ["5630"], people: [heir] };
    await done("changeBusiness", { business: code, ...moved, ground: "Mẫu" });
    const on = (day: string) =>
      business(
        code,
        `asOf(on: "${day}") {
      id on name state addressLine commune { code } suspension { from } lines { code } people { role fullName } }`,
      );
    expect((await on(addDays(today, -1))).asOf).toBeNull();
    expect((await on(today)).asOf).toMatchObject({
      ...{ id: `${code}@${today}`, on: today, name: "Quán Mẫu Hai", addressLine: "Số 2, ấp Mẫu", state: "ACTIVE" },
      ...{ lines: [{ code: "5630" }], people: [{ role: "OWNER", fullName: "Lê Thử Chi" }], suspension: null },
    });
    const [seeded] = shops;
    await done("changeBusiness", { business: seeded?.code ?? "", name: "Tên Mẫu Mới", ground: "Mẫu" });
    const { asOf } = await business(
      seeded?.code ?? "",
      `asOf(on: "${addDays(today, -1)}") { name lines { list code } }`,
    );
    const list = (seeded?.registeredOn ?? "") < "2025-11-15" ? "2018" : "2025";
    expect(asOf).toEqual({ name: seeded?.name, lines: [{ list, code: seeded?.industry }] });
  });

  test("the acts of a business come in pages, the newest first, with their grounds", async () => {
    const code = await done("registerHouseholdBusiness", aHousehold({ ground: "Giấy đề nghị số 1" }));
    await done("changeBusiness", { business: code, name: "Mới", ground: "Thông báo số 2" });
    await done("endBusiness", { business: code, ground: "Thông báo số 3" });
    const acts = (args: string) =>
      `acts(${args}) { nodes { kind ground business { name } } pageInfo { hasNextPage endCursor } }`;
    const first = (await business(code, acts("first: 2"))).acts;
    expect(first.nodes).toEqual([
      { kind: "END", ground: "Thông báo số 3", business: { name: "Mới" } },
      { kind: "CHANGE", ground: "Thông báo số 2", business: { name: "Mới" } },
    ]);
    expect(first.pageInfo.hasNextPage).toBe(true);
    const rest = (await business(code, acts(`first: 2, after: "${first.pageInfo.endCursor}"`))).acts;
    expect(rest.nodes).toMatchObject([{ kind: "REGISTRATION", ground: "Giấy đề nghị số 1" }]);
    expect(rest.pageInfo.hasNextPage).toBe(false);
  });

  test("a citizen reads neither the history nor a former state of the own business", async () => {
    const personalId = shops[1]?.code ?? "";
    for (const field of ["acts(first: 1) { nodes { id } }", 'asOf(on: "2026-01-01") { id }'])
      await expect(
        agency.citizen(a("citizen", { personalId }), `businesses { ${field} }`, { personalId }),
      ).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("statements", () => {
  const representations = shops.slice(10, 110).map(({ code }) => ({ __typename: "Citizen", personalId: code }));

  async function statementsFor(fields: string): Promise<number> {
    const statements: string[] = [];
    const db = drizzle(agency.sql, { logger: { logQuery: (query) => statements.push(query) } });
    const caller: Caller = a("clerk");
    const base = { caller, db, database: agency, now: new Date(), access: accessRecorder(agency.relaxed, caller) };
    const { schema } = await buildSubgraph(definition);
    const contextValue = {
      ...{ ...base, log: pino({ level: "silent" }), mode: PLAIN_MODE, loaders: businessLoaders(base) },
      procedures: { handlers: [], officer: new Set<string>() },
    };
    const source = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Citizen { ${fields} } } }`;
    const { data, errors } = await execute({
      ...{ schema, document: parse(source), contextValue },
      variableValues: { r: representations },
    });
    expect(errors).toBeUndefined();
    const found = data?._entities as { businesses: unknown[] }[];
    expect([found.length, found.every(({ businesses }) => businesses.length === 1)]).toEqual([100, true]);
    return statements.length;
  }

  test.each([
    ["businesses", "code name state form capitalVnd commune { name } suspension { from to }", 1],
    ["and lines", "industry lines { code list }", 2],
    ["and people", "people { role fullName }", 2],
    ["and licences", "licences { number state renewBy issuer }", 2],
    ["and branches", "branches { code }", 2],
    ["and everything together", "industry people { role } licences { number business { name } } branches { code }", 6],
  ])("_entities of a hundred citizens takes one statement for each group of fields: %s", async (_, fields, count) => {
    expect(await statementsFor(`businesses { ${fields} }`)).toBe(count);
  });
});
