import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { families, SEEDED_COMMUNES } from "../../subgraphs/_shared/demo/population.ts";
import { legalDayOf } from "../../subgraphs/_shared/reference/days.ts";
import { adultCardNumber } from "../../subgraphs/health-insurance/demo-cards.ts";
import { definition } from "../../subgraphs/health-insurance/subgraph.ts";
import { type ServedAgency, serveAgency } from "./served-agency.ts";

const seeded = "093195000017";
/** Last day of the seeded cards of households. */
const LAST_DAY = `${legalDayOf(new Date()).slice(0, 4)}-12-31`;

let agency: ServedAgency;
beforeAll(async () => {
  agency = await serveAgency(definition);
});
afterAll(() => agency?.stop());

describe("the register of cards", () => {
  test("the card register has a card for every seeded adult of the demo population and is seeded once", async () => {
    const everyone = SEEDED_COMMUNES.flatMap((c) => families(c)).flatMap((f) => [f.mother, f.father]);
    const rows = await agency.sql<{ personal_id: string; number: string }[]>`
      select personal_id, number from cards`;
    expect(new Map(rows.map((r) => [r.personal_id, r.number]))).toEqual(
      new Map(everyone.map((person) => [person.personalId, adultCardNumber(person)])),
    );
    await agency.prepareAgain();
    const [{ count } = { count: 0 }] = await agency.sql`select count(*)::int as count from cards`;
    expect(count).toBe(everyone.length);
  });

  test.each([
    "update card_versions set benefit = 2",
    "delete from card_versions",
    "truncate card_versions cascade",
    "update cards set personal_id = '000000000000'",
    "delete from cards",
  ])("the card register is append-only: %s", async (statement) => {
    await expect(agency.sql.unsafe(statement)).rejects.toThrow("is append-only");
  });

  test.each([
    ["a malformed number", "cards_number", "TE1921", "093226000001"],
    ["a child's card of another benefit", "cards_number", "TE4921111111111", "093226000001"],
    ["a malformed personal number", "cards_personal_id", "GD4921111111111", "12345"],
    ["a second card of a person", "cards_personal_id_unique", "GD4921111111111", seeded],
  ])("the card register refuses %s", async (_, constraint_name, number, personalId) => {
    const enter = agency.sql`insert into cards (id, number, personal_id) values (${uuidv7()}, ${number}, ${personalId})`;
    await expect(enter).rejects.toMatchObject({ constraint_name });
  });

  test("the card register refuses an insurance number of another group's card", async () => {
    const [taken] = await agency.sql`select insurance_number from cards limit 1`;
    const number = `HS405${taken?.insurance_number}`;
    const enter = agency.sql`insert into cards (id, number, personal_id) values (${uuidv7()}, ${number}, '093226000002')`;
    await expect(enter).rejects.toMatchObject({ constraint_name: "cards_insurance_number_unique" });
  });

  test.each([
    [
      "a term that ends more than a day before it begins",
      "card_versions_validity",
      { to: "2025-12-30", benefit: 4, group: "GD" },
    ],
    ["a sixth benefit level", "card_versions_benefit", { to: null, benefit: 6, group: "GD" }],
    ["a child's benefit other than 1", "card_versions_benefit", { to: null, benefit: 4, group: "TE" }],
    ["a group in digits", "card_versions_object_code", { to: null, benefit: 4, group: "12" }],
  ])("the card register refuses an entry with %s", async (_, constraint_name, { to, benefit, group }) => {
    const enter = agency.sql`
      insert into card_versions (card_id, version, valid_from, recorded_by, ground, facility_code, card_valid_from, card_valid_to, benefit, object_code)
      select id, 9, '2026-01-01', 'test', 'test', '93012', '2026-01-01', ${to}, ${benefit}, ${group} from cards limit 1`;
    await expect(enter).rejects.toMatchObject({ constraint_name });
  });

  test.each([
    [
      "a version after one that is missing",
      "card_versions_in_order",
      { version: 3, object: "GD", benefit: 4, from: null },
    ],
    ["a number of another group", "card_versions_number", { version: 2, object: "DN", benefit: 4, from: null }],
    ["a level that is not the group's", "card_versions_group", { version: 2, object: "GD", benefit: 2, from: null }],
    ["a term in the days of another one", "card_terms_apart", { version: 2, object: "GD", benefit: 4, from: LAST_DAY }],
  ])("the card register refuses %s", async (_, constraint_name, { version, object, benefit, from }) => {
    await expect(enterVersion(version, object, benefit, from)).rejects.toMatchObject({ constraint_name });
  });

  test("the terms of cards follow from the versions alone", async () => {
    for (const statement of ["delete from card_terms", "update card_terms set ends_on = null"])
      await expect(agency.sql.unsafe(statement)).rejects.toThrow("follows from versions");
    const [wrong] = await agency.sql`
      select count(*)::int as terms from card_versions v full join card_terms t
          on t.card_id = v.card_id and t.starts_on = v.card_valid_from and t.version = v.version
       where t.ends_on is distinct from v.card_valid_to`;
    expect(wrong?.terms).toBe(0);
  });

  /** Enters a version of the seeded card of a household's member, which is valid in this year. */
  function enterVersion(version: number, object: string, benefit: number, from: string | null) {
    return agency.sql`
      insert into card_versions (card_id, version, valid_from, recorded_by, ground, facility_code, card_valid_from, card_valid_to, benefit, object_code)
      select v.card_id, ${version}, v.valid_from, 'test', 'test', v.facility_code,
             coalesce(${from}::date, v.card_valid_from), v.card_valid_to, ${benefit}, ${object}
        from card_versions v join cards c on c.id = v.card_id where c.number like 'GD%' order by c.id limit 1`;
  }
});
