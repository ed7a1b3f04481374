import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { legalDayOf } from "../../subgraphs/_shared/reference/days.ts";
import { PERMISSIONS, ROLES } from "../../subgraphs/_shared/rights/permissions.ts";
import { definition } from "../../subgraphs/business/subgraph.ts";
import { a, type ServedAgency, serveAgency } from "../health-insurance/served-agency.ts";
import { aBranch, aHousehold, anEnterprise, aPerson, aTaxCode, businessOfficer, COMMUNE } from "./business-acts.ts";

let agency: ServedAgency;
beforeAll(async () => {
  agency = await serveAgency(definition);
});
afterAll(() => agency?.stop());

const { act, done, problems, business } = businessOfficer(() => agency);
const FACTS = `name foreignName shortName kind form state capitalVnd changeNumber industry lines { code list } registeredOn
  commune { code } addressLine people { role fullName citizen { personalId } } enterprise { code } branches { code }`;
const today = legalDayOf(new Date());

describe("the registration of a household business", () => {
  test("a household business has its owner's personal number as its code, and what was declared", async () => {
    const input = aHousehold({ industries: ["4711", "5610"], capitalVnd: 80_000_000, people: [aPerson("OWNER")] });
    input.people.push(aPerson("MEMBER", "Trần Mẫu Bình"));
    const [owner, member] = input.people;
    const { act: made, problems } = await act("registerHouseholdBusiness", input);
    expect(problems).toEqual([]);
    expect(made).toMatchObject({ kind: "REGISTRATION", effectiveOn: today, recordedBy: "test:business-officer" });
    expect(await business(owner?.personalId ?? "", FACTS)).toEqual({
      ...{ name: input.name, foreignName: null, shortName: null, kind: "HOUSEHOLD", form: null, state: "ACTIVE" },
      ...{ capitalVnd: 80_000_000, changeNumber: 0, industry: "4711", registeredOn: today },
      lines: [
        { code: "4711", list: "2025" },
        { code: "5610", list: "2025" },
      ],
      ...{ commune: { code: COMMUNE }, addressLine: input.addressLine, enterprise: null, branches: [] },
      people: [
        { role: "MEMBER", fullName: "Trần Mẫu Bình", citizen: { personalId: member?.personalId } },
        { role: "OWNER", fullName: "Đặng Thử Ân", citizen: { personalId: owner?.personalId } },
      ],
    });
  });

  test("all problems of a household business come at once, each with its path", async () => {
    const people = [{ role: "HEAD", personalId: "12", fullName: "" }];
    const input = aHousehold({ name: " ", commune: "99999", addressLine: "", industries: ["47", "47"], capitalVnd: 0 });
    expect((await problems("registerHouseholdBusiness", { ...input, people, ground: " " })).sort()).toEqual([
      "CAPITAL_IMPOSSIBLE capitalVnd",
      "COMMUNE_UNKNOWN commune",
      "INDUSTRY_MALFORMED industries.0",
      "INDUSTRY_MALFORMED industries.1",
      "NAMED_TWICE industries.1",
      "NAME_EMPTY people.0.fullName",
      "OWNER_NOT_ONE people",
      expect.stringMatching(/^PERSONAL_ID_\w+ people.0.personalId$/),
      "ROLE_NOT_OF_KIND people.0.role",
      "TEXT_EMPTY addressLine",
      "TEXT_EMPTY ground",
      "TEXT_EMPTY name",
    ]);
  });

  test("no line of business and a person named twice are problems, and so are too many entries", async () => {
    const member = aPerson("MEMBER");
    const input = aHousehold({ industries: [], people: [aPerson("OWNER"), member, member] });
    expect(await problems("registerHouseholdBusiness", input)).toEqual([
      "INDUSTRIES_MISSING industries",
      "NAMED_TWICE people.2.personalId",
    ]);
    const many = aHousehold({ industries: Array.from({ length: 51 }, (_, index) => String(1_000 + index)) });
    expect(await problems("registerHouseholdBusiness", many)).toEqual(["TOO_MANY_ENTRIES industries"]);
  });

  test("a person has one household business at most, also when two desks register at once", async () => {
    const owner = aPerson("OWNER");
    const register = () => act("registerHouseholdBusiness", aHousehold({ people: [aPerson("MEMBER"), owner] }));
    const answers = await Promise.all([register(), register(), register()]);
    expect(answers.filter((answer) => answer.act)).toHaveLength(1);
    const refused = answers.filter((answer) => !answer.act).flatMap((answer) => answer.problems);
    expect(refused).toMatchObject([
      { code: "OWNER_HAS_HOUSEHOLD_BUSINESS", path: ["people", "1", "personalId"] },
      { code: "OWNER_HAS_HOUSEHOLD_BUSINESS", path: ["people", "1", "personalId"] },
    ]);
  });

  test("an owner's number that has gone to another owner with the business is no free code", async () => {
    const [owner, heir] = [aPerson("OWNER"), aPerson("OWNER", "Lê Thử Chi")];
    const code = await done("registerHouseholdBusiness", aHousehold({ people: [owner] }));
    await done("changeBusiness", { business: code, people: [heir], ground: "Mẫu" });
    const again = aHousehold({ people: [owner] });
    expect(await problems("registerHouseholdBusiness", again)).toEqual(["BUSINESS_CODE_TAKEN people.0.personalId"]);
    const second = aHousehold({ people: [heir] });
    expect(await problems("registerHouseholdBusiness", second)).toEqual([
      "OWNER_HAS_HOUSEHOLD_BUSINESS people.0.personalId",
    ]);
  });
});

describe("the registration of an enterprise and its branches", () => {
  test("an enterprise has its tax code, its form and its representatives", async () => {
    const input = anEnterprise({ foreignName: "Sample Company Limited", shortName: "MẪU" });
    const code = await done("registerEnterprise", input);
    expect(code).toBe(input.code);
    expect(await business(code, FACTS)).toMatchObject({
      ...{ name: input.name, foreignName: "Sample Company Limited", shortName: "MẪU", kind: "ENTERPRISE", form: "LLC" },
      ...{ capitalVnd: 3_000_000_000, people: [{ role: "REPRESENTATIVE", fullName: "Lê Thử Chi" }] },
    });
  });

  test.each([
    ["0100233480", "TAX_CODE_CHECKSUM code"],
    ["0000000000", "TAX_CODE_NEVER_ISSUED code"],
    ["0100233488-000", "TAX_CODE_BRANCH code"],
    ["0312687878-001", "ENTERPRISE_CODE_OF_BRANCH code"],
    ["01R8017431", "TAX_CODE_MALFORMED code"],
    ["9900000016", "BUSINESS_CODE_TAKEN code"],
  ])("the code %s of an enterprise is the problem %s", async (code, problem) => {
    expect(await problems("registerEnterprise", anEnterprise({ code }))).toEqual([problem]);
  });

  test("an enterprise without a representative, or with a head, has problems", async () => {
    const input = anEnterprise({ people: [aPerson("HEAD"), aPerson("OWNER")] });
    expect(await problems("registerEnterprise", input)).toEqual([
      "ROLE_NOT_OF_KIND people.0.role",
      "REPRESENTATIVE_MISSING people",
    ]);
  });

  test("branches get the numbers of their enterprise one after the other, also when they are registered at once", async () => {
    const enterprise = await done("registerEnterprise", anEnterprise());
    const codes = await Promise.all([1, 2, 3].map(() => done("registerBusinessBranch", aBranch(enterprise))));
    expect(codes.sort()).toEqual([`${enterprise}-001`, `${enterprise}-002`, `${enterprise}-003`]);
    expect((await business(enterprise, "branches { code }")).branches).toEqual(codes.map((code) => ({ code })));
    expect(await business(`${enterprise}-002`, "kind enterprise { code }")).toEqual({
      kind: "BRANCH",
      enterprise: { code: enterprise },
    });
  });

  test("the number of an ended branch is not given again, and after 999 there is none", async () => {
    const enterprise = await done("registerEnterprise", anEnterprise());
    const first = await done("registerBusinessBranch", aBranch(enterprise));
    await done("endBusiness", { business: first, ground: "Mẫu" });
    expect(await done("registerBusinessBranch", aBranch(enterprise))).toBe(`${enterprise}-002`);
    await agency.sql`
      insert into businesses (id, code, parent_id) select ${randomUUID()}, code || '-999', id from businesses
       where code = ${enterprise}`;
    expect(await problems("registerBusinessBranch", aBranch(enterprise))).toEqual([
      "BRANCH_NUMBERS_USED_UP enterprise",
    ]);
  });

  test("a branch of a household, of a suspended, ended or unknown enterprise, or with two heads, has problems", async () => {
    const household = await done("registerHouseholdBusiness", aHousehold());
    expect(await problems("registerBusinessBranch", aBranch(household))).toEqual(["ENTERPRISE_EXPECTED enterprise"]);
    const enterprise = await done("registerEnterprise", anEnterprise());
    await done("suspendBusiness", { business: enterprise, from: today, to: today, ground: "Mẫu" });
    expect(await problems("registerBusinessBranch", aBranch(enterprise))).toEqual(["BUSINESS_SUSPENDED enterprise"]);
    await done("endBusiness", { business: enterprise, ground: "Mẫu" });
    expect(await problems("registerBusinessBranch", aBranch(enterprise))).toEqual(["BUSINESS_ENDED enterprise"]);
    const unknown = aBranch(aTaxCode(), { people: [aPerson("HEAD"), aPerson("HEAD")] });
    expect(await problems("registerBusinessBranch", unknown)).toEqual([
      "HEAD_NOT_ONE people",
      "BUSINESS_UNKNOWN enterprise",
    ]);
  });
});

describe("every act of the business register", () => {
  test("an act with the same key acts once, and another body under the key is a problem", async () => {
    const [input, key] = [aHousehold(), randomUUID()];
    const answers = await Promise.all([1, 2].map(() => act("registerHouseholdBusiness", input, key)));
    expect(answers[0]?.act?.id).toBe(answers[1]?.act?.id);
    expect(await problems("registerHouseholdBusiness", aHousehold(), key)).toEqual([
      "IDEMPOTENCY_CONFLICT idempotencyKey",
    ]);
    await expect(act("registerHouseholdBusiness", input, "")).rejects.toMatchObject({ code: "BAD_USER_INPUT" });
  });

  test("an act records the people whom it concerns", async () => {
    const input = aHousehold();
    const caller = a("business-officer");
    const { done: doneBy } = businessOfficer(
      () => agency,
      () => caller,
    );
    await doneBy("registerHouseholdBusiness", input);
    const records = await agency.sql`
      select citizens from access_log where request_id = ${caller.requestId} and action = 'CHANGE'`;
    expect([...records]).toEqual([{ citizens: [input.people[0]?.personalId] }]);
  });

  const holders: readonly string[] = PERMISSIONS["business:register"].roles;
  test.each(ROLES.filter((role) => !holders.includes(role)))(
    "the role %s may not register businesses",
    async (role) => {
      const { act: attempt } = businessOfficer(
        () => agency,
        () => a(role),
      );
      const code = role === "anonymous" ? "UNAUTHENTICATED" : "FORBIDDEN";
      await expect(attempt("registerHouseholdBusiness", aHousehold())).rejects.toMatchObject({ code });
    },
  );
});
