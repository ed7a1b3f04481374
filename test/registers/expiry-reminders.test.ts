import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addDays, addMonths, type LegalDay, legalDayOf } from "../../subgraphs/_shared/reference/days.ts";
import type { ExpirySource } from "../../subgraphs/_shared/reminders/source.ts";
import { endReminders, reopenReminders, sweepReminders } from "../../subgraphs/_shared/reminders/sweep.ts";
import { definition as civilStatus } from "../../subgraphs/civil-status/subgraph.ts";
import { definition as healthInsurance } from "../../subgraphs/health-insurance/subgraph.ts";
import { definition as residence } from "../../subgraphs/residence/subgraph.ts";
import { aConfirmation, aMarriage, aPerson, civilOfficer, OFFICE } from "../civil-status/civil-acts.ts";
import { a, type ServedAgency, serveAgency } from "../health-insurance/served-agency.ts";

const today = legalDayOf(new Date());
const day = (count: number) => addDays(today, count);
const COLLECT = `query ($after: String, $first: Int!) {
  foundReminders(after: $after, first: $first) {
    reminders { entry expiresOn requestBy foundOn holder people commune facts } ended { entry expiresOn state foundOn } end hasMore } }`;

async function collected(agency: ServedAgency, after: string | null = null, first = 1_000, by = a("service")) {
  const { data, errors } = await agency.ask(by, COLLECT, { after, first });
  if (errors) throw Object.assign(new Error(errors[0].message), { code: errors[0].extensions.code });
  return data.foundReminders;
}

function sourceOf({ expirySource }: { expirySource?: ExpirySource }): ExpirySource {
  if (!expirySource) throw new Error("The agency has no entries with a term");
  return expirySource;
}

/** Days on which the reminders of a holder were found. */
async function foundFor(agency: ServedAgency, holder: string): Promise<LegalDay[]> {
  const { reminders } = await collected(agency);
  return reminders.flatMap((each: { holder: string; foundOn: LegalDay }) =>
    each.holder === holder ? [each.foundOn] : [],
  );
}

/** Reasons for which the reminders of entries ended on a day, in the order of the ids; null where one did not. */
async function reasons(agency: ServedAgency, ids: readonly (string | undefined)[], on: LegalDay) {
  const { ended } = await collected(agency);
  const found = ended.filter(({ foundOn }: { foundOn: LegalDay }) => foundOn === on);
  return ids.map((id) => found.find(({ entry }: { entry: string }) => entry === id)?.state ?? null);
}

describe("confirmations of the marital status", () => {
  let agency: ServedAgency;
  beforeAll(async () => {
    agency = await serveAgency(civilStatus, { demo: false });
  });
  afterAll(() => agency?.stop());
  const { done } = civilOfficer(() => agency);
  const sweep = (on: LegalDay, isStopped?: () => boolean) =>
    sweepReminders(agency.sql, sourceOf(civilStatus), on, isStopped);
  const lastDay = addMonths(today, 6);

  test("a confirmation is found once, thirty days before its end, with the facts of a new one", async () => {
    const person = aPerson("FEMALE");
    await done("confirmMaritalStatus", aConfirmation(person));
    await sweep(addDays(lastDay, -31));
    expect(await foundFor(agency, person.personalId)).toEqual([]);
    await sweep(addDays(lastDay, -30));
    await sweep(addDays(lastDay, -29));
    const { reminders } = await collected(agency);
    expect(reminders.filter(({ holder }: { holder: string }) => holder === person.personalId)).toMatchObject([
      {
        ...{ expiresOn: lastDay, requestBy: lastDay, foundOn: addDays(lastDay, -30), people: [person.personalId] },
        commune: OFFICE,
        facts: {
          person: { fullName: person.fullName, dateOfBirth: person.dateOfBirth, personalId: person.personalId },
          ...{ maritalStatus: "NEVER_MARRIED", purpose: "Để đăng ký kết hôn" },
        },
      },
    ]);
  });

  test("a confirmation is not found after a newer one or a marriage", async () => {
    const { husband, wife } = aMarriage();
    const renewed = aPerson("FEMALE");
    for (const person of [husband, wife, renewed]) await done("confirmMaritalStatus", aConfirmation(person));
    await done("registerMarriage", aMarriage({ husband, wife }));
    await done("confirmMaritalStatus", aConfirmation(renewed));
    await sweep(addDays(lastDay, -20));
    for (const { personalId } of [husband, wife]) expect(await foundFor(agency, personalId)).toEqual([]);
    expect(await foundFor(agency, renewed.personalId)).toHaveLength(1);
  });

  test("the reminder of a confirmation is superseded by a newer one and by a marriage", async () => {
    const { husband, wife } = aMarriage();
    const standing = aPerson();
    for (const person of [husband, wife, standing]) await done("confirmMaritalStatus", aConfirmation(person));
    await sweep(addDays(lastDay, -19));
    const entries = await Promise.all(
      [wife, husband, standing].map(async ({ personalId }) => {
        const { reminders } = await collected(agency);
        return reminders.find(({ holder }: { holder: string }) => holder === personalId)?.entry;
      }),
    );
    await done("confirmMaritalStatus", aConfirmation(wife));
    await done("registerMarriage", aMarriage({ husband, wife }));
    const on = addDays(lastDay, -18);
    await endReminders(agency.sql, sourceOf(civilStatus), on);
    expect(await reasons(agency, entries, on)).toEqual(["SUPERSEDED", "SUPERSEDED", null]);
    expect(await foundFor(agency, husband.personalId)).toEqual([]); // a reader who comes now is told of the end alone
    expect(await foundFor(agency, standing.personalId)).toHaveLength(1);
  });

  test("a worker that stops before a batch leaves the day to the next one, which finds each entry once", async () => {
    const person = aPerson();
    await done("confirmMaritalStatus", aConfirmation(person));
    expect(await sweep(addDays(lastDay, -10), () => true)).toBe(0);
    await Promise.all([1, 2, 3].map(() => sweep(addDays(lastDay, -10))));
    await sweep(addDays(lastDay, -9));
    expect(await foundFor(agency, person.personalId)).toHaveLength(1);
  });

  test("a reader gets every reminder once by its cursor, and all of them again with a cursor of another database", async () => {
    const all = await collected(agency);
    const read = [];
    for (let after: string | null = null, more = true; more; ) {
      const page: Awaited<ReturnType<typeof collected>> = await collected(agency, after, 1);
      read.push(...page.reminders);
      after = page.end;
      more = page.hasMore;
    }
    expect(read).toEqual(all.reminders);
    expect(await collected(agency, all.end)).toEqual({ reminders: [], ended: [], end: all.end, hasMore: false });
    expect((await collected(agency, `1.${crypto.randomUUID()}`)).reminders).toEqual(all.reminders);
    await expect(collected(agency, null, 1_001)).rejects.toMatchObject({ code: "BAD_USER_INPUT" });
  });

  test.each(["clerk", "registrar", "citizen"] as const)("a %s does not collect reminders", async (role) => {
    await expect(collected(agency, null, 1, a(role))).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("temporary residences", () => {
  let agency: ServedAgency;
  beforeAll(async () => {
    agency = await serveAgency(residence);
  });
  afterAll(() => agency?.stop());

  test("a stay is found in the last fifteen days of its term, once, and not after its renewal", async () => {
    const people = await agency.sql<{ id: string; number: string }[]>`
      select id, personal_id as number from persons p
       where not exists (select from temporary_residences where person_id = p.id) order by id limit 3`;
    const [staying, renewed, ended] = people;
    for (const { id } of people)
      await agency.sql`
        with head as (
          insert into temporary_residences (id, person_id, address_line, commune_list, commune_code)
          select gen_random_uuid(), ${id}, 'Ấp mẫu 9', list, code from communes where code = ${OFFICE} limit 1 returning id)
        insert into temporary_residence_versions (temporary_residence_id, valid_from, recorded_by, ground, starts_on, ends_on)
        select id, ${day(-100)}, 'test', 'test', ${day(-100)}, ${day(40)} from head`;
    const next = (person: string | undefined, more: object) => agency.sql`
      insert into temporary_residence_versions ${agency.sql({ version: 2, valid_from: today, recorded_by: "test", ground: "test", ...more })}
      returning (select id from temporary_residences where person_id = ${person ?? ""})`;
    const stayOf = async (person: string | undefined) => {
      const [row] = await agency.sql`select id from temporary_residences where person_id = ${person ?? ""}`;
      return row?.id as string;
    };
    const term = { starts_on: day(-100), ends_on: day(40) };
    await next(ended?.id, {
      ...{ temporary_residence_id: await stayOf(ended?.id), ...term, valid_to: today, end_reason: "ABSENCE" },
    });
    const sweep = (on: LegalDay) => sweepReminders(agency.sql, sourceOf(residence), on);
    await sweep(day(24));
    expect(await foundFor(agency, staying?.number ?? "")).toEqual([]);
    await sweep(day(25));
    expect(await foundFor(agency, staying?.number ?? "")).toEqual([day(25)]);
    expect(await foundFor(agency, ended?.number ?? "")).toEqual([]);
    await next(renewed?.id, {
      temporary_residence_id: await stayOf(renewed?.id),
      starts_on: day(41),
      ends_on: day(400),
    });
    await sweep(day(26));
    await endReminders(agency.sql, sourceOf(residence), day(26));
    const stays = [await stayOf(renewed?.id), await stayOf(staying?.id)];
    expect(await reasons(agency, stays, day(26))).toEqual(["RENEWED", null]);
    const { reminders } = await collected(agency);
    const numbers = people.map(({ number }) => number);
    expect(reminders.filter(({ holder }: { holder: string }) => numbers.includes(holder))).toMatchObject([
      {
        ...{ holder: staying?.number, people: [staying?.number], expiresOn: day(40), commune: OFFICE },
        facts: { person: { personalId: staying?.number }, temporaryAddress: { line: "Ấp mẫu 9", commune: OFFICE } },
      },
    ]);
    await agency.sql`
      insert into temporary_residence_versions ${agency.sql({
        ...{ version: 2, valid_from: today, recorded_by: "test", ground: "test", ...term },
        ...{ temporary_residence_id: await stayOf(staying?.id), valid_to: today, end_reason: "ABSENCE" },
      })}`;
    await endReminders(agency.sql, sourceOf(residence), day(27));
    expect(await reasons(agency, stays, day(27))).toEqual([null, "CLOSED"]);
  });
});

describe("cards of children", () => {
  let agency: ServedAgency;
  beforeAll(async () => {
    agency = await serveAgency(healthInsurance);
  });
  afterAll(() => agency?.stop());

  test("a child's card is found thirty days before its last day for the parents, and those of adults or closed ones are not", async () => {
    const enter = async (child: string, more: object, group = "TE1") => {
      await agency.sql`
        with head as (
          insert into cards (id, number, personal_id, guardians, office)
          values (gen_random_uuid(), ${`${group}939${child.slice(-9)}`}, ${child}, '093195000017 093090000025', ${OFFICE}) returning id)
        select 1 from head`;
      const [card] = await agency.sql`select id from cards where personal_id = ${child}`;
      const [facility] = await agency.sql`select code from care_facilities limit 1`;
      await agency.sql`
        insert into card_versions ${agency.sql({
          ...{ card_id: card?.id, version: 1, valid_from: day(-300), facility_code: facility?.code },
          ...{ card_valid_from: day(-300), card_valid_to: day(60), benefit: 1, object_code: "TE" },
          ...{ holder_name: "Trần Mẫu Bé", holder_date_of_birth: "2021-01-05", ...more },
        })}`;
    };
    await enter("093221700001", {});
    await enter("093221700002", { object_code: "GD", benefit: 4 }, "GD4");
    await enter("093221700003", { closed_on: day(-1) });
    const sweep = (on: LegalDay) => sweepReminders(agency.sql, sourceOf(healthInsurance), on);
    await sweep(day(29));
    expect((await collected(agency)).reminders).toEqual([]);
    await sweep(day(30));
    await sweep(day(31));
    expect((await collected(agency)).reminders).toMatchObject([
      {
        ...{ holder: "093221700001", people: ["093195000017", "093090000025"], expiresOn: day(60), foundOn: day(30) },
        facts: { insured: { fullName: "Trần Mẫu Bé", dateOfBirth: "2021-01-05", personalId: "093221700001" } },
      },
    ]);
    await enter("093221700004", {});
    await sweep(day(32));
    const { reminders } = await collected(agency);
    const [first, second] = reminders.map(({ entry }: { entry: string }) => entry);
    const next = (entry: string, lastDay: LegalDay, closedOn: LegalDay | null) => agency.sql`
      insert into card_versions (card_id, version, valid_from, facility_code, card_valid_from, card_valid_to, benefit, object_code, closed_on)
      select card_id, version + 1, ${today}, facility_code, card_valid_from, ${lastDay}, benefit, object_code, ${closedOn}
        from card_versions where card_id = ${entry} order by version desc limit 1`;
    await next(first, day(400), null);
    await next(second, day(60), today);
    await endReminders(agency.sql, sourceOf(healthInsurance), day(33));
    expect(await reasons(agency, [first, second], day(33))).toEqual(["RENEWED", "CLOSED"]);
    expect(await reopenReminders(agency.sql, sourceOf(healthInsurance), day(34))).toBe(0);
    await next(first, day(60), null); // the longer term was an error
    const { end } = await collected(agency);
    for (const workers of [[1, 2, 3], [4]])
      await Promise.all(workers.map(() => reopenReminders(agency.sql, sourceOf(healthInsurance), day(34))));
    const again = [{ entry: first, expiresOn: day(60), foundOn: day(34) }];
    expect(await collected(agency, end)).toMatchObject({ reminders: again, ended: [] });
    // a reader from the first on is told of no end that is undone
    expect((await collected(agency)).reminders).toMatchObject(again);
    expect(await reasons(agency, [first, second], day(33))).toEqual([null, "CLOSED"]);
    await next(first, day(60), today);
    await endReminders(agency.sql, sourceOf(healthInsurance), day(35));
    expect(await reasons(agency, [first, second], day(35))).toEqual(["CLOSED", null]);
  });
});
