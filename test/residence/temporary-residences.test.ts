import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addDays, type LegalDay, legalDayOf } from "../../subgraphs/_shared/reference/days.ts";
import { definition } from "../../subgraphs/residence/subgraph.ts";
import { a, type ServedAgency, serveAgency } from "../health-insurance/served-agency.ts";
import { aHousehold, aStrikeOff, related, residenceOfficer, type TestPerson } from "./residence-acts.ts";

let agency: ServedAgency;
beforeAll(async () => {
  agency = await serveAgency(definition);
});
afterAll(() => agency?.stop());

const { act, done, problems } = residenceOfficer(() => agency);
const REGISTER = "registerTemporaryResidence";
const FAMILY = [{ relation: "HEAD" }, { relation: "HUSBAND" }];
const TODAY = legalDayOf(new Date());
const ADDRESS = { line: "Phòng 3, khu trọ mẫu", commune: "00004" };

const aStay = (person: TestPerson | undefined, more: object = {}) => ({
  ...{ persons: [person?.personalId], address: ADDRESS, endsOn: addDays(TODAY, 300), ground: "Tờ khai CT01 mẫu số 4" },
  ...more,
});

async function staysOf(person: TestPerson | undefined) {
  const fields = "temporaryResidences { id startsOn endsOn renewableFrom address { line commune { code } } }";
  return (await agency.citizen(a("clerk"), fields, { personalId: person?.personalId })).temporaryResidences;
}

/** A stay whose term ends in some days, as if it had been registered a year ago. */
async function anOldStay({ id: person_id }: TestPerson, days: number): Promise<string> {
  const id = crypto.randomUUID();
  const term = { starts_on: addDays(TODAY, days - 365), ends_on: addDays(TODAY, days) };
  const place = { address_line: ADDRESS.line, commune_list: "2025-07-01", commune_code: ADDRESS.commune };
  const { sql } = agency;
  await sql`insert into temporary_residences ${sql({ id, person_id, ...place })}`;
  const entered = { valid_from: term.starts_on, recorded_by: "test", ground: "test" };
  await sql`insert into temporary_residence_versions ${sql({ temporary_residence_id: id, ...entered, ...term })}`;
  return id;
}

const personOf = async () => (await aHousehold(agency, FAMILY)).people[1] as TestPerson;

describe("a temporary residence", () => {
  test("persons stay at an address of another commune for a term that can be renewed in its last 15 days", async () => {
    const { people } = await aHousehold(agency, FAMILY);
    const input = aStay(undefined, { persons: people.map(({ personalId }) => personalId) });
    const made = await done(REGISTER, input);
    expect(made).toMatchObject({ kind: "TEMPORARY_RESIDENCE", households: [] });
    for (const person of people)
      expect(await staysOf(person)).toMatchObject([
        {
          ...{ startsOn: made.effectiveOn, endsOn: input.endsOn, renewableFrom: addDays(input.endsOn, -15) },
          address: { line: ADDRESS.line, commune: { code: ADDRESS.commune } },
        },
      ]);
  });

  test("a term has two years at most, ends after its beginning, and lies outside the home commune; all is told at once", async () => {
    const person = await personOf();
    const later = (years: number, days = 0) =>
      addDays(`${Number(TODAY.slice(0, 4)) + years}${TODAY.slice(4)}` as LegalDay, days);
    expect(await problems(REGISTER, aStay(person, { endsOn: later(2, 1) }))).toEqual(["TERM_TOO_LONG endsOn"]);
    const address = { line: "", commune: "31471" };
    expect(await problems(REGISTER, aStay(person, { endsOn: "2020-01-01", address, ground: "" }))).toEqual([
      ...["TEXT_EMPTY ground", "TEXT_EMPTY address.line", "TERM_OVER endsOn"],
    ]);
    expect(await problems(REGISTER, aStay(person, { address: { ...ADDRESS, commune: "31471" } }))).toEqual([
      "TEMPORARY_AT_HOME persons.0",
    ]);
    await done(REGISTER, aStay(person, { endsOn: later(2) }));
    expect(await problems(REGISTER, aStay(person))).toEqual(["TEMPORARY_ALREADY persons.0"]);
    const persons = [person.personalId, person.personalId, "093180999999", "1"];
    expect(await problems(REGISTER, aStay(person, { persons, address: { ...ADDRESS, commune: "00008" } }))).toEqual([
      ...["PERSONAL_ID_MALFORMED persons.3", "MEMBER_NAMED_TWICE persons.1", "PERSON_NOT_FOUND persons.2"],
    ]);
    expect(await problems(REGISTER, aStay(person, { persons: [] }))).toEqual(["MOVERS_MISSING persons"]);
  });

  test("a term is renewed from the day after its end, in its last 15 days and not before", async () => {
    const person = await personOf();
    const id = await anOldStay(person, 16);
    const renewal = (endsOn: string) => ({ temporaryResidence: id, endsOn, ground: "Tờ khai CT01 mẫu số 5" });
    expect(await problems("renewTemporaryResidence", renewal(addDays(TODAY, 300)))).toEqual([
      "RENEWAL_TOO_EARLY temporaryResidence",
    ]);
    const other = await personOf();
    const open = { ...renewal(addDays(TODAY, 300)), temporaryResidence: await anOldStay(other, 15) };
    await done("renewTemporaryResidence", open);
    expect(await staysOf(other)).toMatchObject([{ startsOn: addDays(TODAY, 16), endsOn: addDays(TODAY, 300) }]);
    const long = { ...open, temporaryResidence: await anOldStay(await personOf(), 0), endsOn: addDays(TODAY, 800) };
    expect(await problems("renewTemporaryResidence", long)).toEqual(["TERM_TOO_LONG endsOn"]);
    const over = { ...open, temporaryResidence: await anOldStay(await personOf(), -1) };
    expect(await problems("renewTemporaryResidence", over)).toEqual(["TEMPORARY_ENDED temporaryResidence"]);
    const none = { ...open, temporaryResidence: "nobody's" };
    expect(await problems("renewTemporaryResidence", none)).toEqual(["TEMPORARY_UNKNOWN temporaryResidence"]);
  });

  test("a stay ends by an act, by a death and by a permanent residence at the same place", async () => {
    const [one, two, three] = [await personOf(), await personOf(), await personOf()];
    for (const person of [one, two, three]) await done(REGISTER, aStay(person));
    const [stay] = await staysOf(one);
    const end = { temporaryResidence: stay.id, reason: "ABSENCE", ground: "Biên bản mẫu số 6" };
    await done("endTemporaryResidence", end);
    expect(await problems("endTemporaryResidence", end)).toEqual(["TEMPORARY_ENDED temporaryResidence"]);
    await done("strikeOffPermanentResidence", aStrikeOff(two.personalId));
    const newAddress = { ...ADDRESS, line: ADDRESS.line.toUpperCase() };
    const persons = related([three, "HEAD"]);
    await done("registerPermanentResidence", { newAddress, persons, ground: "Tờ khai CT01 mẫu số 7" });
    for (const person of [one, two, three]) expect(await staysOf(person)).toEqual([]);
    const reasons = await agency.sql`
      select v.end_reason from temporary_residence_versions v join temporary_residences t on t.id = v.temporary_residence_id
       where t.person_id in ${agency.sql([one.id, two.id, three.id])} and v.version = 2 order by 1`;
    expect(reasons.map(({ end_reason }) => end_reason)).toEqual(["ABSENCE", "DEATH", "PERMANENT_THERE"]);
  });

  test("of two registrations at once in one commune, one is refused", async () => {
    const person = await personOf();
    const answers = await Promise.all([act(REGISTER, aStay(person)), act(REGISTER, aStay(person))]);
    expect(answers.filter((answer) => answer.act)).toHaveLength(1);
    expect(await staysOf(person)).toHaveLength(1);
  });

  test("the database refuses an overlapping stay and a term of more than two years, whoever asks", async () => {
    const person = await personOf();
    await anOldStay(person, 100);
    await expect(anOldStay(person, 200)).rejects.toMatchObject({ constraint_name: "temporary_residence_once" });
    const insert = agency.sql`
      insert into temporary_residence_versions (temporary_residence_id, version, valid_from, recorded_by, ground, starts_on, ends_on)
      select id, 2, now(), 'test', 'test', '2026-01-01', '2028-01-02' from temporary_residences where person_id = ${person.id} limit 1`;
    await expect(insert).rejects.toMatchObject({ constraint_name: "temporary_residence_versions_term" });
  });

  test("citizens read their own stays and nobody else's, and register none", async () => {
    const [one, other] = [await personOf(), await personOf()];
    await done(REGISTER, aStay(one));
    const caller = a("citizen", { personalId: one.personalId });
    const fields = "temporaryResidences { endsOn }";
    expect((await agency.citizen(caller, fields, { personalId: one.personalId })).temporaryResidences).toHaveLength(1);
    await expect(agency.citizen(caller, fields, { personalId: other.personalId })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    const officer = residenceOfficer(
      () => agency,
      () => caller,
    );
    const id = (await staysOf(one))[0].id;
    for (const [name, input] of [
      [REGISTER, aStay(other)],
      ["renewTemporaryResidence", { temporaryResidence: id, endsOn: TODAY, ground: "Mẫu" }],
      ["endTemporaryResidence", { temporaryResidence: id, reason: "ABSENCE", ground: "Mẫu" }],
    ] as const)
      await expect(officer.act(name, input)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});
