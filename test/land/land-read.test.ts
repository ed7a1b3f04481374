import { drizzle } from "drizzle-orm/postgres-js";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { families, SEEDED_COMMUNES } from "../../subgraphs/_shared/demo/population.ts";
import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import { parseLandCertificateSerial } from "../../subgraphs/_shared/reference/identifiers/land-certificate.ts";
import { PERMISSIONS, ROLES } from "../../subgraphs/_shared/rights/permissions.ts";
import { landHoldings } from "../../subgraphs/land/demo-holdings.ts";
import { landLoaders } from "../../subgraphs/land/loaders.ts";
import { definition } from "../../subgraphs/land/subgraph.ts";
import { a, type ServedAgency, serveAgency } from "../health-insurance/served-agency.ts";

const selection =
  "landCertificates { serial issuedOn parcel { id areaM2 commune { code } sheetNumber parcelNumber purpose } }";
const lands = SEEDED_COMMUNES.flatMap((c) => families(c)).flatMap((family) => {
  const land = landHoldings(family);
  return land ? [{ ...land, owners: land.holders.map((who) => family[who].personalId) }] : [];
});
const shared = lands.find(({ owners }) => owners.length === 2);
const [wife = "", husband = ""] = shared?.owners ?? [];

let agency: ServedAgency;
beforeAll(async () => {
  agency = await serveAgency(definition);
});
afterAll(() => agency?.stop());

const certificatesOf = async (caller: Caller, personalId: string | null) =>
  (await agency.citizen(caller, selection, { personalId })).landCertificates;

describe("a citizen's land certificates", () => {
  test("a citizen's land certificates are those of the demo population, the same for both holders, with the serial as printed", async () => {
    if (!shared) throw new Error("The population needs land that a couple holds");
    const { parcelId, areaM2, commune, sheetNo, parcelNo, purpose, issuedOn, certificateSerial } = shared;
    const found = await certificatesOf(a("clerk"), wife);
    expect(found).toEqual([
      {
        serial: certificateSerial.replace(/^../, "$& "),
        issuedOn,
        parcel: {
          id: parcelId,
          areaM2,
          commune: { code: commune },
          sheetNumber: sheetNo,
          parcelNumber: parcelNo,
          purpose,
        },
      },
    ]);
    expect(parseLandCertificateSerial(found[0].serial)).toMatchObject({ ok: true, value: found[0].serial });
    expect(await certificatesOf(a("clerk"), husband)).toEqual(found);
  });

  test("the land certificates are an empty list for a citizen without one and null for a null number, without an access record", async () => {
    const caller = a("clerk");
    expect(await certificatesOf(a("clerk"), "093195000098")).toEqual([]);
    expect(await certificatesOf(caller, null)).toBeNull();
    expect(await agency.sql`select 1 from access_log where request_id = ${caller.requestId}`).toHaveLength(0);
  });

  test("a citizen's land certificates are the current ones: a seller no longer sees them, and the parcel shows its newest measurement", async () => {
    const sold = lands.find(({ owners }) => owners.length === 1);
    const [before = "", after] = [sold?.owners[0], "093195000097"];
    const [head] = await agency.sql`
      with entered as (
        insert into certificate_versions (certificate_id, version, valid_from, recorded_by, ground, issued_on, share_total)
        select certificate_id, 2, '2026-11-01', 'test', 'test', '2026-11-01', 1
          from certificate_holders where personal_id = ${before} returning certificate_id as id)
      insert into certificate_holders (certificate_id, version, personal_id, shares) select id, 2, ${after}, 1 from entered
      returning certificate_id as id`;
    expect(head).toBeDefined();
    await agency.sql`
      insert into parcel_versions select parcel_id, 2, '2026-11-01', null, now(), 'test', 'test', commune_list, commune_code,
             sheet_no, parcel_no, 77.7, purpose from parcel_versions where parcel_id = ${sold?.parcelId ?? ""}`;
    expect(await certificatesOf(a("land-officer"), before)).toEqual([]);
    expect(await certificatesOf(a("land-officer"), after)).toMatchObject([
      { issuedOn: "2026-11-01", parcel: { id: sold?.parcelId, areaM2: 77.7 } },
    ]);
  });

  test("the land certificates of a hundred citizens take one statement", async () => {
    let statements = 0;
    const db = drizzle(agency.sql, { logger: { logQuery: () => void statements++ } });
    const { certificatesByHolder } = landLoaders({ db, caller: a("clerk") });
    const holders = lands.filter(({ owners }) => owners.length === 2).flatMap(({ owners }) => owners);
    const found = await Promise.all(holders.slice(0, 100).map((holder) => certificatesByHolder.load(holder)));
    expect([statements, found.every((list) => list?.length === 1)]).toEqual([1, true]);
  });

  test("reading a citizen's land certificates records the reader and the fields", async () => {
    const caller = a("clerk", { purpose: "H13.152-261123-0001", office: "31471" });
    await agency.citizen(caller, "landCertificates { serial parcel { areaM2 } }", { personalId: wife });
    const records = await agency.sql`
      select office, purpose, citizens, fields from access_log where request_id = ${caller.requestId}`;
    expect([...records]).toEqual([
      {
        office: "31471",
        purpose: "H13.152-261123-0001",
        citizens: [wife],
        fields: ["LandCertificate.serial", "LandParcel.areaM2"],
      },
    ]);
  });
});

describe("who sees a citizen's land certificates", () => {
  test.each<[string, Caller, number | string]>([
    ["the holder", a("citizen", { personalId: wife }), 1],
    ["not the co-holder, under the other's name", a("citizen", { personalId: husband }), "NOT_FOUND"],
    ["not a citizen whose token names nobody", a("citizen"), "NOT_FOUND"],
    ["a clerk", a("clerk"), 1],
    ["a leader", a("leader"), 1],
    ["the land officer", a("land-officer"), 1],
  ])("the land certificates of a citizen are shown to the right callers: %s", async (_, caller, count) => {
    const reading = certificatesOf(caller, wife);
    expect(
      await reading.then(
        ({ length }) => length,
        ({ code }) => code,
      ),
    ).toBe(count);
  });

  const holders: readonly string[] = PERMISSIONS["land:read"].roles;
  test.each(ROLES.filter((role) => !holders.includes(role)))(
    "the role %s may not read a citizen's land certificates",
    async (role) => {
      const code = role === "anonymous" ? "UNAUTHENTICATED" : "FORBIDDEN";
      await expect(certificatesOf(a(role), wife)).rejects.toMatchObject({ code });
    },
  );

  test("a clerk whose scope lacks land:read may not read a citizen's land certificates", async () => {
    const caller = a("clerk", { permissions: ["business:read"] });
    await expect(certificatesOf(caller, wife)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("the land register", () => {
  test("the land register holds all land of the demo population and is seeded once", async () => {
    await agency.prepareAgain();
    const [found] = await agency.sql`
      select (select count(*)::int from parcels) as parcels,
             (select count(*)::int from certificate_holders where version = 1) as holders`;
    expect(found).toEqual({ parcels: lands.length, holders: lands.flatMap(({ owners }) => owners).length });
  });

  test.each(["parcels", "parcel_versions", "certificates", "certificate_versions", "certificate_holders"])(
    "the land table %s is append-only",
    async (table) => {
      for (const change of [`delete from ${table}`, `truncate ${table} cascade`])
        await expect(agency.sql.unsafe(change)).rejects.toThrow("is append-only");
      const column = table.endsWith("s") && !/versions|holders/.test(table) ? "id" : "version";
      await expect(agency.sql.unsafe(`update ${table} set ${column} = ${column}`)).rejects.toThrow("is append-only");
    },
  );

  test.each([
    ["w7epxsheyyta", "parcels_id_geohash"],
    ["u4pruydqqvj8", "parcels_id_geohash"],
    [shared?.parcelId ?? "", "parcels_pkey"],
  ])("the land register refuses the parcel %s by %s", async (id, constraint_name) => {
    await expect(agency.sql`insert into parcels values (${id})`).rejects.toMatchObject({ constraint_name });
  });

  test.each([
    ["AA12345678", "certificates_serial"],
    ["AA 1234567", "certificates_serial"],
    [shared?.certificateSerial.replace(/^../, "$& ") ?? "", "certificates_serial_unique"],
  ])("the land register refuses the serial %s by %s", async (serial, constraint_name) => {
    const enter = agency.sql`insert into certificates select ${uuidv7()}, ${serial}, id from parcels limit 1`;
    await expect(enter).rejects.toMatchObject({ constraint_name });
  });

  test.each([
    ["no area", "parcel_versions_area", { area: 0, sheet: 1, purpose: "ODT", commune: "31471" }],
    ["no sheet", "parcel_versions_numbers", { area: 1, sheet: 0, purpose: "ODT", commune: "31471" }],
    ["a purpose in words", "parcel_versions_purpose", { area: 1, sheet: 1, purpose: "rice", commune: "31471" }],
    ["an unknown commune", "parcel_versions_commune", { area: 1, sheet: 1, purpose: "ODT", commune: "99999" }],
  ])("the land register refuses a parcel with %s", async (_, constraint_name, { area, sheet, purpose, commune }) => {
    const enter = agency.sql`
      insert into parcel_versions select id, 9, '2026-01-01', null, now(), 'test', 'test', '2025-07-01', ${commune},
             ${sheet}, 1, ${area}, ${purpose} from parcels limit 1`;
    await expect(enter).rejects.toMatchObject({ constraint_name });
  });
});
