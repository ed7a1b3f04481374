import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addDays, legalDayOf } from "../../subgraphs/_shared/reference/days.ts";
import { PERMISSIONS, ROLES } from "../../subgraphs/_shared/rights/permissions.ts";
import { readLicenceRules } from "../../subgraphs/business/configuration.ts";
import { business as businessAgency } from "../../subgraphs/business/subgraph.ts";
import { a, type ServedAgency, serveAgency } from "../health-insurance/served-agency.ts";
import { aHousehold, aLicence, aTaxCode, businessOfficer } from "./business-acts.ts";

let agency: ServedAgency;
beforeAll(async () => {
  const rules = readLicenceRules({ LICENCE_TERMS: "VIDEO_GAMES=24/40", CLOSED_LICENCE_KINDS: "TOBACCO_RETAIL" });
  agency = await serveAgency(businessAgency(rules));
});
afterAll(() => agency?.stop());

const { act, done, problems, business } = businessOfficer(() => agency);
const today = legalDayOf(new Date());
const ground = "Mẫu";
const household = () => done("registerHouseholdBusiness", aHousehold());

async function licence(number: string, fields = "kind issuer issuedOn expiresOn renewBy state", caller = a("clerk")) {
  const query = `query ($number: String!) { licence(number: $number) { ${fields} } }`;
  const { data, errors } = await agency.ask(caller, query, { number });
  if (errors) throw Object.assign(new Error(errors[0].message), { code: errors[0].extensions.code });
  return data.licence;
}

describe("the issue of a licence", () => {
  test.each<[string, string | null, string | null]>([
    ["FOOD_SAFETY", "2029-01-15", "2028-07-19"],
    ["LIQUOR_RETAIL", "2031-01-15", "2030-12-16"],
    ["VIDEO_GAMES", "2028-01-15", "2027-12-06"],
    ["WATER_EXTRACTION", "2036-01-15", "2035-12-01"],
    ["SECURITY_ORDER", null, null],
    ["KARAOKE", null, null],
  ])("a licence of the kind %s ends on %s, and its renewal is requested by %s", async (kind, expiresOn, renewBy) => {
    const input = aLicence(await household(), { kind });
    await done("issueLicence", input);
    const found = await licence(input.number);
    const { issuer, issuedOn } = input;
    expect(found).toEqual({ kind, issuer, issuedOn, expiresOn, renewBy, state: "VALID" });
  });

  test("a shorter term may be stated, also for a kind without a term", async () => {
    const input = aLicence(await household(), { kind: "SECURITY_ORDER", expiresOn: "2027-01-15" });
    await done("issueLicence", input);
    expect(await licence(input.number)).toMatchObject({ expiresOn: "2027-01-15", renewBy: "2027-01-15" });
  });

  test("all problems of a licence come at once", async () => {
    const input = aLicence(aTaxCode(), { kind: "TOBACCO_RETAIL", number: " ", issuer: "", issuedOn: "2026-02-30" });
    expect((await problems("issueLicence", { ...input, ground: "" })).sort()).toEqual([
      "BUSINESS_UNKNOWN business",
      "DATE_DOES_NOT_EXIST issuedOn",
      "LICENCE_KIND_CLOSED kind",
      "TEXT_EMPTY ground",
      "TEXT_EMPTY issuer",
      "TEXT_EMPTY number",
    ]);
  });

  test("a term that is too long, ends before it begins or begins later is a problem, and so is a number that is taken", async () => {
    const code = await household();
    const input = aLicence(code);
    await done("issueLicence", input);
    expect(await problems("issueLicence", { ...input, expiresOn: "2029-01-16" })).toEqual([
      "LICENCE_TERM_TOO_LONG expiresOn",
      "LICENCE_NUMBER_TAKEN number",
    ]);
    const early = aLicence(code, { expiresOn: "2026-01-15" });
    expect(await problems("issueLicence", early)).toEqual(["LICENCE_ENDS_BEFORE expiresOn"]);
    const later = aLicence(code, { issuedOn: addDays(today, 1) });
    expect(await problems("issueLicence", later)).toEqual(["LICENCE_ISSUED_LATER issuedOn"]);
  });

  test("a number is given once, also when two officers enter it at once", async () => {
    const inputs = await Promise.all([1, 2, 3].map(async () => aLicence(await household(), { number: "7/2026/RACE" })));
    const answers = await Promise.all(inputs.map((input) => act("issueLicence", input)));
    expect(answers.filter((answer) => answer.act)).toHaveLength(1);
    const refused = answers.filter((answer) => !answer.act).flatMap((answer) => answer.problems);
    expect(refused.map(({ code }) => code)).toEqual(["LICENCE_NUMBER_TAKEN", "LICENCE_NUMBER_TAKEN"]);
  });

  test("a suspended or ended business gets no licence", async () => {
    const code = await household();
    await done("suspendBusiness", { business: code, from: today, to: today, ground });
    expect(await problems("issueLicence", aLicence(code))).toEqual(["BUSINESS_SUSPENDED business"]);
    await done("endBusiness", { business: code, ground });
    expect(await problems("issueLicence", aLicence(code))).toEqual(["BUSINESS_ENDED business"]);
  });
});

describe("the renewal of a licence", () => {
  test("a renewal gives a new term, and the former one stays in the version before", async () => {
    const input = aLicence(await household(), { issuedOn: "2024-02-29", expiresOn: addDays(today, 20) });
    await done("issueLicence", input);
    await done("renewLicence", { number: input.number, issuedOn: today, ground });
    expect(await licence(input.number)).toMatchObject({ issuedOn: today, issuer: input.issuer, state: "VALID" });
    const versions = await agency.sql`
      select expires_on::text as until from licence_versions join licences on id = licence_id
       where number = ${input.number} order by version`;
    expect(versions[0]?.until).toBe(addDays(today, 20));
    expect(versions[1]?.until > addDays(today, 1_000)).toBe(true);
  });

  test("a licence that is over, has no term or is of a closed kind is not renewed, and the new term is longer", async () => {
    const code = await household();
    const over = aLicence(code, { issuedOn: "2024-01-01", expiresOn: addDays(today, -1) });
    const [endless, long] = [aLicence(code, { kind: "KARAOKE" }), aLicence(code)];
    for (const input of [over, endless, long]) await done("issueLicence", input);
    const renewal = (number: string, more: object = {}) => ({ number, issuedOn: today, ground, ...more });
    expect((await licence(over.number)).state).toBe("EXPIRED");
    expect(await problems("renewLicence", renewal(over.number))).toEqual(["LICENCE_EXPIRED number"]);
    expect(await problems("renewLicence", renewal(endless.number))).toEqual(["LICENCE_WITHOUT_TERM number"]);
    const shorter = renewal(long.number, { expiresOn: "2028-01-01" });
    expect(await problems("renewLicence", shorter)).toEqual(["LICENCE_NOT_LONGER expiresOn"]);
    expect(await problems("renewLicence", renewal("0/0"))).toEqual(["LICENCE_UNKNOWN number"]);
    const [closed] = await agency.sql`
      select number from live_licences join licences on id = licence_id
       where live_licences.kind = 'TOBACCO_RETAIL' and expires_on > ${today} limit 1`;
    expect(await problems("renewLicence", renewal(closed?.number))).toContain("LICENCE_KIND_CLOSED number");
  });
});

describe("the end of a licence", () => {
  test("a revoked licence stays readable and gets nothing more", async () => {
    const input = aLicence(await household());
    await done("issueLicence", input);
    await done("revokeLicence", { number: input.number, ground });
    expect((await licence(input.number)).state).toBe("REVOKED");
    for (const name of ["renewLicence", "revokeLicence"] as const) {
      const again = { number: input.number, ...(name === "renewLicence" && { issuedOn: today }), ground };
      expect(await problems(name, again)).toEqual(["LICENCE_REVOKED number"]);
    }
  });

  test("a licence ends with its business, and does not come back when the business is registered again", async () => {
    const input = aHousehold();
    const code = await done("registerHouseholdBusiness", input);
    const licensed = aLicence(code);
    await done("issueLicence", licensed);
    await done("endBusiness", { business: code, ground });
    expect((await licence(licensed.number)).state).toBe("EXPIRED");
    expect(await problems("revokeLicence", { number: licensed.number, ground })).toEqual(["BUSINESS_ENDED number"]);
    await done("registerHouseholdBusiness", input);
    expect(await business(code, "state licences { state }")).toEqual({
      ...{ state: "ACTIVE", licences: [{ state: "EXPIRED" }] },
    });
    const late = { number: licensed.number, issuedOn: today, ground };
    expect(await problems("renewLicence", late)).toEqual(["LICENCE_EXPIRED number"]);
  });
});

describe("who reads and enters licences", () => {
  test("a read of a licence records the people of its business, and an unknown number is not found", async () => {
    const input = aHousehold();
    const licensed = aLicence(await done("registerHouseholdBusiness", input));
    await done("issueLicence", licensed);
    const caller = a("clerk");
    expect((await licence(licensed.number, "business { code }", caller)).business.code).toBe(licensed.business);
    const [record] = await agency.sql`select citizens from access_log where request_id = ${caller.requestId}`;
    expect(record?.citizens).toEqual([input.people[0]?.personalId]);
    await expect(licence("0/0")).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(licence(licensed.number, "kind", a("citizen"))).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  const holders: readonly string[] = PERMISSIONS["business:license"].roles;
  test.each(ROLES.filter((role) => !holders.includes(role)))("the role %s may not enter licences", async (role) => {
    const { act: attempt } = businessOfficer(
      () => agency,
      () => a(role),
    );
    const code = role === "anonymous" ? "UNAUTHENTICATED" : "FORBIDDEN";
    await expect(attempt("issueLicence", aLicence(aTaxCode()))).rejects.toMatchObject({ code });
  });

  test.each([
    [{ LICENCE_TERMS: "ALCHEMY=1/2" }, "LICENCE_TERMS"],
    [{ LICENCE_TERMS: "VIDEO_GAMES=36/400" }, "LICENCE_TERMS"],
    [{ LICENCE_TERMS: "VIDEO_GAMES" }, "LICENCE_TERMS"],
    [{ CLOSED_LICENCE_KINDS: "ALCHEMY" }, "CLOSED_LICENCE_KINDS"],
    [{ LICENCE_REMINDER_LEAD_DAYS: "-1" }, "LICENCE_REMINDER_LEAD_DAYS"],
  ])("the rules of licences %j do not work, and the variable is named", (environment, name) => {
    expect(() => readLicenceRules(environment)).toThrow(name);
  });
});
