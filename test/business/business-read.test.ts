import { drizzle } from "drizzle-orm/postgres-js";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { families, SEEDED_COMMUNES } from "../../subgraphs/_shared/demo/population.ts";
import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import { PERMISSIONS, ROLES } from "../../subgraphs/_shared/rights/permissions.ts";
import { demoEnterprise } from "../../subgraphs/business/demo-enterprise.ts";
import { shop } from "../../subgraphs/business/demo-shops.ts";
import { businessLoaders } from "../../subgraphs/business/loaders.ts";
import { definition } from "../../subgraphs/business/subgraph.ts";
import { a, type ServedAgency, serveAgency } from "../health-insurance/served-agency.ts";

const selection =
  "businesses { code name kind industry registeredOn addressLine commune { code } licences { number kind kindName issuedOn expiresOn } }";
const shops = SEEDED_COMMUNES.flatMap((c) => families(c)).flatMap((family) => {
  const found = shop(family);
  return found ? [{ ...found, household: family.household }] : [];
});

let agency: ServedAgency;
beforeAll(async () => {
  agency = await serveAgency(definition);
});
afterAll(() => agency?.stop());

const businessesOf = async (caller: Caller, personalId: string | null) =>
  (await agency.citizen(caller, selection, { personalId })).businesses;
const grocer = shops.find(({ licences }) => licences.length === 2);
const innkeeper = shops.find(({ licences }) => licences.some(({ expiresOn }) => expiresOn === null));

describe("a citizen's businesses", () => {
  test("a citizen's businesses are those of the demo population, with their licences", async () => {
    if (!grocer) throw new Error("The population needs a grocer");
    const { code, name, industry, registeredOn, household, licences } = grocer;
    const [business] = await businessesOf(a("clerk"), code);
    expect(business).toEqual({
      code,
      name,
      kind: "HOUSEHOLD",
      industry,
      registeredOn,
      addressLine: household.addressLine,
      commune: { code: household.commune },
      licences: expect.arrayContaining(licences.map((licence) => ({ ...licence }))),
    });
  });

  test("a business licence without a term has a null expiry", async () => {
    const [business] = await businessesOf(a("clerk"), innkeeper?.code ?? "");
    expect(business.licences).toMatchObject([{ kind: "SECURITY_ORDER", expiresOn: null }]);
  });

  test("the businesses are an empty list for a citizen without one and null for a null number, without an access record", async () => {
    const caller = a("clerk");
    expect(await businessesOf(a("clerk"), "093195000098")).toEqual([]);
    expect(await businessesOf(caller, null)).toBeNull();
    expect(await agency.sql`select 1 from access_log where request_id = ${caller.requestId}`).toHaveLength(0);
  });

  test("a citizen's businesses follow the current owner and term, and former versions are kept", async () => {
    const [sold] = shops.slice(-1);
    const [before, after] = [sold?.code ?? "", "093195000097"];
    await agency.sql`
      with entered as (
        insert into business_versions (business_id, version, valid_from, recorded_by, ground, name, kind, commune_list,
               commune_code, address_line, registered_on, people_count, line_count)
        select business_id, 2, '2026-11-01', 'test', 'test', name, kind, commune_list, commune_code, address_line,
               registered_on, 1, 1
          from business_versions join businesses on id = business_id where code = ${before} returning business_id as id),
      people as (
        insert into business_people (business_id, version, role, personal_id) select id, 2, 'OWNER', ${after} from entered)
      insert into business_lines (business_id, version, place, list, code) select id, 2, 1, '2025', '4711' from entered`;
    expect(await businessesOf(a("business-officer"), before)).toEqual([]);
    expect(await businessesOf(a("business-officer"), after)).toMatchObject([{ code: before, kind: "HOUSEHOLD" }]);
  });

  test("the businesses and licences of a hundred citizens take two statements", async () => {
    let statements = 0;
    const db = drizzle(agency.sql, { logger: { logQuery: () => void statements++ } });
    const loaders = businessLoaders({ db, caller: a("clerk") });
    const found = await Promise.all(shops.slice(0, 100).map(({ code }) => loaders.businessesByPerson.load(code)));
    const ids = found.flatMap((list) => (list ?? []).map(({ id }) => id));
    const licences = await Promise.all(ids.map((id) => loaders.licencesByBusiness.load(id)));
    expect([ids.length, statements]).toEqual([100, 2]);
    expect(licences.flat()).toHaveLength(shops.slice(0, 100).flatMap((each) => each.licences).length);
  });

  test("reading a citizen's businesses records the reader and the fields", async () => {
    const caller = a("leader", { purpose: "H13.152-261123-0001" });
    await agency.citizen(caller, "businesses { name licences { number } }", { personalId: grocer?.code });
    const records = await agency.sql`
      select role, purpose, citizens, fields from access_log where request_id = ${caller.requestId}`;
    expect([...records]).toEqual([
      {
        role: "leader",
        purpose: "H13.152-261123-0001",
        citizens: [grocer?.code],
        fields: ["Business.name", "Licence.number"],
      },
    ]);
  });
});

describe("who sees a citizen's businesses", () => {
  const owner = grocer?.code ?? "";
  test.each<[string, Caller, number | string]>([
    ["the owner", a("citizen", { personalId: owner }), 1],
    ["not another citizen", a("citizen", { personalId: "093195000099" }), "NOT_FOUND"],
    ["not a citizen whose token has no personal number", a("citizen"), "NOT_FOUND"],
    ["a clerk", a("clerk"), 1],
    ["the business officer", a("business-officer"), 1],
  ])("the businesses of a citizen are shown to the right callers: %s", async (_, caller, count) => {
    const reading = businessesOf(caller, owner);
    expect(
      await reading.then(
        ({ length }) => length,
        ({ code }) => code,
      ),
    ).toBe(count);
  });

  const holders: readonly string[] = PERMISSIONS["business:read"].roles;
  test.each(ROLES.filter((role) => !holders.includes(role)))(
    "the role %s may not read a citizen's businesses",
    async (role) => {
      const code = role === "anonymous" ? "UNAUTHENTICATED" : "FORBIDDEN";
      await expect(businessesOf(a(role), owner)).rejects.toMatchObject({ code });
    },
  );

  test("a clerk whose scope lacks business:read may not read a citizen's businesses", async () => {
    await expect(businessesOf(a("clerk", { permissions: ["land:read"] }), owner)).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
  });
});

describe("the register", () => {
  test("the business register holds every shop and licence of the demo population and is seeded once", async () => {
    await agency.prepareAgain();
    const [found] = await agency.sql`
      select (select count(*)::int from businesses) as businesses, (select count(*)::int from licences) as licences`;
    expect(found).toEqual({
      businesses: shops.length + demoEnterprise().length,
      licences: shops.flatMap((each) => each.licences).length,
    });
  });

  test.each(["businesses", "business_versions", "business_people", "business_lines", "licences", "licence_versions"])(
    "the business table %s is append-only",
    async (table) => {
      for (const change of [`delete from ${table}`, `truncate ${table} cascade`])
        await expect(agency.sql.unsafe(change)).rejects.toThrow("is append-only");
      const column = /^(businesses|licences)$/.test(table) ? "id" : "version";
      await expect(agency.sql.unsafe(`update ${table} set ${column} = ${column}`)).rejects.toThrow("is append-only");
    },
  );

  test.each(["0100233488", "0312687878-001", "01R8017431", "0100112437"])(
    "the business register accepts the code %s",
    async (code) => {
      const entered = await agency.sql`insert into businesses (id, code) values (${uuidv7()}, ${code}) returning code`;
      expect([...entered]).toEqual([{ code }]);
    },
  );

  test.each([
    ["0100233480", "businesses_code_check_digit"],
    ["0312687877-001", "businesses_code_check_digit"],
    ["0000000000", "businesses_code"],
    ["0100000006", "businesses_code"],
    ["0100233488-000", "businesses_code"],
    ["0312687878001x", "businesses_code"],
    [grocer?.code ?? "", "businesses_code_unique"],
  ])("the business register refuses the code %s by %s", async (code, constraint_name) => {
    const enter = agency.sql`insert into businesses (id, code) values (${uuidv7()}, ${code})`;
    await expect(enter).rejects.toMatchObject({ constraint_name });
  });

  test("the business register refuses a licence that ends before it begins, of an unknown kind, or with another's number", async () => {
    const licence = (number: string, kind: string) =>
      agency.sql`insert into licences (id, number, business_id, kind) select ${uuidv7()}, ${number}, id, ${kind} from businesses limit 1`;
    await expect(licence("1/2026", "ALCHEMY")).rejects.toMatchObject({ constraint_name: "licences_kind" });
    const taken = grocer?.licences[0]?.number ?? "";
    await expect(licence(taken, "FOOD_SAFETY")).rejects.toMatchObject({ constraint_name: "licences_number_unique" });
    const ended = agency.sql`
      insert into licence_versions (licence_id, version, valid_from, recorded_by, ground, issued_on, expires_on, renew_by)
      select id, 9, '2026-01-01', 'test', 'test', '2026-01-01', '2025-12-31', '2025-12-01' from licences limit 1`;
    await expect(ended).rejects.toMatchObject({ constraint_name: "licence_versions_term" });
  });
});
