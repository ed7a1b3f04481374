import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { families } from "../../subgraphs/_shared/demo/population.ts";
import { deliverPart, type IncomingPart } from "../../subgraphs/_shared/parts/delivery.ts";
import { parseHealthCardNumber } from "../../subgraphs/_shared/reference/identifiers/health-card.ts";
import { PLAIN_MODE } from "../../subgraphs/_shared/serving/serving-mode.ts";
import { childCardProcedure } from "../../subgraphs/health-insurance/procedures/child-card.ts";
import { definition } from "../../subgraphs/health-insurance/subgraph.ts";
import { a, type ServedAgency, serveAgency } from "./served-agency.ts";

let agency: ServedAgency;
beforeAll(async () => {
  agency = await serveAgency(definition);
});
afterAll(() => agency?.stop());

const service = a("service", { subject: "service:one-stop" });
const receivedAt = "2026-11-23T09:00:00+07:00";
let children = 0;
const newborn = () => `0932260${String(50_000 + ++children)}`;

type Child = { personalId?: string | null; dateOfBirth?: string };
function aPart(child: Child = {}, facility = "93012"): IncomingPart & { receivedAt: Date } {
  return {
    id: uuidv7(),
    procedure: "1.014137",
    dossier: "H13.152-261123-0001",
    office: "31471",
    receivedAt: new Date(receivedAt),
    content: {
      child: { personalId: newborn(), fullName: "Phạm Minh Khôi", sex: "MALE", dateOfBirth: "2026-11-16", ...child },
      // other parents for each child, so that no child is taken for another one
      mother: { personalId: `093195${String(60_000 + children).padStart(6, "0")}` },
      father: { personalId: `093093${String(60_000 + children).padStart(6, "0")}` },
      insurance: { facility },
    },
  };
}
const parentsOf = (part: IncomingPart) => part.content as Record<"mother" | "father", { personalId: string }>;
const childOf = (part: IncomingPart) => (part.content as { child: { personalId: string } }).child.personalId;

async function check(part: IncomingPart) {
  const query =
    "query ($part: PartInput!) { checkPart(part: $part) { handling problems { code message messageEn path existingDossier } } }";
  return (await agency.ask(service, query, { part })).data.checkPart;
}

async function deliver(part: IncomingPart) {
  const query =
    "mutation ($part: PartInput!) { deliverPart(part: $part) { state result { type id } facts refusal { code legalBasis } } }";
  const { data, errors } = await agency.ask(service, query, { part });
  return data?.deliverPart ?? errors?.[0];
}

/** The same without the network, with chance and business time of the test's choice. */
function deliverWith(random: () => number, part: IncomingPart, now = new Date(receivedAt)) {
  const procedures = { handlers: [childCardProcedure(random)], officer: new Set<string>() };
  return deliverPart({ db: agency.db, procedures, caller: service, now, mode: PLAIN_MODE }, part);
}

const cardsOf = (personalId: string) => agency.sql`
  select v.*, c.*, v.recorded_by as by from cards c join card_versions v on v.card_id = c.id where c.personal_id = ${personalId}`;

describe("a child's card", () => {
  test("a child's card gets a number of group TE and the office's province, valid from birth to its last day", async () => {
    const part = aPart();
    expect(await check(part)).toEqual({ handling: "AUTOMATIC", problems: [] });
    const { state, result, facts } = await deliver(part);
    expect(state).toBe("GRANTED");
    expect(facts.number).toMatch(/^TE192[1-8]\d{9}$/);
    expect(parseHealthCardNumber(facts.number).ok).toBe(true);
    const [card] = await cardsOf(childOf(part));
    expect(result).toEqual({ type: "HealthInsuranceCard", id: card?.id });
    expect(card).toMatchObject({
      number: facts.number,
      part_id: part.id,
      dossier: part.dossier,
      office: "31471",
      office_province: "92",
      guardians: `${parentsOf(part).mother.personalId} ${parentsOf(part).father.personalId}`,
      version: 1,
      facility_code: "93012",
      benefit: 1,
      object_code: "TE",
      by: null, // the desk's service
      ground: null, // the dossier of the head
    });
    const [days] =
      await agency.sql`select card_valid_from::text, card_valid_to::text from card_versions where card_id = ${result.id}`;
    expect(days).toEqual({ card_valid_from: "2026-11-16", card_valid_to: "2032-11-30" });
  });

  test("granting a child's card records the change with the dossier as its purpose", async () => {
    const part = aPart();
    await deliver(part);
    const records =
      await agency.sql`select subject, purpose, fields from access_log where action = 'CHANGE' and ${childOf(part)} = any(citizens)`;
    expect([...records]).toEqual([
      { subject: "service:one-stop", purpose: part.dossier, fields: ["cards", "card_versions"] },
    ]);
  });

  test("a child's card may be requested before the child has a number and without a father", async () => {
    const part = aPart({ personalId: null });
    expect(await check({ ...part, content: { ...(part.content as object), father: null } })).toMatchObject({
      problems: [],
    });
  });

  test("a child's card is valid from the business day of the decision, not from the day of receipt", async () => {
    const part = aPart();
    await deliverWith(Math.random, part, new Date("2026-11-30T18:00:00Z"));
    const [card] = await agency.sql`
      select v.valid_from::text as from from cards c join card_versions v on v.card_id = c.id where c.part_id = ${part.id}`;
    expect(card?.from).toBe("2026-12-01");
  });
});

describe("a card that cannot be issued", () => {
  const codesAndPaths = async (part: IncomingPart) =>
    (await check(part)).problems.map(({ code, path }: { code: string; path: string[] }) => [code, path.join(".")]);

  test("a card for an unknown care facility is refused as FACILITY_UNKNOWN", async () => {
    expect(await codesAndPaths(aPart({}, "99999"))).toEqual([["FACILITY_UNKNOWN", "insurance.facility"]]);
    expect(await deliver(aPart({}, "x' or true"))).toMatchObject({
      state: "REFUSED",
      refusal: { code: "FACILITY_UNKNOWN", legalBasis: expect.stringContaining("25/2008/QH12") },
    });
  });

  test("a card requested after its last day is refused as CHILD_NOT_ENTITLED, and on that day it is granted", async () => {
    const at = (time: string, part = aPart({ dateOfBirth: "2020-03-15" })) => ({ ...part, receivedAt: new Date(time) });
    expect(await codesAndPaths(at("2026-10-01T00:00:00+07:00"))).toEqual([["CHILD_NOT_ENTITLED", "child.dateOfBirth"]]);
    expect(await deliver(at("2026-10-01T00:00:00+07:00"))).toMatchObject({ refusal: { code: "CHILD_NOT_ENTITLED" } });
    expect(await deliver(at("2026-09-30T23:59:59+07:00"))).toMatchObject({ state: "GRANTED" });
  });

  test("a second card of a child is refused as CARD_ALREADY_ISSUED, with the dossier of the first", async () => {
    const first = aPart();
    await deliver(first);
    const second = { ...aPart({ personalId: childOf(first) }), dossier: "H13.152-261123-0002" };
    const { problems } = await check(second);
    expect(problems).toMatchObject([{ code: "CARD_ALREADY_ISSUED", path: ["child"], existingDossier: first.dossier }]);
    expect(await deliver(second)).toMatchObject({ state: "REFUSED", refusal: { code: "CARD_ALREADY_ISSUED" } });
    const seeded = families()[0]?.mother.personalId;
    expect((await check(aPart({ personalId: seeded }))).problems).toMatchObject([{ existingDossier: null }]);
  });

  test("a lost card whose number belongs to another person now is left to an officer", async () => {
    const { facts } = await deliver(aPart());
    const lost = aPart();
    const content = { ...(lost.content as object), grantedBefore: { number: facts.number, on: "2026-11-20" } };
    const { problems } = await check({ ...lost, content });
    expect(problems).toMatchObject([{ code: "FORMER_NUMBER_TAKEN", path: ["grantedBefore", "number"] }]);
    expect(await deliver({ ...lost, content })).toMatchObject({ refusal: { code: "FORMER_NUMBER_TAKEN" } });
  });

  test("a refusal to enter a lost card again is not stored, and its key can be used again", async () => {
    const { facts } = await deliver(aPart());
    const lost = aPart();
    const enteredAgain = (number: string) =>
      deliver({ ...lost, content: { ...(lost.content as object), grantedBefore: { number, on: "2026-11-20" } } });
    const taken = { state: "REFUSED", refusal: { code: "FORMER_NUMBER_TAKEN" } };
    expect(await enteredAgain(facts.number)).toMatchObject(taken);
    expect(await enteredAgain(facts.number)).toMatchObject(taken);
    expect([...(await agency.sql`select from received_parts where part_id = ${lost.id}`)]).toEqual([]);
    const number = `${facts.number.slice(0, 5)}1000000001`;
    expect(await enteredAgain(number)).toMatchObject({ state: "GRANTED", facts: { number } });
    expect(await enteredAgain(facts.number)).toMatchObject({ state: "GRANTED", facts: { number } });
  });

  test("all problems of a card are reported together in two languages", async () => {
    const first = aPart();
    await deliver(first);
    const { problems } = await check(aPart({ personalId: childOf(first), dateOfBirth: "2019-01-01" }, "00000"));
    expect(problems).toHaveLength(3);
    for (const { message, messageEn } of problems) {
      expect(message).toMatch(/; (đề nghị|nếu)|đề nghị/);
      expect(messageEn).toMatch(/; /);
    }
  });

  test.each([
    ["a day that does not exist", aPart({ dateOfBirth: "2026-02-30" })],
    ["a child without a number", aPart({ personalId: null })],
    ["an office that is no commune", { office: "00000" }],
  ])("a card request with bad content is BAD_USER_INPUT: %s", async (_, wrong) => {
    const part = { ...aPart(), ...wrong };
    expect(await deliver(part)).toMatchObject({ extensions: { code: "BAD_USER_INPUT" } });
    expect(await agency.sql`select 1 from received_parts where part_id = ${part.id}`).toHaveLength(0);
  });
});

describe("at the same time", () => {
  test("fifty children at once get fifty cards with fifty insurance numbers", async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => deliver(aPart())));
    expect(answers.map(({ state }) => state)).toEqual(Array(50).fill("GRANTED"));
    expect(new Set(answers.map(({ facts }) => facts.number.slice(5))).size).toBe(50);
  });

  test("twenty concurrent deliveries of one card part create one card with one response", async () => {
    const part = aPart();
    const answers = await Promise.all(Array.from({ length: 20 }, () => deliver(part)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0].state).toBe("GRANTED");
    expect(await cardsOf(childOf(part))).toHaveLength(1);
  });

  test("ten concurrent parts for one child give one card and nine refusals", async () => {
    const personalId = newborn();
    const answers = await Promise.all(Array.from({ length: 10 }, () => deliver(aPart({ personalId }))));
    expect(answers.map(({ state }) => state).sort()).toEqual(["GRANTED", ...Array(9).fill("REFUSED")]);
    expect(await cardsOf(personalId)).toHaveLength(1);
  });

  test("a taken insurance number is drawn again, under the same prefix or another", async () => {
    const drawn = [0, 0, 0.25];
    const draw = () => drawn.shift() ?? 0.5;
    expect((await deliverWith(draw, aPart())).facts).toEqual({ number: "TE1921000000000" });
    expect((await deliverWith(draw, { ...aPart(), office: "00004" })).facts).toEqual({ number: "TE1013000000000" });
  });

  test("a random source that repeats itself ends in an error and writes nothing", async () => {
    const part = aPart();
    await deliverWith(() => 0.99, aPart());
    await expect(deliverWith(() => 0.99, part)).rejects.toThrow("No free insurance number");
    expect(await agency.sql`select 1 from received_parts where part_id = ${part.id}`).toHaveLength(0);
  });
});
