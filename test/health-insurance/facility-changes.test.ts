import { randomUUID } from "node:crypto";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { families } from "../../subgraphs/_shared/demo/population.ts";
import { addDays, type LegalDay } from "../../subgraphs/_shared/reference/days.ts";
import { healthInsuranceConfiguration } from "../../subgraphs/health-insurance/configuration.ts";
import { nextChangeDay } from "../../subgraphs/health-insurance/facilities/change-rule.ts";
import { definition } from "../../subgraphs/health-insurance/subgraph.ts";
import { serial } from "../kit/serial-numbers.ts";
import { cardOfficer, HERE, THERE, TODAY } from "./card-acts.ts";
import { a, type ServedAgency, serveAgency } from "./served-agency.ts";

let agency: ServedAgency;
beforeAll(async () => {
  agency = await serveAgency(definition);
  await allow([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
});
afterAll(() => agency?.stop());

const { act, done, problems, card } = cardOfficer(() => agency);
const CHANGE = "changeCareFacility";

/** Next unused seeded mother of the default commune, whose card names the facility HERE. */
const holder = () => families()[100 + serial("holder")]?.mother;
const allow = (months: number[], isOpenToMovers = true) =>
  agency.sql`update facility_change_rules set months = ${months}, days = 31, is_open_to_movers = ${isOpenToMovers}`;
const aChange = (personalId = holder()?.personalId, more: object = {}) => ({
  ...{ personalId, facility: THERE, reason: "REQUEST", ground: "Tờ khai mẫu số 1" },
  ...more,
});

describe("the days for changes", () => {
  const rule = { months: [1, 4, 7, 10], days: 15 };
  test.each([
    ["2026-01-01", "2026-01-01"],
    ["2026-01-15", "2026-01-15"],
    ["2026-01-16", "2026-04-01"],
    ["2026-11-23", "2027-01-01"],
    ["2026-12-31", "2027-01-01"],
  ])("the first day for a change from %s on is %s", (on, expected) => {
    expect(nextChangeDay(rule, on as LegalDay)).toBe(expected);
  });

  test.each(["", "13", "1;4", "0"])("the months %j are refused by their variable's name", (months) => {
    const read = () => healthInsuranceConfiguration({ FACILITY_CHANGE_MONTHS: months || "," });
    expect(read).toThrow("FACILITY_CHANGE_MONTHS");
  });
});

describe("a change of the facility of first care", () => {
  test("a card names another facility from the day of the change on, and the version of before is kept", async () => {
    const input = aChange();
    const before = await card(input.personalId, "id number validFrom validTo facility { code }");
    const made = await done(CHANGE, input);
    expect(made).toMatchObject({
      ...{ kind: "FACILITY_CHANGE", effectiveOn: TODAY, recordedBy: "test:insurer", ground: input.ground },
      cards: [{ id: before.id }],
    });
    expect(before.facility.code).toBe(HERE);
    expect(await card(input.personalId, "id number validFrom validTo facility { code }")).toEqual({
      ...before,
      facility: { code: THERE },
    });
    const versions = await agency.sql`
      select version, facility_code, valid_from::text, act_id from card_versions where card_id = ${before.id} order by version`;
    expect(versions.map(({ facility_code }) => facility_code)).toEqual([HERE, THERE]);
    expect(versions[1]).toMatchObject({ version: 2, valid_from: TODAY, act_id: made.id });
    const records = await agency.sql`
      select citizens, fields from access_log where action = 'CHANGE' and ${input.personalId ?? ""} = any(citizens)`;
    expect([...records]).toEqual([{ citizens: [input.personalId], fields: ["card_versions.*"] }]);
  });

  test("all problems of a change are told at once, and nothing changes", async () => {
    await allow([(Number(TODAY.slice(5, 7)) % 12) + 1]);
    expect(await problems(CHANGE, aChange("093195999999", { facility: "99999", ground: "" }))).toEqual([
      ...["TEXT_EMPTY ground", "PARTICIPANT_UNKNOWN personalId", "FACILITY_UNKNOWN facility"],
      "FACILITY_CHANGE_NOT_YET reason",
    ]);
    expect(await problems(CHANGE, aChange("1", { reason: "MOVE" }))).toEqual(["PERSONAL_ID_MALFORMED personalId"]);
    await allow([Number(TODAY.slice(5, 7))]);
    const [person, kept] = [holder(), holder()];
    expect(await problems(CHANGE, aChange(person?.personalId, { facility: HERE }))).toEqual([
      "FACILITY_UNCHANGED facility",
    ]);
    await endCard(person?.personalId, addDays(TODAY, -1));
    expect(await problems(CHANGE, aChange(person?.personalId))).toEqual(["CARD_EXPIRED personalId"]);
    await endCard(kept?.personalId, TODAY, true);
    expect(await problems(CHANGE, aChange(kept?.personalId))).toEqual(["CARD_CLOSED personalId"]);
    expect(await card(kept?.personalId, "facility { code }")).toEqual({ facility: { code: HERE } });
  });

  test("outside the days for changes a person who moves may change the facility, unless the rule says otherwise", async () => {
    await allow([(Number(TODAY.slice(5, 7)) % 12) + 1]);
    await done(CHANGE, aChange(undefined, { reason: "MOVE" }));
    await allow([(Number(TODAY.slice(5, 7)) % 12) + 1], false);
    expect(await problems(CHANGE, aChange(undefined, { reason: "MOVE" }))).toEqual(["FACILITY_CHANGE_NOT_YET reason"]);
    await allow([Number(TODAY.slice(5, 7))]);
  });

  test("one key acts once, and another request under it is a conflict", async () => {
    const [key, input] = [randomUUID(), aChange()];
    const answers = await Promise.all([1, 2, 3].map(() => act(CHANGE, input, key)));
    expect(new Set(answers.map((answer) => answer.act?.id)).size).toBe(1);
    const other = { ...input, facility: HERE };
    expect(await problems(CHANGE, other, key)).toEqual(["IDEMPOTENCY_CONFLICT idempotencyKey"]);
    expect(await versionsOf(input.personalId)).toBe(2);
  });

  test("of two equal changes at once, one is refused", async () => {
    const input = aChange();
    const answers = await Promise.all([act(CHANGE, input), act(CHANGE, input)]);
    expect(answers.filter((answer) => answer.act)).toHaveLength(1);
    expect(answers.flatMap((answer) => answer.problems.map(({ code }) => code))).toEqual(["FACILITY_UNCHANGED"]);
    expect(await versionsOf(input.personalId)).toBe(2);
  });

  test.each(["clerk", "citizen", "portal", "registrar"] as const)("a %s may not change the facility", async (role) => {
    const other = cardOfficer(
      () => agency,
      () => a(role, { office: "31471", province: "92", personalId: families()[0]?.mother.personalId }),
    );
    await expect(other.act(CHANGE, aChange())).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("a change of the facility by a dossier", () => {
  const service = a("service", { subject: "service:one-stop" });

  function aPart({ personalId = "", fullName = "" } = holder() ?? {}, more: object = {}) {
    const dossier = `H13.152-261123-${String(serial("dossier")).padStart(4, "0")}`;
    const content = { insured: { personalId, fullName }, facility: THERE, reason: "MOVE", ...more };
    return { id: uuidv7(), procedure: "1.002759", dossier, office: "31471", receivedAt: new Date(), content };
  }

  async function deliver(part: object) {
    const query = `mutation ($part: PartInput!) { deliverPart(part: $part) { state result { type id } refusal { code legalBasis } } }`;
    return (await agency.ask(service, query, { part })).data.deliverPart;
  }

  test("the part changes the facility with the dossier as its ground, once", async () => {
    const person = holder();
    const part = aPart(person);
    const { id } = await card(person?.personalId, "id");
    for (const _ of ["first", "again"])
      expect(await deliver(part)).toEqual({
        ...{ state: "GRANTED", result: { type: "HealthInsuranceCard", id }, refusal: null },
      });
    expect(await card(person?.personalId, "facility { code }")).toEqual({ facility: { code: THERE } });
    const [last] = await agency.sql`
      select version, ground, recorded_by, act_id from card_versions where card_id = ${id} order by version desc limit 1`;
    expect(last).toEqual({ version: 2, ground: part.dossier, recorded_by: null, act_id: null });
  });

  test("a change that another person declares waits for an insurer", async () => {
    const person = holder();
    const [own, other] = [person?.personalId, "093195000017"].map((personalId) => ({ declarant: { personalId } }));
    expect(await deliver(aPart(person, other))).toMatchObject({ state: "PROCESSING" });
    expect(await deliver(aPart(person, own))).toMatchObject({ state: "GRANTED" });
  });

  test("the part's problems have paths into its content and the article that a refusal cites", async () => {
    const part = aPart({ ...families()[0]?.mother, fullName: "Lê Thị Khác" } as never, { facility: "00000" });
    const query = `query ($part: PartInput!) { checkPart(part: $part) { problems { code path } } }`;
    const { problems: found } = (await agency.ask(service, query, { part })).data.checkPart;
    expect(found.map(({ code, path }: { code: string; path: string[] }) => `${code} ${path.join(".")}`)).toEqual([
      ...["PARTICIPANT_NAME_DIFFERS insured.fullName", "FACILITY_UNKNOWN facility"],
    ]);
    expect(await deliver(part)).toMatchObject({
      state: "REFUSED",
      refusal: { code: "PARTICIPANT_NAME_DIFFERS", legalBasis: expect.stringContaining("Điều 26") },
    });
  });

  test("two dossiers at once change a facility once", async () => {
    const person = holder();
    const answers = await Promise.all([deliver(aPart(person)), deliver(aPart(person))]);
    expect(answers.map(({ state }) => state).sort()).toEqual(["GRANTED", "REFUSED"]);
    expect(await versionsOf(person?.personalId)).toBe(2);
  });
});

async function versionsOf(personalId = ""): Promise<number> {
  const rows = await agency.sql`
    select 1 from card_versions v join cards c on c.id = v.card_id where c.personal_id = ${personalId}`;
  return rows.length;
}

/** Ends a card, as if an officer had entered the version. */
function endCard(personalId = "", lastDay: LegalDay, isClosed = false) {
  return agency.sql`
    insert into card_versions (card_id, version, valid_from, recorded_by, ground, facility_code, card_valid_from, card_valid_to,
           closed_on, benefit, object_code)
    select v.card_id, v.version + 1, ${lastDay}, 'test', 'test', v.facility_code, v.card_valid_from, ${lastDay},
           ${isClosed ? TODAY : null}, v.benefit, v.object_code
      from card_versions v join cards c on c.id = v.card_id where c.personal_id = ${personalId} order by v.version desc limit 1`;
}
