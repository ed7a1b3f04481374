import { drizzle } from "drizzle-orm/postgres-js";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { families } from "../../subgraphs/_shared/demo/population.ts";
import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import { deliverPart } from "../../subgraphs/_shared/parts/delivery.ts";
import { officers, type Role } from "../../subgraphs/_shared/rights/permissions.ts";
import { PLAIN_MODE } from "../../subgraphs/_shared/serving/serving-mode.ts";
import { healthInsuranceLoaders } from "../../subgraphs/health-insurance/loaders.ts";
import { definition } from "../../subgraphs/health-insurance/subgraph.ts";
import { a, type ServedAgency, serveAgency } from "./served-agency.ts";

const child = "093226000951";
const [mother, father, stranger] = ["093195000017", "093093000023", "093195000099"];
const card =
  "healthInsuranceCard { id number validFrom validTo benefit objectCode facility { code name commune { code name } } }";

let agency: ServedAgency;
let cardId: string;
beforeAll(async () => {
  agency = await serveAgency(definition);
  const procedures = { handlers: definition.procedures, officer: new Set<string>() };
  const now = new Date("2026-11-23T09:00:00+07:00");
  const content = {
    child: { personalId: child, dateOfBirth: "2026-11-16" },
    mother: { personalId: mother },
    father: { personalId: father },
    insurance: { facility: "93012" },
  };
  const part = {
    id: uuidv7(),
    procedure: "1.014137",
    dossier: "H13.152-261123-0001",
    office: "31471",
    receivedAt: now,
  };
  const delivery = { db: agency.db, procedures, caller: a("service"), now, mode: PLAIN_MODE };
  cardId = (await deliverPart(delivery, { ...part, content })).result?.id ?? "";
});
afterAll(() => agency?.stop());

const cardOf = async (caller: Caller, personalId: string | null) =>
  (await agency.citizen(caller, card, { personalId })).healthInsuranceCard;
const cardById = async (caller: Caller, id: string) => {
  const query =
    "query ($of: [_Any!]!) { _entities(representations: $of) { ... on HealthInsuranceCard { id number } } }";
  return (await agency.ask(caller, query, { of: [{ __typename: "HealthInsuranceCard", id }] })).data._entities[0];
};

describe("a card", () => {
  test("a card shows its number, validity, benefit and facility", async () => {
    expect(await cardOf(a("clerk"), child)).toEqual({
      id: cardId,
      number: expect.stringMatching(/^TE192\d{10}$/),
      validFrom: "2026-11-16",
      validTo: "2032-11-30",
      benefit: 1,
      objectCode: "TE",
      facility: {
        code: "93012",
        name: "Trung tâm Y tế khu vực (mẫu)",
        commune: { code: "31471", name: "Phường Long Mỹ" },
      },
    });
  });

  test("a card is found by its id, and an unknown id gives null", async () => {
    expect(await cardById(a("clerk"), cardId)).toMatchObject({ id: cardId, number: expect.any(String) });
    expect(await cardById(a("clerk"), uuidv7())).toBeNull();
    expect(await cardById(a("clerk"), "nonsense")).toBeNull();
  });

  test("a card shows its current version, and the former one is kept", async () => {
    const [adult] = families("00004");
    const personalId = adult?.father.personalId ?? "";
    await agency.sql`
      insert into card_versions (card_id, version, valid_from, recorded_by, ground, facility_code, card_valid_from, benefit, object_code)
      select card_id, 2, '2026-07-01', 'test', 'test', '93012', card_valid_from, benefit, object_code
        from card_versions join cards on id = card_id where personal_id = ${personalId}`;
    expect(await cardOf(a("insurer"), personalId)).toMatchObject({ facility: { code: "93012" } });
  });

  test("the cards of fifty citizens take one statement", async () => {
    const owners = families()
      .slice(0, 50)
      .map((family) => family.mother.personalId);
    let statements = 0;
    const db = drizzle(agency.sql, { logger: { logQuery: () => void statements++ } });
    const { cardByHolder } = healthInsuranceLoaders({ db, caller: a("clerk"), now: new Date() });
    const found = await Promise.all(owners.map((owner) => cardByHolder.load(owner)));
    expect(found.map((card) => card?.holder)).toEqual(owners);
    expect(statements).toBe(1);
  });
});

describe("who sees the card of a child that came by a dossier of province 92", () => {
  test.each<[string, Caller]>([
    ["a clerk", a("clerk", { office: "00004" })],
    ["a leader", a("leader", { office: "31471" })],
    ["the insurer", a("insurer")],
    ...officers
      .filter(({ agency: of }) => of !== "HEALTH_INSURANCE")
      .map(({ role }): [string, Caller] => [`the ${role}, because it came by a dossier`, a(role)]),
    ["the portal of the province", a("portal", { province: "92" })],
    ["the mother", a("citizen", { personalId: mother })],
    ["the father", a("citizen", { personalId: father })],
    ["the child", a("citizen", { personalId: child })],
  ])("%s sees the card of a child that came by a dossier of province 92", async (_, caller) => {
    expect(await cardOf(caller, child)).not.toBeNull();
    expect(await cardById(caller, cardId)).not.toBeNull();
  });

  test.each<[string, Caller]>([
    ["the portal of another province", a("portal", { province: "01" })],
    ["a portal without a province", a("portal")],
    ["another citizen", a("citizen", { personalId: stranger })],
    ["a citizen whose token names nobody", a("citizen")],
  ])("%s does not see the card of a child that came by a dossier of province 92", async (_, caller) => {
    await expect(cardOf(caller, child)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await cardById(caller, cardId)).toBeNull();
  });

  test.each<[Role, string]>([
    ["police", "NOT_FOUND"],
    ["portal", "NOT_FOUND"],
    ["clerk", "found"],
    ["insurer", "found"],
  ])("a card that came by no dossier is for the %s: %s", async (role, seen) => {
    const reading = cardOf(a(role, { province: "92" }), mother);
    expect(
      await reading.then(
        (card) => card && "found",
        ({ code }) => code,
      ),
    ).toBe(seen);
  });
});

describe("nobody gets past the permission", () => {
  test.each<[string, Caller, string]>([
    ["the anonymous public", a("anonymous"), "UNAUTHENTICATED"],
    ["a clerk whose scope lacks it", a("clerk", { permissions: ["birth:read"] }), "FORBIDDEN"],
    ["the saga's service", a("service"), "FORBIDDEN"],
  ])("a card is refused to %s", async (_, caller, code) => {
    await expect(cardOf(caller, child)).rejects.toMatchObject({ code });
    await expect(
      agency.citizen(caller, "childCardEntitlement { entitled }", { personalId: child }),
    ).rejects.toMatchObject({ code });
    await expect(cardById(caller, cardId)).resolves.toBeNull();
  });
});

describe("a citizen", () => {
  test("a citizen whose number is null has a null card and no access record", async () => {
    const caller = a("clerk");
    const selection = `${card} childCardEntitlement { entitled lastDay }`;
    const found = await agency.citizen(caller, selection, { personalId: null, dateOfBirth: "2026-11-16" });
    expect(found).toEqual({ healthInsuranceCard: null, childCardEntitlement: null });
    expect(await agency.sql`select 1 from access_log where request_id = ${caller.requestId}`).toHaveLength(0);
  });

  test("reading a citizen's card records the fields and the purpose", async () => {
    const caller = a("clerk", { purpose: "H13.152-261123-0001", office: "31471" });
    await agency.citizen(caller, "healthInsuranceCard { number }", { personalId: child });
    const records = await agency.sql`
      select subject, office, purpose, citizens, fields from access_log where request_id = ${caller.requestId}`;
    expect([...records]).toEqual([
      {
        subject: "test:clerk",
        office: "31471",
        purpose: "H13.152-261123-0001",
        citizens: [child],
        fields: ["HealthInsuranceCard.number"],
      },
    ]);
  });

  test("a citizen's entitlement follows from the date of birth and is null where that is unknown", async () => {
    const entitlement = async (dateOfBirth: string | null) =>
      (
        await agency.citizen(a("clerk"), "childCardEntitlement { entitled lastDay }", {
          personalId: child,
          dateOfBirth,
        })
      ).childCardEntitlement;
    expect(await entitlement("1995-04-12")).toEqual({ entitled: false, lastDay: "2001-09-30" });
    expect(await entitlement(null)).toBeNull();
  });
});
