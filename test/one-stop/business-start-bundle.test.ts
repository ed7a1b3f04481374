import { describe, expect, it } from "vitest";
import { aTaxCode } from "../business/business-acts.ts";
import { aBusinessStart, dossierThatIs, readDossier } from "../given.ts";
import { type DossierData, inFaultMode, isDone, partOf, problemsOf, shortBackoff } from "../kit/dossier-outcomes.ts";
import { serial } from "../kit/serial-numbers.ts";
import { type Answer, clerk, contract, type Persona, sharedWorld } from "../world.ts";

const world = sharedWorld(shortBackoff);
const HOUSEHOLD = "1.001612";
const COMPANY = "2.001583";
const SOCIAL_INSURANCE = "1.002051";
const FOOD_SAFETY = "2.000117";
const aKey = () => `start-${process.pid}-${serial("key")}`;

type Start = ReturnType<typeof aBusinessStart>;

const submit = (input: Start, idempotencyKey = aKey(), who: Persona = clerk): Promise<Answer> =>
  world.current.ask(who, contract("submit-business-start-bundle"), { input, idempotencyKey, waitMs: 0 });

async function submitted(input: Start): Promise<DossierData> {
  const { data, errors } = await submit(input);
  if (!data?.submitBusinessStartBundle?.dossier) throw new Error(JSON.stringify(errors ?? data));
  return data.submitBusinessStartBundle.dossier;
}

const CHECK = `query ($input: BusinessStartBundleInput!) { checkBusinessStartBundle(input: $input) {
  ready problems { code path agency { code } } warnings { code agency { code } }
  hints { kind code message rule legalBasis procedure { code } included path }
  procedures { procedure { code } feeVnd dueAt } } }`;
async function checked(input: Start): Promise<DossierData> {
  const { data, errors } = await world.current.ask(clerk, CHECK, { input });
  expect(errors).toBeUndefined();
  return data.checkBusinessStartBundle;
}

/** Decides a part as an officer of its agency. */
async function decide(dossier: DossierData, procedure: string, persona: string, decision: object): Promise<void> {
  const variables = { part: partOf(dossier, procedure).id, idempotencyKey: aKey(), decision };
  const { data, errors } = await world.current.ask({ persona }, contract("decide-part"), variables);
  expect(errors).toBeUndefined();
  expect(data.decidePart.problems).toEqual([]);
}
const grant = (facts: object = {}) => ({ grant: { facts } });
const REFUSE = { refuse: { reason: "Không đủ điều kiện", legalBasis: "Nghị định 168/2025/NĐ-CP" } };

async function businessesOf(personalId: string): Promise<DossierData> {
  const query = `query ($id: PersonalId!) { citizen(personalId: $id) {
    businesses { code name kind lines { code list } licences { kind number } } } }`;
  const { data, errors } = await world.current.ask(clerk, query, { id: personalId });
  expect(errors).toBeUndefined();
  return data.citizen.businesses;
}
const ownerOf = ({ business }: Start) => business.people[0]?.personalId ?? "";
const codesOf = (parts: DossierData[]) => parts.map(({ procedure }) => procedure.code);
const stateOf = (procedure: string, state: string) => (dossier: DossierData) =>
  partOf(dossier, procedure).state === state;

/** The same start as a company with one member, under a new tax code. */
function asCompany(input: Start): Start {
  const people = input.business.people.map((each) => ({ ...each, role: "REPRESENTATIVE" }));
  return { ...input, business: { ...input.business, form: "LLC_ONE_MEMBER", code: aTaxCode(), people } };
}

describe("the start of a household business", () => {
  it("the register registers it under the owner's number, and then social insurance and the licence are decided by officers", async () => {
    const input = aBusinessStart();
    const { code, parts } = await submitted(input);
    expect(codesOf(parts)).toEqual([HOUSEHOLD, SOCIAL_INSURANCE, FOOD_SAFETY]);
    const [registration, ...others] = parts;
    for (const { dependsOn } of others) expect(dependsOn).toEqual([{ id: registration.id }]);
    const registered = await dossierThatIs(world.current, code, stateOf(FOOD_SAFETY, "PROCESSING"));
    expect(partOf(registered, HOUSEHOLD).state).toBe("GRANTED");
    const { name } = input.business;
    const lines = [{ code: "5610", list: "2025" }];
    const shop = { code: ownerOf(input), name, kind: "HOUSEHOLD", lines, licences: [] as object[] };
    expect(await businessesOf(ownerOf(input))).toEqual([shop]);

    const number = `${serial("licence")}/2026/MAU`;
    await decide(registered, FOOD_SAFETY, "business-officer", grant({ number }));
    const licensed = await dossierThatIs(world.current, code, stateOf(SOCIAL_INSURANCE, "PROCESSING"));
    await decide(licensed, SOCIAL_INSURANCE, "insurer", grant());
    expect(await dossierThatIs(world.current, code, isDone)).toMatchObject({ state: "RETURNED", outcome: "GRANTED" });
    expect(await businessesOf(ownerOf(input))).toEqual([{ ...shop, licences: [{ kind: "FOOD_SAFETY", number }] }]);
  });

  it("the check names the licences that the lines of business need, which of them are included, and what to ask for elsewhere", async () => {
    const { ready, problems, hints, procedures } = await checked(aBusinessStart(["9329", "4711"]));
    expect([ready, problems]).toEqual([true, []]);
    expect(codesOf(procedures)).toEqual([HOUSEHOLD, SOCIAL_INSURANCE, "3.000243", "1.001029"]);
    expect(procedures[2]).toMatchObject({ feeVnd: 300_000, dueAt: expect.stringMatching(/23:59:59/) });
    const licences = hints.filter(({ kind }: DossierData) => kind === "LICENCE");
    const named = licences.map(({ code, procedure, included, path }: DossierData) =>
      [code, procedure?.code ?? "none", included, path.join(".")].join(" "),
    );
    expect(named).toEqual([
      "KARAOKE 1.001029 true business.lines.0",
      "SECURITY_ORDER 3.000243 true business.lines.0",
      "VIDEO_GAMES none false business.lines.0",
      "LIQUOR_RETAIL none false business.lines.1",
      "TOBACCO_RETAIL none false business.lines.1",
    ]);
    for (const { legalBasis, rule } of licences)
      expect([legalBasis, rule]).toEqual([expect.stringMatching(/^Nghị định/), expect.stringContaining("có thể cần")]);
    expect(licences.at(-1).message).toContain("Bộ phận Một cửa");
  });

  it("the applicant chooses the licences and leaves social insurance out, and the check tells who must register it", async () => {
    const input = { ...aBusinessStart(["5610", "5510"]), licences: ["SECURITY_ORDER"], socialInsurance: null };
    const { procedures, hints } = await checked(input);
    expect(codesOf(procedures)).toEqual([HOUSEHOLD, "3.000243"]);
    const hint = (code: string) => hints.find((each: DossierData) => each.code === code);
    expect([hint("FOOD_SAFETY"), hint("SECURITY_ORDER")].map(({ included }) => included)).toEqual([false, true]);
    expect(hint("SOCIAL_INSURANCE_UNIT")).toMatchObject({
      ...{ kind: "ENTITLEMENT", rule: "Cơ sở có sử dụng lao động", procedure: { code: SOCIAL_INSURANCE } },
    });
    const { parts } = await submitted({ ...input, licences: [] });
    expect(codesOf(parts)).toEqual([HOUSEHOLD]);
  });

  it("while the business agency is down the dossier waits, and the register has the business once it is back", async () => {
    const input = aBusinessStart();
    const { code } = await inFaultMode(world.current, "BUSINESS", "DOWN", async () => {
      expect((await checked(input)).warnings).toEqual([{ code: "AGENCY_UNAVAILABLE", agency: { code: "BUSINESS" } }]);
      return submitted(input);
    });
    await dossierThatIs(world.current, code, stateOf(HOUSEHOLD, "GRANTED"));
    expect(await businessesOf(ownerOf(input))).toHaveLength(1);
  });

  it("an agency that loses its answers registers the business once", async () => {
    const input = aBusinessStart(["1410"]);
    const { code } = await inFaultMode(world.current, "BUSINESS", "LOSES_ANSWERS", () => submitted(input));
    await dossierThatIs(world.current, code, stateOf(HOUSEHOLD, "GRANTED"));
    expect(await businessesOf(ownerOf(input))).toHaveLength(1);
  });
});

describe("the start of an enterprise", () => {
  it("an officer grants the registration under its tax code, and the licence is then the province's", async () => {
    const input = asCompany(aBusinessStart(["5510"]));
    const { code, parts } = await submitted(input);
    expect(codesOf(parts)).toEqual([COMPANY, SOCIAL_INSURANCE, "2.001478"]);
    const waiting = await dossierThatIs(world.current, code, stateOf(COMPANY, "PROCESSING"));
    expect(partOf(waiting, "2.001478").state).toBe("BLOCKED");
    await decide(waiting, COMPANY, "business-officer", grant());
    const registered = await dossierThatIs(world.current, code, stateOf("2.001478", "PROCESSING"));
    expect(await businessesOf(ownerOf(input))).toMatchObject([{ code: input.business.code, kind: "ENTERPRISE" }]);
    await decide(registered, "2.001478", "business-officer", REFUSE);
    await decide(registered, SOCIAL_INSURANCE, "insurer", grant());
    expect(await dossierThatIs(world.current, code, isDone)).toMatchObject({ outcome: "PARTLY_GRANTED" });
  });

  it("an officer's grant reaches the register once it is back, and the parts that wait begin then", async () => {
    const input = asCompany(aBusinessStart());
    const { code } = await submitted(input);
    const waiting = await dossierThatIs(world.current, code, stateOf(COMPANY, "PROCESSING"));
    await inFaultMode(world.current, "BUSINESS", "DOWN", async () => {
      await decide(waiting, COMPANY, "business-officer", grant());
      const { data } = await readDossier(world.current, code);
      expect(partOf(data.dossier, FOOD_SAFETY).state).toBe("BLOCKED");
    });
    const registered = await dossierThatIs(world.current, code, stateOf(FOOD_SAFETY, "PROCESSING"));
    expect(partOf(registered, COMPANY).state).toBe("GRANTED");
    expect(await businessesOf(ownerOf(input))).toHaveLength(1);
  });

  it("a refused registration leaves nothing to do at the other agencies", async () => {
    const input = asCompany(aBusinessStart());
    const { code } = await submitted(input);
    const waiting = await dossierThatIs(world.current, code, stateOf(COMPANY, "PROCESSING"));
    await decide(waiting, COMPANY, "business-officer", REFUSE);
    const ended = await dossierThatIs(world.current, code, isDone);
    expect(ended.outcome).toBe("REFUSED");
    expect([SOCIAL_INSURANCE, FOOD_SAFETY].map((each) => partOf(ended, each).state)).toEqual(
      Array(2).fill("NOT_APPLICABLE"),
    );
    expect(await businessesOf(ownerOf(input))).toEqual([]);
  });
});

describe("a refused part that is refiled", () => {
  const REFILE = `mutation ($part: ID!, $changes: RefileChanges, $key: String!) {
    refilePart(part: $part, changes: $changes, idempotencyKey: $key) {
      dossier { code bundle { code } parts { procedure { code } } } problems { code path } } }`;
  async function refile(dossier: DossierData, procedure: string, changes: object | null = null): Promise<DossierData> {
    const variables = { part: partOf(dossier, procedure).id, changes, key: aKey() };
    const { data, errors } = await world.current.ask(clerk, REFILE, variables);
    expect(errors).toBeUndefined();
    return data.refilePart;
  }

  it("a refused licence is refiled alone for the registered business, and so is the unit of social insurance", async () => {
    const { code } = await submitted(aBusinessStart());
    const waiting = await dossierThatIs(world.current, code, stateOf(FOOD_SAFETY, "PROCESSING"));
    await decide(waiting, FOOD_SAFETY, "business-officer", REFUSE);
    await decide(waiting, SOCIAL_INSURANCE, "insurer", REFUSE);
    const ended = await dossierThatIs(world.current, code, isDone);
    for (const procedure of [FOOD_SAFETY, SOCIAL_INSURANCE]) {
      const { dossier, problems } = await refile(ended, procedure);
      expect(problems).toEqual([]);
      expect(dossier).toMatchObject({ bundle: { code: procedure }, parts: [{ procedure: { code: procedure } }] });
    }
  });

  it("a refused registration is refiled with the parts that depend on it, and its problems have paths into the changes", async () => {
    const input = asCompany(aBusinessStart());
    const { code } = await submitted(input);
    const waiting = await dossierThatIs(world.current, code, stateOf(COMPANY, "PROCESSING"));
    await decide(waiting, COMPANY, "business-officer", REFUSE);
    const ended = await dossierThatIs(world.current, code, isDone);
    const spoiled = { ...input, business: { ...input.business, lines: ["56"] } };
    expect((await refile(ended, COMPANY, { businessStartBundle: spoiled })).problems).toEqual([
      { code: "INDUSTRY_MALFORMED", path: ["changes", "businessStartBundle", "business", "lines", "0"] },
    ]);
    const { dossier, problems } = await refile(ended, COMPANY);
    expect(problems).toEqual([]);
    expect(codesOf(dossier.parts)).toEqual([COMPANY, SOCIAL_INSURANCE, FOOD_SAFETY]);
  });
});

describe("the same business again", () => {
  it("one key gives one dossier, also if the request is sent twice at once; with another body it is a conflict", async () => {
    const [input, key] = [aBusinessStart(), aKey()];
    const both = await Promise.all([submit(input, key), submit(input, key)]);
    const codes = both.map(({ data }) => data.submitBusinessStartBundle.dossier?.code);
    expect(codes[0]).toBeDefined();
    expect(codes[1]).toBe(codes[0]);
    const changed = { ...input, socialInsurance: null };
    expect(problemsOf(await submit(changed, key))[0]?.code).toBe("IDEMPOTENCY_CONFLICT");
  });

  it("a second request of the owner with the same name or address names the open dossier", async () => {
    const input = asCompany(aBusinessStart());
    const { code } = await submitted(input);
    const { business } = asCompany(input);
    for (const more of [{ name: `${business.name} khác` }, { address: { ...business.address, line: "Số 99" } }])
      expect(problemsOf(await submit({ ...input, business: { ...business, ...more } }))).toContainEqual({
        ...{ code: "BUSINESS_ALREADY_SUBMITTED", path: ["business"], names: code },
      });
    const elsewhere = { name: `${business.name} khác`, address: { ...business.address, line: "Số 99" } };
    expect(problemsOf(await submit({ ...input, business: { ...business, ...elsewhere } }))).toEqual([]);
  });

  it("an owner whose business has ended starts it again under the same name", async () => {
    const input = aBusinessStart(["1410"]);
    input.socialInsurance = null;
    const { code } = await submitted(input);
    await dossierThatIs(world.current, code, isDone);
    const [problem] = problemsOf(await submit(input));
    expect(problem).toMatchObject({
      code: "OWNER_HAS_HOUSEHOLD_BUSINESS",
      path: ["business", "people", "0", "personalId"],
    });
    const END = `mutation ($input: BusinessStateInput!, $key: String!) {
      endBusiness(input: $input, idempotencyKey: $key) { problems { code } } }`;
    const end = { input: { business: ownerOf(input), ground: "Thông báo mẫu" }, key: aKey() };
    expect((await world.current.ask({ persona: "business-officer" }, END, end)).errors).toBeUndefined();
    const again = await submitted(input);
    expect(await dossierThatIs(world.current, again.code, isDone)).toMatchObject({ outcome: "GRANTED" });
  });
});

describe("a request with mistakes", () => {
  it("all problems of a request come at once, those of the register too, and nothing is accepted", async () => {
    const input = aBusinessStart(["5610", "56", "5610"]);
    input.business.capitalVnd = 0;
    input.business.address = { ...input.business.address, commune: "99999" };
    input.business.people.push({ role: "REPRESENTATIVE", fullName: "Lê Thử Chi", personalId: "093195900097" });
    input.socialInsurance = { employees: 0, from: "2026-02-30" };
    const { data } = await submit({ ...input, licences: ["LIQUOR_RETAIL"] });
    expect(data.submitBusinessStartBundle.dossier).toBeNull();
    const found = problemsOf({ data } as Answer).map(({ code, path }) => `${code} ${path.join(".")}`);
    expect(found.sort()).toEqual([
      "CAPITAL_IMPOSSIBLE business.capitalVnd",
      "COMMUNE_UNKNOWN business.address.commune",
      "DATE_DOES_NOT_EXIST socialInsurance.from",
      "EMPLOYEES_IMPOSSIBLE socialInsurance.employees",
      "INDUSTRY_MALFORMED business.lines.1",
      "LICENCE_WITHOUT_PROCEDURE licences.0",
      "NAMED_TWICE business.lines.2",
      "ROLE_NOT_OF_KIND business.people.1.role",
    ]);
  });

  it.each<[string, string, (input: Start) => Start]>([
    ["INDUSTRIES_MISSING", "business.lines", (input) => ({ ...input, business: { ...input.business, lines: [] } })],
    ["OWNER_NOT_ONE", "business.people", (input) => ({ ...input, business: { ...input.business, people: [] } })],
    ["NOT_OF_HOUSEHOLD", "business.code", (input) => ({ ...input, business: { ...input.business, code: aTaxCode() } })],
    [
      "TOO_MANY_ENTRIES",
      "business.lines",
      (input) => ({ ...input, business: { ...input.business, lines: Array(51).fill("5610") } }),
    ],
    [
      "ENTERPRISE_CODE_REQUIRED",
      "business.code",
      (input) => ({ ...input, business: { ...asCompany(input).business, code: null } }),
    ],
    [
      "TAX_CODE_CHECKSUM",
      "business.code",
      (input) => ({ ...input, business: { ...asCompany(input).business, code: "0100233481" } }),
    ],
    [
      "REPRESENTATIVE_MISSING",
      "business.people",
      (input) => ({ ...input, business: { ...input.business, form: "LLC", code: aTaxCode() } }),
    ],
    ["BUSINESS_CODE_TAKEN", "business.code", (input) => ({ ...input, business: ofDemo(input) })],
  ])("the problem %s is told at its place", async (code, path, spoil) => {
    const found = problemsOf(await submit(spoil(aBusinessStart()))).map((each) => [each.code, each.path.join(".")]);
    expect(found).toContainEqual([code, path]);
  });

  it("a citizen submits as the declarant alone, and a portal not at all", async () => {
    const answer = await submit(aBusinessStart(), aKey(), { persona: "citizen" });
    expect(problemsOf(answer).map(({ code }) => code)).toContain("SUBMITTER_NOT_NAMED");
    const { errors } = await submit(aBusinessStart(), aKey(), { persona: "portal" });
    expect(errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  });
});

/** The code of the enterprise of the demo. */
function ofDemo(input: Start) {
  return { ...asCompany(input).business, code: "9900000016" };
}
