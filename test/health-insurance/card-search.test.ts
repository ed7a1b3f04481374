import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { families } from "../../subgraphs/_shared/demo/population.ts";
import { addDays, addMonths, type LegalDay } from "../../subgraphs/_shared/reference/days.ts";
import type { PartialDate } from "../../subgraphs/_shared/reference/partial-dates.ts";
import { coverageOn } from "../../subgraphs/health-insurance/coverage/coverage.ts";
import type { HealthInsuranceContext } from "../../subgraphs/health-insurance/loaders.ts";
import { definition } from "../../subgraphs/health-insurance/subgraph.ts";
import { aNewcomer, anEnrolment, cardOfficer, HERE, THERE, TODAY } from "./card-acts.ts";
import { a, type ServedAgency, serveAgency } from "./served-agency.ts";

let agency: ServedAgency;
beforeAll(async () => {
  agency = await serveAgency(definition);
});
afterAll(() => agency?.stop());

const { done, card } = cardOfficer(() => agency);
const CARDS = `query ($filter: HealthInsuranceCardFilter!, $first: Int!, $after: String) {
  healthInsuranceCards(filter: $filter, first: $first, after: $after) {
    nodes { id number validTo insured { personalId } } pageInfo { hasNextPage endCursor } } }`;

async function page(filter: object, first = 50, after: string | null = null, caller = a("clerk")) {
  const { data, errors } = await agency.ask(caller, CARDS, { filter, first, after });
  if (errors) throw Object.assign(new Error(errors[0].message), { code: errors[0].extensions.code });
  return data.healthInsuranceCards;
}

async function all(filter: object, size: number) {
  const nodes = [];
  for (let after: string | null = null; ; ) {
    const found = await page(filter, size, after);
    nodes.push(...found.nodes);
    if (!found.pageInfo.hasNextPage) return nodes;
    after = found.pageInfo.endCursor;
  }
}

async function anInsured(fullName: string, more: object = {}) {
  const person = aNewcomer({ fullName });
  await done("enrolHealthInsurance", anEnrolment([person], more));
  return { ...person, ...(await card(person.personalId, "id number")) };
}

describe("the search for cards", () => {
  test("a card is found by each of its numbers, and by words of the name without diacritics in any order", async () => {
    const { personalId, number, id } = await anInsured("Đặng Thị Thẻ Mẫu");
    for (const filter of [
      ...[
        { search: personalId },
        { search: number },
        { search: ` ${number.toLowerCase()} ` },
        { search: number.slice(5) },
      ],
      ...[{ search: "the mau dang" }, { search: "ĐẶNG THỊ THẺ MẪU", objectCode: "DN", facility: HERE }],
    ])
      expect((await page(filter)).nodes, JSON.stringify(filter)).toMatchObject([{ id, insured: { personalId } }]);
    for (const filter of [
      { search: "the mau khong" },
      { search: "the mau", objectCode: "GD" },
      { search: "the mau", facility: THERE },
    ])
      expect((await page(filter)).nodes).toEqual([]);
  });

  test("cards that end in a period come in pages of any size, each once, those that end first at the beginning", async () => {
    const far = addMonths(TODAY, 60);
    for (const days of [3, 1, 2, 2]) await anInsured("Lê Thị Hết Hạn", { validTo: addDays(far, days) });
    const filter = { endsFrom: far, endsTo: addDays(far, 3) };
    const once = await all(filter, 200);
    expect(once.map(({ validTo }) => validTo)).toEqual([1, 2, 2, 3].map((days) => addDays(far, days)));
    expect(await all(filter, 1)).toEqual(once);
    await anInsured("Lê Thị Hết Hạn");
    const endless = await all({ search: "het han" }, 2);
    expect(endless.map(({ validTo }) => validTo).at(-1)).toBeNull();
    expect(endless).toHaveLength(5);
  });

  test("a search records the holders whom it shows", async () => {
    const { personalId } = await anInsured("Lê Thị Ghi Nhận");
    const caller = a("clerk");
    await page({ search: personalId }, 5, null, caller);
    const [record] = await agency.sql`select citizens from access_log where request_id = ${caller.requestId}`;
    expect(record?.citizens).toEqual([personalId]);
  });

  test.each<[object, number, string | null]>([
    [{}, 0, null],
    [{}, 201, null],
    [{}, 5, "x"],
    [{ search: "x".repeat(201) }, 5, null],
  ])("a search with %j, a page of %i and the cursor %s is malformed", async (filter, first, after) => {
    await expect(page(filter, first, after)).rejects.toMatchObject({ code: "BAD_USER_INPUT" });
  });

  test.each(["citizen", "registrar", "portal"] as const)("a %s may not search cards", async (role) => {
    const caller = a(role, { personalId: families()[0]?.mother.personalId });
    await expect(page({}, 5, null, caller)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("the history of a card", () => {
  test("what the register said is read as of a day, and every version has its author and ground", async () => {
    const { personalId, number } = await anInsured("Trần Thị Quá Trình", {
      objectCode: "GD",
      validTo: addMonths(TODAY, 2),
    });
    await done("changeCareFacility", { personalId, facility: THERE, reason: "MOVE", ground: "Tờ khai mẫu số 9" });
    const read = await card(
      personalId,
      `before: asOf(on: "${addDays(TODAY, -1)}") { id } now: asOf(on: "${TODAY}") { number validFrom facility { code } }
       history(first: 1) { nodes { effectiveOn recordedBy ground act facility { code } } pageInfo { hasNextPage endCursor } }`,
    );
    expect(read).toMatchObject({ before: null, now: { number, validFrom: TODAY, facility: { code: THERE } } });
    expect(read.history.nodes).toEqual([
      {
        ...{ effectiveOn: TODAY, recordedBy: "test:insurer", ground: "Tờ khai mẫu số 9", act: "FACILITY_CHANGE" },
        facility: { code: THERE },
      },
    ]);
    const older = await card(
      personalId,
      `history(first: 5, after: "${read.history.pageInfo.endCursor}") { nodes { act facility { code } } pageInfo { hasNextPage } }`,
    );
    expect(older.history).toEqual({
      nodes: [{ act: "ENROLMENT", facility: { code: HERE } }],
      pageInfo: { hasNextPage: false },
    });
  });

  test("a citizen reads neither the history nor a former state of the own card", async () => {
    const { personalId } = families()[0]?.mother ?? {};
    for (const field of ["history(first: 1) { nodes { id } }", 'asOf(on: "2026-01-01") { id }'])
      await expect(
        agency.citizen(a("citizen", { personalId }), `healthInsuranceCard { ${field} }`, { personalId }),
      ).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("the coverage on a day", () => {
  const COVERAGE = `query ($person: CoveredPersonInput!, $on: Date!) { healthInsuranceCoverage(person: $person, on: $on) {
    on isCovered number objectCode benefit percent validFrom validTo facility { code } } }`;

  async function coverage(person: object, on: string, caller = a("portal", { province: "01" })) {
    const { data, errors } = await agency.ask(caller, COVERAGE, { person, on });
    if (errors) throw Object.assign(new Error(errors[0].message), { code: errors[0].extensions.code });
    return data.healthInsuranceCoverage;
  }

  async function aCovered() {
    const { personalId, number, fullName, dateOfBirth } = await anInsured("Lê Thị Viện Phí", {
      validTo: addMonths(TODAY, 1),
    });
    await done("renewHealthInsurance", {
      ...{ personalId, validFrom: addMonths(TODAY, 2), validTo: addMonths(TODAY, 3), ground: "Tờ khai mẫu số 5" },
    });
    return { personalId, number, who: { number: personalId, fullName, dateOfBirth } };
  }

  test("a hospital learns by any number which term covers the day, and that none does between two", async () => {
    const { number, who } = await aCovered();
    const term = { on: TODAY, isCovered: true, number, objectCode: "DN", benefit: 4, percent: 80, validFrom: TODAY };
    for (const given of [who.number, number, number.slice(5)])
      expect(await coverage({ ...who, number: given }, TODAY)).toEqual({
        ...{ ...term, validTo: addMonths(TODAY, 1), facility: { code: HERE } },
      });
    const none = { isCovered: false, number: null, objectCode: null, benefit: null, percent: null };
    for (const on of [addDays(TODAY, -1), addDays(addMonths(TODAY, 1), 1), addMonths(TODAY, 4)])
      expect(await coverage(who, on)).toEqual({ ...none, on, validFrom: null, validTo: null, facility: null });
    expect(await coverage(who, addMonths(TODAY, 2))).toMatchObject({
      ...{ isCovered: true, validFrom: addMonths(TODAY, 2), validTo: addMonths(TODAY, 3) },
    });
  });

  test("the coverage of a person on a day takes one statement", async () => {
    const { who } = await aCovered();
    let statements = 0;
    const db = drizzle(agency.sql, { logger: { logQuery: () => void statements++ } });
    const ctx = { db, access: { read: () => {} } } as unknown as HealthInsuranceContext; // what the question reads
    const person = { ...who, dateOfBirth: who.dateOfBirth as PartialDate };
    expect(await coverageOn(ctx, person, TODAY as LegalDay)).toMatchObject({ isCovered: true });
    expect(statements).toBe(1);
  });

  test("a number with another name or date of birth, or of nobody, is not found", async () => {
    const { who } = await aCovered();
    for (const other of [
      { fullName: "Lê Thị Khác" },
      { dateOfBirth: "1995" },
      { number: "093195999998" },
      { number: "" },
    ])
      await expect(coverage({ ...who, ...other }, TODAY)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(coverage({ ...who, fullName: who.fullName.toUpperCase() }, TODAY)).resolves.toMatchObject({
      isCovered: true,
    });
  });

  test("the question is recorded, and only those with its permission may ask", async () => {
    const { who } = await aCovered();
    const caller = a("insurer");
    await coverage(who, TODAY, caller);
    const [record] = await agency.sql`select citizens from access_log where request_id = ${caller.requestId}`;
    expect(record?.citizens).toEqual([who.number]);
    for (const role of ["clerk", "citizen", "police"] as const)
      await expect(coverage(who, TODAY, a(role, { personalId: who.number }))).rejects.toMatchObject({
        code: "FORBIDDEN",
      });
  });
});

test("the groups of the insured are public, each with its benefit level and share", async () => {
  const { data } = await agency.ask(a("anonymous"), "{ insuredGroups { code benefit percent } }");
  expect(data?.insuredGroups).toContainEqual({ code: "TE", benefit: 1, percent: 100 });
  expect(data?.insuredGroups).toContainEqual({ code: "HT", benefit: 3, percent: 95 });
  expect(data?.insuredGroups).toContainEqual({ code: "DN", benefit: 4, percent: 80 });
  expect(data?.insuredGroups).toHaveLength(43);
});
