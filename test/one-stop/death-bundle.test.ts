import { describe, expect, it } from "vitest";
import { aDeathRequest, dossierThatIs } from "../given.ts";
import { type DossierData, inFaultMode, isDone, partOf, problemsOf, shortBackoff } from "../kit/dossier-outcomes.ts";
import { serial } from "../kit/serial-numbers.ts";
import { type Answer, clerk, contract, type Persona, sharedWorld } from "../world.ts";

const world = sharedWorld(shortBackoff);
const DEATH = "1.000656";
const RESIDENCE = "1.003197";
const CARD = "1.002759";
const FUNERAL = "1.001731";
const aKey = () => `death-${process.pid}-${serial("key")}`;

type DeathRequest = ReturnType<typeof aDeathRequest>;

const submit = (input: DeathRequest, idempotencyKey = aKey(), who: Persona = clerk): Promise<Answer> =>
  world.current.ask(who, contract("submit-death-bundle"), { input, idempotencyKey, waitMs: 0 });

async function submitted(input: DeathRequest): Promise<DossierData> {
  const { data, errors } = await submit(input);
  if (!data?.submitDeathBundle?.dossier) throw new Error(JSON.stringify(errors ?? data));
  return data.submitDeathBundle.dossier;
}

const CHECK = `query ($input: DeathBundleInput!) { checkDeathBundle(input: $input) {
  ready problems { code path agency { code } } warnings { code } procedures { procedure { code } dueAt } } }`;
async function checked(input: DeathRequest): Promise<DossierData> {
  const { data, errors } = await world.current.ask(clerk, CHECK, { input });
  expect(errors).toBeUndefined();
  return data.checkDeathBundle;
}

/** Grants a part as an officer of its agency. */
async function grant(dossier: DossierData, procedure: string, persona: string): Promise<void> {
  const variables = {
    ...{ part: partOf(dossier, procedure).id, idempotencyKey: aKey() },
    decision: { grant: { facts: { number: "01/2026" } } },
  };
  const { data, errors } = await world.current.ask({ persona }, contract("decide-part"), variables);
  expect(errors).toBeUndefined();
  expect(data.decidePart.problems).toEqual([]);
}

const cardOf = async (personalId: string | null): Promise<DossierData> => {
  const CARD_OF =
    "query ($id: PersonalId!) { citizen(personalId: $id) { healthInsuranceCard { number validTo closedOn } } }";
  const { data, errors } = await world.current.ask(clerk, CARD_OF, { id: personalId });
  expect(errors).toBeUndefined();
  return data.citizen.healthInsuranceCard;
};
const stateOf = (procedure: string, state: string) => (dossier: DossierData) =>
  partOf(dossier, procedure).state === state;

describe("a death", () => {
  it("a death closes the card once it is registered, and the other parts are decided by the officers of their agencies", async () => {
    const input = aDeathRequest();
    const before = await cardOf(input.deceased.personalId);
    expect(before).toMatchObject({ closedOn: null });
    const { code, parts } = await submitted(input);
    const dependsOn = (each: DossierData) => each.dependsOn.map(({ id }: { id: string }) => id);
    const [death, ...others] = parts;
    expect(death.procedure.code).toBe(DEATH);
    expect(others.map(dependsOn)).toEqual([[death.id], [death.id], [death.id]]);
    expect(await cardOf(input.deceased.personalId)).toEqual(before); // before the registration nothing follows from it

    const waiting = await dossierThatIs(world.current, code, stateOf(DEATH, "PROCESSING"));
    expect([RESIDENCE, CARD, FUNERAL].map((each) => partOf(waiting, each).state)).toEqual(Array(3).fill("BLOCKED"));
    await grant(waiting, DEATH, "registrar");
    const registered = await dossierThatIs(world.current, code, stateOf(CARD, "GRANTED"));
    expect(partOf(registered, DEATH).result).toMatchObject({ __typename: "DeathRegistration" });
    expect(await cardOf(input.deceased.personalId)).toEqual({
      ...before,
      ...{ validTo: "2026-11-20", closedOn: "2026-11-23" },
    });
    expect(partOf(registered, CARD).result).toMatchObject({ __typename: "HealthInsuranceCard" });
    const DEATH_OF = "query ($id: PersonalId!) { citizen(personalId: $id) { death { number registeredOn } } }";
    const { data } = await world.current.ask(clerk, DEATH_OF, { id: input.deceased.personalId });
    expect(data.citizen.death).toEqual({
      ...{ number: expect.stringMatching(/^\d+\/2026$/), registeredOn: "2026-11-23" },
    });
    const struckOff = await dossierThatIs(world.current, code, stateOf(RESIDENCE, "GRANTED"));
    expect(partOf(struckOff, RESIDENCE).result).toMatchObject({ __typename: "Residency" });
    await grant(registered, FUNERAL, "clerk");
    expect(await dossierThatIs(world.current, code, isDone)).toMatchObject({
      ...{ state: "RETURNED", outcome: "GRANTED" },
      bundle: {
        code: "2.002913",
        name: "Liên thông điện tử: đăng ký khai tử, xóa đăng ký thường trú, khóa thẻ bảo hiểm y tế, trợ cấp mai táng",
      },
    });
  });

  it.each<[string, (input: DeathRequest) => void, string[]]>([
    [
      "registration and card",
      (input) => Object.assign(input, { strikeOffResidence: false, funeralAllowance: null }),
      [DEATH, CARD],
    ],
    [
      "registration and funeral allowance of a pensioner",
      (input) =>
        Object.assign(input, {
          ...{ strikeOffResidence: false, closeCard: false, funeralAllowance: { group: "SOCIAL_PENSION" } },
        }),
      [DEATH, "1.014028"],
    ],
    [
      "registration, residence and card",
      (input) => Object.assign(input, { funeralAllowance: null }),
      [DEATH, RESIDENCE, CARD],
    ],
  ])("the applicant chooses: %s", async (_, choose, procedures) => {
    const input = aDeathRequest();
    choose(input);
    const { ready, procedures: planned } = await checked(input);
    expect(ready).toBe(true);
    expect(planned.map((each: DossierData) => each.procedure.code)).toEqual(procedures);
    expect(planned.every((each: DossierData) => each.dueAt !== null)).toBe(true);
    const { parts } = await submitted(input);
    expect(parts.map((each: DossierData) => each.procedure.code)).toEqual(procedures);
  });

  it("a refused registration leaves nothing to do at the other agencies", async () => {
    const input = aDeathRequest();
    const { code } = await submitted(input);
    const waiting = await dossierThatIs(world.current, code, stateOf(DEATH, "PROCESSING"));
    const refuse = { refuse: { reason: "Không đủ căn cứ", legalBasis: "Luật Hộ tịch 60/2014/QH13, Điều 34" } };
    const variables = { part: partOf(waiting, DEATH).id, decision: refuse, idempotencyKey: aKey() };
    await world.current.ask({ persona: "registrar" }, contract("decide-part"), variables);
    const ended = await dossierThatIs(world.current, code, isDone);
    expect(ended.outcome).toBe("REFUSED");
    expect([RESIDENCE, CARD, FUNERAL].map((each) => partOf(ended, each).state)).toEqual(
      Array(3).fill("NOT_APPLICABLE"),
    );
    expect(await cardOf(input.deceased.personalId)).toMatchObject({ closedOn: null });
  });

  it("while social insurance is down the registration stands, and the card is closed once it is back", async () => {
    const input = aDeathRequest();
    const { code } = await submitted(input);
    const waiting = await dossierThatIs(world.current, code, stateOf(DEATH, "PROCESSING"));
    await inFaultMode(world.current, "HEALTH_INSURANCE", "DOWN", async () => {
      await grant(waiting, DEATH, "registrar");
      const stuck = await dossierThatIs(world.current, code, stateOf(DEATH, "GRANTED"));
      expect(partOf(stuck, CARD).state).not.toBe("GRANTED");
    });
    await dossierThatIs(world.current, code, stateOf(CARD, "GRANTED"));
    expect(await cardOf(input.deceased.personalId)).toMatchObject({ closedOn: "2026-11-23" });
  });

  it("a card under another date of birth is closed by an officer alone", async () => {
    const input = aDeathRequest();
    const [year = "", ...rest] = input.deceased.dateOfBirth.split("-");
    input.deceased.dateOfBirth = rest.length > 0 ? year : `${year}-01`; // known with another precision
    const { code } = await submitted(input);
    await grant(await dossierThatIs(world.current, code, stateOf(DEATH, "PROCESSING")), DEATH, "registrar");
    const doubtful = await dossierThatIs(world.current, code, stateOf(CARD, "PROCESSING"));
    expect(await cardOf(input.deceased.personalId)).toMatchObject({ closedOn: null });
    await grant(doubtful, CARD, "insurer");
    await dossierThatIs(world.current, code, stateOf(CARD, "GRANTED"));
    expect(await cardOf(input.deceased.personalId)).toMatchObject({ closedOn: "2026-11-23" });
  });
});

describe("the same death again", () => {
  it("one key gives one dossier, also if the request is sent twice at once; with another body it is a conflict", async () => {
    const [input, key] = [aDeathRequest(), aKey()];
    const both = await Promise.all([submit(input, key), submit(input, key)]);
    const codes = both.map(({ data }) => data.submitDeathBundle.dossier?.code);
    expect(codes[0]).toBeDefined();
    expect(codes[1]).toBe(codes[0]);
    const changed = { ...input, closeCard: false };
    expect(problemsOf(await submit(changed, key))[0]?.code).toBe("IDEMPOTENCY_CONFLICT");
  });

  it("a second request about the same deceased names the first dossier", async () => {
    const input = aDeathRequest();
    const { code } = await submitted(input);
    const [problem] = problemsOf(await submit({ ...input, closeCard: false }));
    expect(problem).toMatchObject({
      ...{ code: "DECEASED_ALREADY_SUBMITTED", path: ["deceased"], names: code },
    });
  });

  it("a card that a death has closed is not closed again", async () => {
    const input = aDeathRequest();
    input.strikeOffResidence = false;
    input.funeralAllowance = null;
    const { code } = await submitted(input);
    await grant(await dossierThatIs(world.current, code, stateOf(DEATH, "PROCESSING")), DEATH, "registrar");
    await dossierThatIs(world.current, code, isDone);
    const { problems } = await checked(input);
    expect(problems).toContainEqual({
      ...{ code: "CARD_ALREADY_CLOSED", path: ["closeCard"], agency: { code: "HEALTH_INSURANCE" } },
    });
  });
});

describe("a request with mistakes", () => {
  it("all problems of a request come at once, those of the agencies too, and nothing is accepted", async () => {
    const input = aDeathRequest();
    input.deceased.personalId = "092060999999";
    input.deceased.dateOfBirth = "1961";
    input.death.diedOn = "2027-01-01";
    input.death.diedAt = "25:00";
    input.death.notice = null;
    input.death.place = { ...input.death.place, commune: "99999" };
    const { data } = await submit(input);
    expect(data.submitDeathBundle.dossier).toBeNull();
    const found = problemsOf({ data } as Answer).map(({ code, path }) => [code, path.join(".")]);
    expect(new Set(found.map(String)).size).toBe(found.length); // each once, although the registry finds the same
    expect(found).toEqual(
      expect.arrayContaining([
        ["PERSONAL_ID_YEAR_MISMATCH", "deceased.dateOfBirth"],
        ["DATE_IN_FUTURE", "death.diedOn"],
        ["TIME_MALFORMED", "death.diedAt"],
        ["DEATH_NOTICE_REQUIRED", "death.notice"],
        ["COMMUNE_UNKNOWN", "death.place.commune"],
        ["CARD_NOT_FOUND", "closeCard"],
      ]),
    );
  });

  it.each<[string, string, (input: DeathRequest) => void]>([
    [
      "NOTHING_TO_COMBINE",
      "",
      (input) => Object.assign(input, { strikeOffResidence: false, closeCard: false, funeralAllowance: null }),
    ],
    ["PERSONAL_ID_REQUIRED", "deceased.personalId", (input) => Object.assign(input.deceased, { personalId: null })],
    ["SEX_CONTRADICTS_NUMBER", "deceased.sex", (input) => Object.assign(input.deceased, { sex: "FEMALE" })],
    [
      "DEATH_NOTICE_TWICE",
      "death.withoutNotice",
      (input) => Object.assign(input.death, { withoutNotice: "Văn bản xác nhận" }),
    ],
    [
      "NOTICE_BEFORE_DEATH",
      "death.notice.issuedOn",
      (input) => Object.assign(input.death.notice ?? {}, { issuedOn: "2026-11-19" }),
    ],
    [
      "DECLARANT_IS_DECEASED",
      "declarant.personalId",
      (input) => Object.assign(input.declarant, { personalId: input.deceased.personalId }),
    ],
    [
      "DEATH_BEFORE_BIRTH",
      "death.diedOn",
      (input) => Object.assign(input, { deceased: { ...input.deceased, dateOfBirth: "2026-11-22", personalId: null } }),
    ],
  ])("the problem %s is told at its place", async (code, path, spoil) => {
    const input = aDeathRequest();
    spoil(input);
    const found = problemsOf(await submit(input)).map((each) => [each.code, each.path.join(".")]);
    expect(found).toContainEqual([code, path]);
  });

  it("a household whose head has died needs a new head among those who stay", async () => {
    let input = aDeathRequest();
    while (!input.newHead) input = aDeathRequest(); // most seeded households have the father as their head
    const { problems } = await checked({ ...input, newHead: null });
    expect(problems).toEqual([{ code: "NEW_HEAD_NEEDED", path: ["newHead"], agency: { code: "RESIDENCE" } }]);
    expect((await checked(input)).problems).toEqual([]);
  });

  it("a citizen submits as the declarant alone, and a portal not at all", async () => {
    const input = aDeathRequest();
    const answer = await submit(input, aKey(), { persona: "citizen" });
    expect(problemsOf(answer).map(({ code }) => code)).toContain("SUBMITTER_NOT_NAMED");
    const { errors } = await submit(input, aKey(), { persona: "portal" });
    expect(errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  });
});
