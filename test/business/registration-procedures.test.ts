import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { legalDayOf } from "../../subgraphs/_shared/reference/days.ts";
import { definition } from "../../subgraphs/business/subgraph.ts";
import { type ServedAgency, serveAgency } from "../health-insurance/served-agency.ts";
import { serial } from "../kit/serial-numbers.ts";
import { aHousehold, anEnterprise, aPerson, aTaxCode, businessOfficer, COMMUNE } from "./business-acts.ts";
import { aPart, DOSSIER, desk } from "./business-parts.ts";

let agency: ServedAgency;
beforeAll(async () => {
  agency = await serveAgency(definition, { demo: false });
});
afterAll(() => agency?.stop());

const { act, done, business } = businessOfficer(() => agency);
const { deliver, grant, checked } = desk(() => agency);
const today = legalDayOf(new Date());
const HOUSEHOLD = "1.001612";
const COMPANY = "2.001583";
const FOOD_SAFETY = "2.000117";

const named = ({ fullName, personalId } = aPerson("OWNER")) => ({ fullName, personalId });
const form = (more: object = {}) => ({
  ...{ name: `Quán ăn Mẫu ${serial("form")}`, address: { line: "Số 2, ấp Mẫu", commune: COMMUNE } },
  ...{ sectors: ["5610"], capital: 50_000_000, owner: named(), members: [named()], ...more },
});
const companyForm = (more: object = {}) => ({
  ...{ name: `Công ty TNHH Mẫu ${serial("company")}`, address: { line: "Số 2, ấp Mẫu", commune: COMMUNE } },
  ...{ code: aTaxCode(), sectors: ["5610"], capital: 50_000_000, ...more },
  people: [aPerson("REPRESENTATIVE")],
});

describe("registrations that a dossier asks for", () => {
  test("a household business is registered once under its owner's number, with the dossier as its ground", async () => {
    const content = form();
    const part = aPart(HOUSEHOLD, content);
    expect(await checked(HOUSEHOLD, content)).toEqual(["AUTOMATIC"]);
    for (const _ of [1, 2])
      expect(await deliver(part)).toMatchObject({ state: "GRANTED", facts: { code: content.owner.personalId } });
    const fields = "name registeredOn lines { code list } people { role } acts(first: 5) { nodes { kind ground } }";
    expect(await business(content.owner.personalId, fields)).toEqual({
      ...{ name: content.name, registeredOn: today, lines: [{ code: "5610", list: "2025" }] },
      people: [{ role: "MEMBER" }, { role: "OWNER" }],
      acts: { nodes: [{ kind: "REGISTRATION", ground: DOSSIER }] },
    });
  });

  test("a registration that somebody else than the owner submits waits for an officer", async () => {
    const { personalId } = aPerson("OWNER");
    expect(await checked(HOUSEHOLD, form({ declarant: { personalId } }))).toEqual(["OFFICER"]);
    const owner = named();
    const own = form({ owner, declarant: { personalId: owner.personalId } });
    expect(await checked(HOUSEHOLD, own)).toEqual(["AUTOMATIC"]);
  });

  test("an owner has one household business: a second is a problem, also if both arrive at once", async () => {
    const owner = named();
    const answers = await Promise.all([1, 2].map(() => deliver(aPart(HOUSEHOLD, form({ owner })))));
    expect(answers.map(({ state }) => state).sort()).toEqual(["GRANTED", "REFUSED"]);
    expect(await checked(HOUSEHOLD, form({ owner }))).toEqual(["OWNER_HAS_HOUSEHOLD_BUSINESS owner.personalId"]);
  });

  test("an owner whose business has ended begins again under the same code", async () => {
    const owner = aPerson("OWNER");
    const code = await done("registerHouseholdBusiness", aHousehold({ people: [owner] }));
    await done("endBusiness", { business: code, ground: "Thông báo mẫu" });
    expect(await deliver(aPart(HOUSEHOLD, form({ owner: named(owner) })))).toMatchObject({ state: "GRANTED" });
    expect((await business(code, "state")).state).toBe("ACTIVE");
  });

  test("an officer looks at a household business whose name another one of the commune has", async () => {
    const { name } = aHousehold();
    await done("registerHouseholdBusiness", aHousehold({ name }));
    expect(await checked(HOUSEHOLD, form({ name: name.toUpperCase() }))).toEqual(["OFFICER"]);
    const elsewhere = { line: "Số 2", commune: "31473" };
    expect(await checked(HOUSEHOLD, form({ name, address: elsewhere }))).toEqual(["AUTOMATIC"]);
  });

  test("all problems of a form come at once, with paths into it", async () => {
    const twice = named();
    const content = form({
      ...{ name: " ", address: { line: "", commune: "99999" }, sectors: ["5610", "56"], capital: 0 },
      ...{ owner: { fullName: "", personalId: "1" }, members: [twice, twice] },
    });
    expect((await checked(HOUSEHOLD, content)).map((each) => each.split(" ")[1])).toEqual(
      expect.arrayContaining(["name", "address.line", "address.commune", "sectors.1", "capital", "owner.personalId"]),
    );
    expect(await checked(HOUSEHOLD, content)).toContain("NAMED_TWICE members.1.personalId");
  });

  test("an enterprise is examined against the register, and granted by an officer alone", async () => {
    const content = companyForm();
    expect(await checked(COMPANY, content)).toEqual(["OFFICER"]);
    const part = aPart(COMPANY, content);
    expect(await deliver(part)).toMatchObject({ state: "PROCESSING" });
    expect(await grant(part.id)).toMatchObject({ state: "GRANTED", facts: { code: content.code } });
    expect(await business(content.code, "kind form")).toEqual({ kind: "ENTERPRISE", form: "LLC_ONE_MEMBER" });
    expect(await checked(COMPANY, companyForm({ code: content.code }))).toEqual(["BUSINESS_CODE_TAKEN code"]);
    expect(await checked(COMPANY, companyForm({ code: "0100233481" }))).toEqual(["TAX_CODE_CHECKSUM code"]);
  });
});

describe("parts that the register has lost", () => {
  test("a registration and a licence that were granted before are entered again under their numbers, without an officer", async () => {
    const content = companyForm();
    const grantedBefore = { code: content.code, on: "2026-02-03" };
    const again = await deliver(aPart(COMPANY, { ...content, grantedBefore }));
    expect(again).toMatchObject({ state: "GRANTED", facts: { code: content.code } });
    const number = `${serial("licence")}/2026/LOST`;
    const licence = { code: content.code, grantedBefore: { number, issuer: "", on: "2026-03-04" } };
    expect(await deliver(aPart(FOOD_SAFETY, licence))).toMatchObject({ state: "GRANTED", facts: { number } });
    expect(await business(content.code, "registeredOn licences { number issuedOn expiresOn }")).toEqual({
      ...{ registeredOn: "2026-02-03", licences: [{ number, issuedOn: "2026-03-04", expiresOn: "2029-03-04" }] },
    });
  });
});

describe("licences that a dossier asks for", () => {
  const application = (code: string) => ({ code, name: "Mẫu", address: { line: "Số 2", commune: COMMUNE } });

  test("an officer issues the licence with its number and issuer, and the register keeps its term", async () => {
    const code = await done("registerEnterprise", anEnterprise());
    const part = aPart(FOOD_SAFETY, application(code));
    expect(await deliver(part)).toMatchObject({ state: "PROCESSING" });
    const number = `${serial("licence")}/2026/DOSSIER`;
    expect(await grant(part.id, { number, issuer: "Sở mẫu" })).toMatchObject({ state: "GRANTED", facts: { number } });
    const { licences } = await business(code, "licences { kind number issuer issuedOn expiresOn state }");
    const expiresOn = `${Number(today.slice(0, 4)) + 3}${today.slice(4)}`;
    expect(licences).toEqual([
      { kind: "FOOD_SAFETY", number, issuer: "Sở mẫu", issuedOn: today, expiresOn, state: "VALID" },
    ]);
  });

  test("a licence has the number of its dossier if the officer states none, and no number twice", async () => {
    const codes = [await done("registerEnterprise", anEnterprise()), await done("registerEnterprise", anEnterprise())];
    const [first, second] = codes.map((code) => aPart("2.000648", application(code)));
    if (!first || !second) throw new Error("Two parts were made");
    for (const part of [first, second]) await deliver(part);
    const number = `${DOSSIER}/PETROL_RETAIL`;
    expect(await grant(first.id)).toMatchObject({ state: "GRANTED", facts: { number } });
    expect(await grant(second.id)).toMatchObject({ state: "PROCESSING" });
    expect(await grant(second.id, { number: `${number}-2` })).toMatchObject({ state: "GRANTED" });
  });

  test("no licence is issued to a business that is unknown, suspended or ended", async () => {
    const code = await done("registerHouseholdBusiness", aHousehold());
    expect(await checked(FOOD_SAFETY, application("093195900098"))).toEqual(["BUSINESS_UNKNOWN code"]);
    await act("suspendBusiness", { business: code, from: today, to: null, ground: "Thông báo mẫu" });
    expect(await checked(FOOD_SAFETY, application(code))).toEqual(["BUSINESS_SUSPENDED code"]);
    await done("endBusiness", { business: code, ground: "Thông báo mẫu" });
    expect(await checked(FOOD_SAFETY, application(code))).toEqual(["BUSINESS_ENDED code"]);
  });
});
