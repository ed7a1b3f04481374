import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addDays, addMonths, type LegalDay, legalDayOf } from "../../subgraphs/_shared/reference/days.ts";
import { businessLoaders } from "../../subgraphs/business/loaders.ts";
import { definition } from "../../subgraphs/business/subgraph.ts";
import { a, type ServedAgency, serveAgency } from "../health-insurance/served-agency.ts";
import { aBranch, aHousehold, anEnterprise, aPerson, aTaxCode, businessOfficer } from "./business-acts.ts";

let agency: ServedAgency;
beforeAll(async () => {
  agency = await serveAgency(definition);
});
afterAll(() => agency?.stop());

const { done, problems, business } = businessOfficer(() => agency);
const today = legalDayOf(new Date());
const tomorrow = addDays(today, 1);
const ground = "Thông báo mẫu";
const household = (more: object = {}) => done("registerHouseholdBusiness", aHousehold(more));

describe("a change of registered facts", () => {
  test("a change enters a new version, and what is left out stays", async () => {
    const code = await household();
    const before = await business(code, "addressLine commune { code } people { role }");
    await done("changeBusiness", { business: code, name: "Quán Mẫu Mới", industries: ["5610"], ground });
    expect(await business(code, "name industry changeNumber addressLine commune { code } people { role }")).toEqual({
      ...{ name: "Quán Mẫu Mới", industry: "5610", changeNumber: 1, ...before },
    });
    const versions = await agency.sql`
      select version, name from business_versions join businesses on id = business_id where code = ${code} order by 1`;
    expect(versions).toHaveLength(2);
  });

  test("a new owner gets the business, and the former one has none any more", async () => {
    const [former, heir] = [aPerson("OWNER"), aPerson("OWNER", "Lê Thử Chi")];
    const code = await household({ people: [former] });
    await done("changeBusiness", { business: code, people: [heir], ground });
    const of = async (personalId: string) =>
      (await agency.citizen(a("clerk"), "businesses { code }", { personalId })).businesses;
    expect(await of(former.personalId)).toEqual([]);
    expect(await of(heir.personalId)).toEqual([{ code }]);
  });

  test("people and lines of one version are read without those of the versions before it", async () => {
    const person = aPerson("OWNER");
    const code = await household({ people: [person], industries: ["4711", "5610"] });
    await done("changeBusiness", { business: code, people: [person, aPerson("MEMBER")], ground });
    await done("changeBusiness", { business: code, industries: ["5610"], ground });
    const queries: { text: string; values: unknown[] }[] = [];
    const db = drizzle(agency.sql, { logger: { logQuery: (text, values) => void queries.push({ text, values }) } });
    const loaders = businessLoaders({ db, caller: a("clerk") });
    const [found] = await loaders.businessesByPerson.load(person.personalId);
    if (!found) throw new Error("The owner has no business");
    queries.length = 0;
    expect(await loaders.peopleByVersion.load(found)).toHaveLength(2);
    expect(await loaders.linesByVersion.load(found)).toHaveLength(1);
    const rows = await Promise.all(queries.map(({ text, values }) => agency.sql.unsafe(text, values as string[])));
    expect(rows.map(({ length }) => length)).toEqual([2, 1]);
  });

  test("a new owner who has a household business is a problem", async () => {
    const owner = aPerson("OWNER");
    await household({ people: [owner] });
    const input = { business: await household(), people: [owner], ground };
    expect(await problems("changeBusiness", input)).toEqual(["OWNER_HAS_HOUSEHOLD_BUSINESS people.0.personalId"]);
  });

  test("an enterprise changes its form and names, which a household has not", async () => {
    const names = { form: "JOINT_STOCK", foreignName: "Sample JSC", shortName: "MẪU" };
    const enterprise = await done("registerEnterprise", anEnterprise());
    await done("changeBusiness", { business: enterprise, ...names, capitalVnd: 5_000_000_000, ground });
    expect(await business(enterprise, "form foreignName shortName")).toEqual(names);
    expect(await problems("changeBusiness", { business: await household(), ...names, ground })).toEqual([
      "NOT_OF_ENTERPRISE form",
      "NOT_OF_ENTERPRISE foreignName",
      "NOT_OF_ENTERPRISE shortName",
    ]);
  });

  test("a change of nothing is a problem, and so is one of an unknown or ended business", async () => {
    const input = aHousehold();
    const code = await done("registerHouseholdBusiness", input);
    const { name, people } = input;
    expect(await problems("changeBusiness", { business: code, name, people, ground })).toEqual([
      "NOTHING_CHANGES business",
    ]);
    expect(await problems("changeBusiness", { business: aTaxCode(), name: "", ground })).toEqual([
      "BUSINESS_UNKNOWN business",
      "TEXT_EMPTY name",
    ]);
    await done("endBusiness", { business: code, ground });
    expect(await problems("changeBusiness", { business: code, name: "Mới", ground })).toEqual([
      "BUSINESS_ENDED business",
    ]);
  });
});

describe("a suspension", () => {
  const state = async (code: string) => (await business(code, "state suspension { from to }")) as object;

  test("a suspension from today shows at once, and a resumption ends it", async () => {
    const code = await household();
    await done("suspendBusiness", { business: code, from: today, to: addDays(today, 60), ground });
    expect(await state(code)).toEqual({ state: "SUSPENDED", suspension: { from: today, to: addDays(today, 60) } });
    await done("resumeBusiness", { business: code, ground });
    expect(await state(code)).toEqual({ state: "ACTIVE", suspension: null });
    expect(await problems("resumeBusiness", { business: code, ground })).toEqual(["BUSINESS_NOT_SUSPENDED business"]);
  });

  test("a suspension begins on its first day and ends after its last one without an act", async () => {
    const code = await household();
    await done("suspendBusiness", { business: code, from: tomorrow, to: addDays(today, 2), ground });
    expect(await state(code)).toMatchObject({ state: "ACTIVE" });
    const days: [LegalDay, string][] = [
      [today, "ACTIVE"],
      [tomorrow, "SUSPENDED"],
      [addDays(today, 2), "SUSPENDED"],
      [addDays(today, 3), "ACTIVE"],
    ];
    for (const [on, expected] of days)
      expect((await business(code, `asOf(on: "${on}") { state }`)).asOf.state, on).toBe(expected);
  });

  test("a business that is or will be suspended is not suspended again, but a household may leave the end open", async () => {
    const code = await household();
    await done("suspendBusiness", { business: code, from: tomorrow, ground });
    const again = { business: code, from: today, to: today, ground };
    expect(await problems("suspendBusiness", again)).toEqual(["BUSINESS_SUSPENDED business"]);
  });

  test("an enterprise is suspended for a year at most, with a last day", async () => {
    const enterprise = await done("registerEnterprise", anEnterprise());
    const input = { business: enterprise, from: tomorrow, ground };
    expect(await problems("suspendBusiness", input)).toEqual(["SUSPENSION_END_MISSING to"]);
    const long = { ...input, to: addDays(addMonths(tomorrow, 12), 1) };
    expect(await problems("suspendBusiness", long)).toEqual(["SUSPENSION_TOO_LONG to"]);
    await done("suspendBusiness", { ...input, to: addMonths(tomorrow, 12) });
  });

  test("days that do not exist, a past beginning and an end before it are problems", async () => {
    const code = await household();
    const past = { business: code, from: addDays(today, -1), to: addDays(today, -2), ground };
    expect(await problems("suspendBusiness", past)).toEqual([
      "SUSPENSION_IN_THE_PAST from",
      "SUSPENSION_ENDS_BEFORE to",
    ]);
    const unreadable = { business: code, from: "2026-02-30", to: "soon", ground };
    expect(await problems("suspendBusiness", unreadable)).toEqual(["DATE_DOES_NOT_EXIST from", "DATE_MALFORMED to"]);
  });
});

describe("the end of a business", () => {
  test("an ended business is read by its code and no more among its owner's", async () => {
    const owner = aPerson("OWNER");
    const code = await household({ people: [owner] });
    await done("endBusiness", { business: code, ground });
    expect(await business(code, "state industry people { citizen { personalId } }")).toEqual({
      ...{ state: "ENDED", industry: "4711", people: [{ citizen: { personalId: owner.personalId } }] },
    });
    expect((await agency.citizen(a("clerk"), "businesses { code }", owner)).businesses).toEqual([]);
    expect(await problems("endBusiness", { business: code, ground })).toEqual(["BUSINESS_ENDED business"]);
  });

  test("an owner whose business has ended registers it again under the same code", async () => {
    const owner = aPerson("OWNER");
    const code = await household({ people: [owner] });
    await done("changeBusiness", { business: code, name: "Tên Mẫu Khác", ground });
    await done("endBusiness", { business: code, ground });
    expect(await household({ people: [owner], name: "Quán Mẫu Lại" })).toBe(code);
    expect(await business(code, "name state changeNumber")).toEqual({
      ...{ name: "Quán Mẫu Lại", state: "ACTIVE", changeNumber: 0 },
    });
  });

  test("an enterprise ends after its branches, and its code is never used again", async () => {
    const input = anEnterprise();
    const enterprise = await done("registerEnterprise", input);
    const branch = await done("registerBusinessBranch", aBranch(enterprise));
    expect(await problems("endBusiness", { business: enterprise, ground })).toEqual(["BRANCHES_IN_FORCE business"]);
    await done("endBusiness", { business: branch, ground });
    await done("endBusiness", { business: enterprise, ground });
    expect(await problems("registerEnterprise", { ...input, name: "Khác" })).toEqual(["BUSINESS_CODE_TAKEN code"]);
  });
});
