import { describe, expect, it } from "vitest";
import { families } from "../../subgraphs/_shared/demo/population.ts";
import { coupleKey } from "../../subgraphs/one-stop/bundles/marriage/case-keys.ts";
import { aMarriageRequest, dossierThatIs } from "../given.ts";
import { citizen } from "../kit/ask-agency.ts";
import { type DossierData, inFaultMode, isDone, partOf, problemsOf, shortBackoff } from "../kit/dossier-outcomes.ts";
import { serial } from "../kit/serial-numbers.ts";
import { type Answer, clerk, contract, type Persona, sharedWorld } from "../world.ts";

const world = sharedWorld(shortBackoff);
const STATUS = "1.004873";
const MARRIAGE = "1.000894";
const RESIDENCE = "1.004222";
const OTHER_COMMUNE = "00004";
const aKey = () => `marriage-${process.pid}-${serial("key")}`;

type Request = ReturnType<typeof aMarriageRequest>;
/** A man and a woman who can have married before the register had every marriage. */
const older = {
  husband: ({ father }: { father: { dateOfBirth: string } }) => father.dateOfBirth < "1990",
  wife: ({ mother }: { mother: { dateOfBirth: string } }) => mother.dateOfBirth < "1990",
};

const submit = (input: object, idempotencyKey = aKey(), who: Persona = clerk): Promise<Answer> =>
  world.current.ask(who, contract("submit-marriage-bundle"), { input, idempotencyKey, waitMs: 0 });

async function submitted(input: object): Promise<DossierData> {
  const { data, errors } = await submit(input);
  if (!data?.submitMarriageBundle?.dossier) throw new Error(JSON.stringify(errors ?? data));
  return data.submitMarriageBundle.dossier;
}

const CHECK = `query ($input: MarriageBundleInput!) { checkMarriageBundle(input: $input) {
  ready problems { code path agency { code } } warnings { code } procedures { procedure { code } feeVnd dueAt } } }`;
async function checked(input: object): Promise<DossierData> {
  const { data, errors } = await world.current.ask(clerk, CHECK, { input });
  expect(errors).toBeUndefined();
  return data.checkMarriageBundle;
}

async function decide(part: string, decision: object, who: Persona): Promise<Answer> {
  return world.current.ask(who, contract("decide-part"), { part, decision, idempotencyKey: aKey() });
}

async function grant(part: DossierData, persona: string, commune?: string): Promise<void> {
  const who = { persona, ...(commune && { commune }) };
  const { data, errors } = await decide(part.id, { grant: { facts: {} } }, who);
  expect(errors).toBeUndefined();
  expect(data.decidePart.problems).toEqual([]);
}

const stateOf = (procedure: string, state: string) => (dossier: DossierData) =>
  partOf(dossier, procedure).state === state;
const statesOf = ({ parts }: DossierData): string[] => parts.map(({ state }: DossierData) => state);

/** A dossier whose marriage waits for the registrar. */
const atRegistrar = async (input: object) =>
  dossierThatIs(world.current, (await submitted(input)).code, stateOf(MARRIAGE, "PROCESSING"));

const OF_CITIZEN = `query ($id: PersonalId!) { citizen(personalId: $id) {
  maritalStatus marriages { number registeredOn office { code } facts { husband { personalId } wife { personalId } } }
  maritalStatusConfirmations { number status office { code } purpose validTo isValid }
  residency { relationToHead household { code } } } }`;
async function registeredOf({ personalId }: { personalId: string }): Promise<DossierData> {
  const { data, errors } = await world.current.ask(clerk, OF_CITIZEN, { id: personalId });
  expect(errors).toBeUndefined();
  return data.citizen;
}

/** Registers an act of a registrar. */
async function act(name: string, type: string, input: object): Promise<DossierData> {
  const document = `mutation ($input: ${type}!, $key: String!) {
    ${name}(input: $input, idempotencyKey: $key) { act { id } problems { code path } } }`;
  const { data } = await world.current.ask({ persona: "registrar" }, document, { input, key: aKey() });
  expect(data[name].problems).toEqual([]);
  return data[name].act;
}
const person = ({ maritalStatus: _, ...facts }: Request["wife"]) => facts;
const marry = (husband: Request["husband"], wife: Request["wife"]) => {
  const couple = { husband: person(husband), wife: person(wife) };
  return act("registerMarriage", "CivilMarriageInput", { kind: "REGISTERED", ...couple, ground: "Tờ khai mẫu" });
};

describe("a marriage", () => {
  it("the register confirms the status of both, a registrar the marriage, and the police the change of household", async () => {
    const input = aMarriageRequest();
    const { code, parts } = await submitted(input);
    const [his, hers, marriage, residence] = parts;
    expect(parts.map(({ procedure }: DossierData) => procedure.code)).toEqual([STATUS, STATUS, MARRIAGE, RESIDENCE]);
    const dependsOn = (each: DossierData) => each.dependsOn.map(({ id }: { id: string }) => id);
    expect([marriage, residence].map(dependsOn)).toEqual([[his.id, hers.id], [marriage.id]]);

    const waiting = await dossierThatIs(world.current, code, stateOf(MARRIAGE, "PROCESSING"));
    expect(statesOf(waiting)).toEqual(["GRANTED", "GRANTED", "PROCESSING", "BLOCKED"]);
    expect(waiting.parts[0].result).toMatchObject({ __typename: "MaritalStatusConfirmation" });
    expect((await registeredOf(input.wife)).maritalStatus).toBe("NEVER_MARRIED");
    expect((await registeredOf(input.wife)).maritalStatusConfirmations).toEqual([
      {
        ...{ number: expect.stringMatching(/^\d+\/2026$/), status: "NEVER_MARRIED", office: { code: "31471" } },
        ...{ purpose: `Để đăng ký kết hôn với ${input.husband.fullName}`, validTo: "2027-05-23", isValid: true },
      },
    ]);
    await grant(partOf(waiting, MARRIAGE), "registrar");
    const married = await dossierThatIs(world.current, code, stateOf(RESIDENCE, "PROCESSING"));
    expect(partOf(married, MARRIAGE).result).toMatchObject({ __typename: "MarriageRegistration" });
    const { husband, wife } = input;
    for (const spouse of [husband, wife])
      expect(await registeredOf(spouse)).toMatchObject({
        maritalStatus: "MARRIED",
        marriages: [
          {
            ...{ number: expect.stringMatching(/^\d+\/2026$/), registeredOn: "2026-11-23", office: { code: "31471" } },
            facts: { husband: { personalId: husband.personalId }, wife: { personalId: wife.personalId } },
          },
        ],
      });
    await grant(partOf(married, RESIDENCE), "police");
    const done = await dossierThatIs(world.current, code, isDone);
    expect(done).toMatchObject({ outcome: "GRANTED", bundle: { code: MARRIAGE, name: "Đăng ký kết hôn, nhập hộ" } });
    expect((await registeredOf(wife)).residency).toEqual({
      ...{ relationToHead: "WIFE", household: { code: input.household.code } },
    });
  });

  it("without a change of household there are three parts and no fee", async () => {
    const input = { ...aMarriageRequest(), household: null };
    const { ready, procedures } = await checked(input);
    expect(ready).toBe(true);
    expect(procedures).toEqual(
      [STATUS, STATUS, MARRIAGE].map((code) => ({ procedure: { code }, feeVnd: 0, dueAt: expect.any(String) })),
    );
    const waiting = await atRegistrar(input);
    await grant(partOf(waiting, MARRIAGE), "registrar");
    expect(await dossierThatIs(world.current, waiting.code, isDone)).toMatchObject({
      ...{ outcome: "GRANTED", state: "RETURNED", bundle: { name: "Đăng ký kết hôn" } },
    });
  });

  it("a status that older paper books may contradict is confirmed by the registrar where the person lives, and by no other", async () => {
    const input = aMarriageRequest(older);
    input.wife.residence.commune = OTHER_COMMUNE;
    const { code, parts } = await submitted(input);
    const bothOpen = ({ parts: [his, hers] }: DossierData) => [his, hers].every(({ state }) => state === "PROCESSING");
    const waiting = await dossierThatIs(world.current, code, bothOpen);
    const [his, hers] = waiting.parts;
    const wrong = await decide(hers.id, { grant: { facts: {} } }, { persona: "registrar" });
    expect(wrong.errors?.[0]?.extensions.code).toBe("NOT_FOUND");
    const worked = await world.current.ask({ persona: "registrar", commune: OTHER_COMMUNE }, contract("work-list"), {
      ...{ filter: { states: ["PROCESSING"] }, first: 20, after: null },
    });
    expect(worked.data.workList.nodes.map(({ part }: DossierData) => part.id)).toContain(hers.id);
    await grant(hers, "registrar", OTHER_COMMUNE);
    await grant(his, "registrar");
    await dossierThatIs(world.current, code, stateOf(MARRIAGE, "PROCESSING"));
    const offices = await Promise.all(
      [input.husband, input.wife].map(async (spouse) => (await registeredOf(spouse)).maritalStatusConfirmations),
    );
    expect(offices.map(([{ office }]) => office.code)).toEqual(["31471", OTHER_COMMUNE]);
    expect(parts).toHaveLength(4);
  });

  it("the register confirms a divorce that it has, also of a person who can have married before it was complete", async () => {
    const former = aMarriageRequest(older);
    const input = aMarriageRequest();
    const { id } = await marry(former.husband, former.wife);
    await act("endMarriage", "MarriageEndInput", {
      ...{ marriage: id, kind: "DIVORCE", decision: "1/2026, tòa án mẫu", effectiveOn: "2026-11-23" },
      ground: "Bản án mẫu",
    });
    const wife = { ...former.wife, maritalStatus: "DIVORCED" };
    const waiting = await atRegistrar({ ...input, wife, household: null });
    expect(statesOf(waiting)).toEqual(["GRANTED", "GRANTED", "PROCESSING"]);
    expect((await registeredOf(wife)).maritalStatusConfirmations).toMatchObject([{ status: "DIVORCED" }]);
  });

  it("a refused confirmation leaves no marriage and no change of household to do", async () => {
    const input = aMarriageRequest(older);
    const { code } = await submitted(input);
    const waiting = await dossierThatIs(world.current, code, ({ parts: [his] }) => his.state === "PROCESSING");
    const refuse = { reason: "Chưa đủ căn cứ", legalBasis: "Nghị định 123/2015/NĐ-CP, Điều 22" };
    const { data } = await decide(waiting.parts[0].id, { refuse }, { persona: "registrar" });
    expect(data.decidePart.problems).toEqual([]);
    const stopped = await dossierThatIs(world.current, code, stateOf(MARRIAGE, "NOT_APPLICABLE"));
    expect(partOf(stopped, RESIDENCE).state).toBe("NOT_APPLICABLE");
    expect((await registeredOf(input.husband)).marriages).toEqual([]);
  });

  it("while residence is down the marriage stands, and the household changes once it is back", async () => {
    const input = aMarriageRequest();
    const waiting = await atRegistrar(input);
    await inFaultMode(world.current, "RESIDENCE", "DOWN", async () => {
      await grant(partOf(waiting, MARRIAGE), "registrar");
      const stuck = await dossierThatIs(world.current, waiting.code, stateOf(MARRIAGE, "GRANTED"));
      expect(partOf(stuck, RESIDENCE).state).not.toBe("GRANTED");
    });
    const back = await dossierThatIs(world.current, waiting.code, stateOf(RESIDENCE, "PROCESSING"));
    await grant(partOf(back, RESIDENCE), "police");
    await dossierThatIs(world.current, waiting.code, isDone);
    expect((await registeredOf(input.wife)).residency.household.code).toBe(input.household.code);
  });

  it("a request is accepted while civil status is down, and its parts are decided once it is back", async () => {
    const input = aMarriageRequest();
    const { code } = await inFaultMode(world.current, "CIVIL_STATUS", "DOWN", () => submitted(input));
    const waiting = await dossierThatIs(world.current, code, stateOf(MARRIAGE, "PROCESSING"));
    expect(statesOf(waiting).slice(0, 2)).toEqual(["GRANTED", "GRANTED"]);
  });
});

describe("the same marriage again", () => {
  it("one key gives one dossier, also if the request is sent twice at once; with another body it is a conflict", async () => {
    const [input, key] = [aMarriageRequest(), aKey()];
    const both = await Promise.all([submit(input, key), submit(input, key)]);
    const codes = both.map(({ data }) => data.submitMarriageBundle.dossier?.code);
    expect(codes[0]).toBeDefined();
    expect(codes[1]).toBe(codes[0]);
    expect(problemsOf(await submit({ ...input, household: null }, key))[0]?.code).toBe("IDEMPOTENCY_CONFLICT");
  });

  it("of two requests of a couple at once one is accepted, and the other one names its dossier", async () => {
    const input = aMarriageRequest();
    const again = { ...input, declarant: { spouse: "WIFE", phone: "0987654321" } };
    const answers = await Promise.all([submit(input), submit(again)]);
    const accepted = answers.flatMap(({ data }) => data.submitMarriageBundle.dossier ?? []);
    expect(accepted).toHaveLength(1);
    const refused = answers.flatMap((answer) => problemsOf(answer));
    expect(refused).toEqual([{ code: "COUPLE_ALREADY_SUBMITTED", path: [], names: accepted[0].code }]);
  });

  it("the key of a couple does not depend on their order", () => {
    const [one, other] = [{ personalId: "1" }, { personalId: "2" }];
    expect(coupleKey(one, other)).toBe(coupleKey(other, one));
  });

  it("of two marriages of one woman that registrars grant at once, one is registered and the other one stays open", async () => {
    const [input, rival] = [aMarriageRequest(), aMarriageRequest()];
    const dossiers = [
      await atRegistrar({ ...input, household: null }),
      await atRegistrar({ ...rival, wife: input.wife, household: null }),
    ];
    await Promise.all(
      dossiers.map((each) => decide(partOf(each, MARRIAGE).id, { grant: { facts: {} } }, { persona: "registrar" })),
    );
    const isSettled = (dossier: DossierData) => partOf(dossier, MARRIAGE).delivery?.state !== "SENT";
    const after = await Promise.all(dossiers.map(({ code }) => dossierThatIs(world.current, code, isSettled)));
    expect(after.map((each) => partOf(each, MARRIAGE).state).sort()).toEqual(["GRANTED", "PROCESSING"]);
    expect((await registeredOf(input.wife)).marriages).toHaveLength(1);
  });
});

describe("a request with mistakes", () => {
  it("the problems of the desk and of both agencies come at once, and nothing is accepted", async () => {
    const [input, former] = [aMarriageRequest(), aMarriageRequest()];
    await marry(former.husband, input.wife);
    input.husband.nationality = "USA";
    input.husband.dateOfBirth = "2010-01-01";
    input.household.code = "unknown";
    input.household.hasConsent = false;
    const answer = await submit(input);
    expect(answer.data.submitMarriageBundle.dossier).toBeNull();
    const found = problemsOf(answer).map(({ code, path }) => [code, path.join(".")]);
    expect(new Set(found.map(String)).size).toBe(found.length); // each once, although the registry finds the same
    expect(found).toEqual(
      expect.arrayContaining([
        ["FOREIGN_SPOUSE", "husband.nationality"],
        ["PERSONAL_ID_YEAR_MISMATCH", "husband.dateOfBirth"],
        ["TOO_YOUNG_TO_MARRY", "husband.dateOfBirth"],
        ["ALREADY_MARRIED", "wife"],
        ["MARITAL_STATUS_DIFFERS", "wife.maritalStatus"],
        ["HOUSEHOLD_UNKNOWN", "household.code"],
        ["CONSENT_MISSING", "household.hasConsent"],
      ]),
    );
  });

  const cases: [string, string, (input: Request) => unknown][] = [
    [
      "TOO_YOUNG_TO_MARRY",
      "wife.dateOfBirth",
      ({ wife }) => Object.assign(wife, { dateOfBirth: "2008-11-24", personalId: "093308700001" }),
    ],
    ["SEX_CONTRADICTS_NUMBER", "wife.personalId", ({ wife }) => Object.assign(wife, { personalId: "093099700002" })],
    ["SPOUSES_ARE_ONE_PERSON", "wife", ({ husband, wife }) => Object.assign(wife, { personalId: husband.personalId })],
    ["PERSONAL_ID_MALFORMED", "husband.personalId", ({ husband }) => Object.assign(husband, { personalId: "12" })],
    ["COMMUNE_UNKNOWN", "wife.residence.commune", ({ wife }) => Object.assign(wife.residence, { commune: "99999" })],
    ["MARITAL_STATUS_DIFFERS", "husband.maritalStatus", async ({ husband }) => marry(husband, aMarriageRequest().wife)],
    ["CLOSE_KIN", "wife", makeSiblings],
    ["PERSON_NAME_MISMATCH", "wife.fullName", ({ wife }) => Object.assign(wife, { fullName: "Trần Thị Khác" })],
    [
      "SPOUSE_NOT_IN_HOUSEHOLD",
      "household.code",
      ({ household }) => Object.assign(household, { code: aMarriageRequest().household.code }),
    ],
    [
      "RELATION_CONTRADICTS_MARRIAGE",
      "household.relationToHead",
      ({ household }) => Object.assign(household, { relationToHead: "DAUGHTER_IN_LAW" }),
    ],
    ["NEW_HEAD_NEEDED", "household.newHead", (input) => heMoves(input)],
    [
      "ALREADY_MEMBER",
      "wife.personalId",
      (input) => {
        const couple = families().find(({ father }) => father.personalId === input.husband.personalId);
        const { fullName, dateOfBirth, personalId } = couple?.mother ?? input.wife;
        Object.assign(input.wife, { fullName, dateOfBirth, personalId });
      },
    ],
  ];
  it.each(cases)("the problem %s is told at %s", async (code, path, spoil) => {
    const input = aMarriageRequest();
    await spoil(input);
    const { ready, problems } = await checked(input);
    expect(ready).toBe(false);
    expect(problems.map((each: DossierData) => [each.code, each.path.join(".")])).toContainEqual([code, path]);
  });

  it("a head who joins the household of his wife names who heads the one that he leaves", async () => {
    const input = aMarriageRequest();
    heMoves(input);
    const { mother } = families().find(({ father }) => father.personalId === input.husband.personalId) ?? {};
    input.household.newHead = { personalId: mother?.personalId ?? "", relations: [] };
    input.household.relationToHead = "OTHER";
    expect((await checked(input)).problems).toEqual([]);
  });

  it("a citizen submits the own marriage alone, and a portal none", async () => {
    const input = aMarriageRequest();
    const others = problemsOf(await submit(input, aKey(), citizen(input.wife.personalId)));
    expect(others).toEqual([{ code: "SUBMITTER_NOT_NAMED", path: ["declarant", "spouse"], names: null }]);
    const { errors } = await submit(input, aKey(), { persona: "portal" });
    expect(errors?.[0]?.extensions.code).toBe("FORBIDDEN");
    const { data } = await submit({ ...input, channel: "ONLINE" }, aKey(), citizen(input.husband.personalId));
    expect(data.submitMarriageBundle.problems).toEqual([]);
  });
});

/** Makes the man join the household of the woman, which another man heads. */
function heMoves(input: Request): void {
  const hers = families().find(({ mother }) => mother.personalId === input.wife.personalId);
  Object.assign(input.household, { mover: "HUSBAND", code: hers?.household.code, relationToHead: "OTHER" });
}

/** Makes both the children of one mother, as two registered births say. */
async function makeSiblings({ husband, wife }: Request): Promise<void> {
  const siblings = [
    { of: husband, personalId: "093090700010" },
    { of: wife, personalId: "093190700011" },
  ];
  for (const { of, personalId } of siblings) {
    Object.assign(of, { personalId, dateOfBirth: "1990-05-20" });
    await world.current.sql("civil-status")`
      with entered as (
        insert into births (id, citizen_id, registered_on, mother_key, date_of_birth, birth_order, guardians)
        values (gen_random_uuid(), gen_random_uuid(), '1990-06-01', ${`test|${personalId}`}, '1990-05-20', 1, '093160700012')
        returning citizen_id)
      insert into citizen_numbers select citizen_id, ${personalId} from entered`;
  }
}
