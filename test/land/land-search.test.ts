import { drizzle } from "drizzle-orm/postgres-js";
import { execute, parse } from "graphql";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessRecorder } from "../../subgraphs/_shared/access-log/recorder.ts";
import { families } from "../../subgraphs/_shared/demo/population.ts";
import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import { PLAIN_MODE } from "../../subgraphs/_shared/serving/serving-mode.ts";
import { buildSubgraph } from "../../subgraphs/_shared/serving/subgraph.ts";
import { landHoldings } from "../../subgraphs/land/demo-holdings.ts";
import { landLoaders } from "../../subgraphs/land/loaders.ts";
import { definition } from "../../subgraphs/land/subgraph.ts";
import { a, type ServedAgency, serveAgency } from "../health-insurance/served-agency.ts";
import { AN, aNewParcel, aRegistration, BINH, COMMUNE, landOfficer } from "./land-acts.ts";

let agency: ServedAgency;
beforeAll(async () => {
  agency = await serveAgency(definition);
});
afterAll(() => agency?.stop());

const { done, registered } = landOfficer(() => agency);

const CERTIFICATES = `query ($filter: LandCertificateFilter!, $first: Int!, $after: String) {
  landCertificates(filter: $filter, first: $first, after: $after) {
    nodes { serial issuedOn parcel { id commune { code } } holders { fullName } } pageInfo { hasNextPage endCursor } } }`;
const PARCELS = `query ($filter: LandParcelFilter!, $first: Int!, $after: String) {
  landParcels(filter: $filter, first: $first, after: $after) {
    nodes { id sheetNumber parcelNumber } pageInfo { hasNextPage endCursor } } }`;

async function page(document: string, filter: object, first = 50, after: string | null = null, caller = a("clerk")) {
  const { data, errors } = await agency.ask(caller, document, { filter, first, after });
  if (errors) throw Object.assign(new Error(errors[0].message), { code: errors[0].extensions.code });
  return data.landCertificates ?? data.landParcels;
}

async function all(document: string, filter: object, size: number) {
  const nodes = [];
  for (let after: string | null = null; ; ) {
    const found = await page(document, filter, size, after);
    nodes.push(...found.nodes);
    if (!found.pageInfo.hasNextPage) return nodes;
    after = found.pageInfo.endCursor;
  }
}

describe("the search for certificates", () => {
  test("a certificate is found by its serial, its parcel, its book number, and a holder's number or name without diacritics", async () => {
    const input = aRegistration({ holders: [{ ...AN, fullName: "Đỗ Thị Tìm Thấy" }] });
    await done("registerLand", input);
    const { code, certificate } = input.parcel;
    const filters = [
      { search: certificate.serial.replace(" ", "") },
      { search: code },
      { search: AN.personalId },
      { search: "thay do tim" },
      { search: "ĐỖ THỊ TÌM THẤY", commune: COMMUNE },
      { bookNumber: certificate.bookNumber },
    ];
    for (const filter of filters)
      expect((await page(CERTIFICATES, filter)).nodes, JSON.stringify(filter)).toMatchObject([
        { serial: certificate.serial },
      ]);
    for (const filter of [{ search: "tim do khong" }, { search: code, commune: "00004" }])
      expect((await page(CERTIFICATES, filter)).nodes).toEqual([]);
  });

  test("a former holder is not found any more", async () => {
    const fullName = "Vũ Thử Đã Bán";
    const code = await registered({ holders: [{ ...AN, fullName }] });
    await done("transferLand", {
      ...{ kind: "GIFT", parcel: code, from: [{ personalId: AN.personalId }], to: [BINH], ground: "Mẫu" },
    });
    expect((await page(CERTIFICATES, { search: fullName })).nodes).toEqual([]);
  });

  test("certificates of a period come in pages of any size, each once, the last issued first", async () => {
    const filter = { commune: COMMUNE, issuedFrom: "2025-03-01", issuedTo: "2025-04-30" };
    const once = await all(CERTIFICATES, filter, 200);
    expect(once.length).toBeGreaterThan(20);
    expect(await all(CERTIFICATES, filter, 7)).toEqual(once);
    const days = once.map(({ issuedOn }) => issuedOn);
    expect(days).toEqual([...days].sort().reverse());
    expect(days.every((day) => day >= "2025-03-01" && day <= "2025-04-30")).toBe(true);
  });

  test("a search records the holders whom it shows", async () => {
    const [family] = families();
    const number = family?.mother.personalId ?? "";
    const caller = a("clerk");
    const { nodes } = await page(CERTIFICATES, { search: number }, 5, null, caller);
    expect(nodes).toHaveLength(1);
    const [record] = await agency.sql`select citizens from access_log where request_id = ${caller.requestId}`;
    expect(record?.citizens).toContain(number);
  });

  test.each<[object, number, string | null]>([
    [{}, 0, null],
    [{}, 201, null],
    [{}, 5, "x"],
    [{ search: "x".repeat(201) }, 5, null],
  ])("a search with %j, a page of %i and the cursor %s is malformed", async (filter, first, after) => {
    await expect(page(CERTIFICATES, filter, first, after)).rejects.toMatchObject({ code: "BAD_USER_INPUT" });
  });
});

describe("the search for parcels", () => {
  test("the parcels of a commune come by sheet and number, in pages, and one is found by both", async () => {
    const once = await all(PARCELS, { commune: COMMUNE, sheetNumber: 1 }, 200);
    expect(once.length).toBeGreaterThan(20);
    expect(await all(PARCELS, { commune: COMMUNE, sheetNumber: 1 }, 9)).toEqual(once);
    const numbers = once.map(({ parcelNumber }) => parcelNumber);
    expect(numbers).toEqual([...numbers].sort((one, other) => one - other));
    const { sheetNumber, parcelNumber } = once[3];
    const { nodes } = await page(PARCELS, { commune: COMMUNE, sheetNumber, parcelNumber });
    expect(nodes).toEqual([once[3]]);
  });

  test("an ended parcel is found by its code and no more by its number", async () => {
    const input = aRegistration();
    await done("registerLand", input);
    const { code, sheetNumber, parcelNumber } = input.parcel;
    const into = [aNewParcel({ areaM2: 50 }), aNewParcel({ areaM2: 50.5 })];
    await done("splitLandParcel", { parcel: code, into, ground: "Mẫu" });
    expect((await page(PARCELS, { commune: COMMUNE, sheetNumber, parcelNumber })).nodes).toEqual([]);
    const found = await agency.ask(a("clerk"), `{ landParcel(code: "${code}") { state } }`);
    expect(found.data).toEqual({ landParcel: { state: "SPLIT" } });
    const missing = await agency.ask(a("clerk"), '{ landParcel(code: "wzzzzzzzzzzz") { state } }');
    expect(missing.errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
  });
});

describe("who searches", () => {
  test.each(["citizen", "registrar", "portal"] as const)(
    "a %s may search neither certificates nor parcels",
    async (role) => {
      const caller = a(role, { personalId: AN.personalId });
      for (const [document, filter] of [
        [CERTIFICATES, { search: AN.personalId }],
        [PARCELS, { commune: COMMUNE }],
      ] as const)
        await expect(page(document, filter, 5, null, caller)).rejects.toMatchObject({ code: "FORBIDDEN" });
    },
  );

  test("a citizen reads neither the history nor the ancestry of the own parcel", async () => {
    const { mother } = families()[0] ?? {};
    const personalId = mother?.personalId ?? "";
    for (const field of [
      "acts(first: 1) { nodes { id } }",
      "parents { id }",
      "children { id }",
      'asOf(on: "2026-01-01") { id }',
    ])
      await expect(
        agency.citizen(a("citizen", { personalId }), `landCertificates { parcel { ${field} } }`, { personalId }),
      ).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("statements", () => {
  const owners = families().flatMap((family) => {
    const land = landHoldings(family);
    return land ? land.holders.slice(0, 1).map((who) => family[who].personalId) : [];
  });
  const representations = owners.slice(0, 100).map((personalId) => ({ __typename: "Citizen", personalId }));

  async function statementsFor(fields: string): Promise<number> {
    const statements: string[] = [];
    const db = drizzle(agency.sql, { logger: { logQuery: (query) => statements.push(query) } });
    const caller: Caller = a("clerk");
    const base = { caller, db, database: agency, now: new Date(), access: accessRecorder(agency.relaxed, caller) };
    const { schema } = await buildSubgraph(definition);
    const contextValue = {
      ...{ ...base, log: pino({ level: "silent" }), mode: PLAIN_MODE, loaders: landLoaders(base) },
      procedures: { handlers: [], officer: new Set<string>() },
    };
    const source = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Citizen { ${fields} } } }`;
    const { data, errors } = await execute({
      ...{ schema, document: parse(source), contextValue },
      variableValues: { r: representations },
    });
    expect(errors).toBeUndefined();
    const found = data?._entities as { landCertificates: unknown[] }[];
    expect([found.length, found.every(({ landCertificates }) => landCertificates.length === 1)]).toEqual([100, true]);
    return statements.length;
  }

  test.each([
    ["certificates with their parcels", "serial issuedOn bookNumber parcel { areaM2 termEndsOn commune { name } }", 1],
    ["and holders", "serial holders { fullName share { numerator } }", 2],
    ["and encumbrances", "serial parcel { encumbrances { kind party } }", 2],
    ["and obligations", "serial parcel { obligations { kind amountVnd } }", 2],
    ["and ancestry", "serial parcel { parents { id } children { id } }", 3],
    [
      "and everything together",
      "holders { fullName } parcel { encumbrances { id } obligations { id } certificate { serial } }",
      5,
    ],
  ])("_entities of a hundred citizens takes one statement for each group of fields: %s", async (_, fields, count) => {
    expect(await statementsFor(`landCertificates { ${fields} }`)).toBe(count);
  });
});
