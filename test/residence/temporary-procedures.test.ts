import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addDays, legalDayOf } from "../../subgraphs/_shared/reference/days.ts";
import { aHousehold, type TestPerson } from "./residence-acts.ts";
import { asInput, CHECK, NOW, openResidence, part, type ResidenceWorld, service } from "./residence-database.ts";

let world: ResidenceWorld;
beforeAll(async () => {
  world = await openResidence();
});
afterAll(() => world?.close());

const [REGISTRATION, RENEWAL, END] = ["1.004194", "1.002755", "1.010028"];
const TODAY = legalDayOf(NOW);
const THERE = { line: "Phòng 3, khu trọ mẫu", commune: "00004" };

async function aCouple(): Promise<[TestPerson, TestPerson]> {
  const { people } = await aHousehold(world, [{ relation: "HEAD" }, { relation: "HUSBAND" }]);
  return people as [TestPerson, TestPerson]; // two members were asked for
}

const named = ({ personalId, fullName }: TestPerson) => ({ personalId, fullName });

function content(person: TestPerson, more: object = {}) {
  return { person: named(person), temporaryAddress: THERE, until: addDays(TODAY, 300), ...more };
}

async function granted(procedure: string, of: object) {
  const incoming = part(procedure, of);
  const delivered = await world.deliver(incoming);
  expect(delivered.state).toBe("PROCESSING");
  return { ...(await world.instruct(incoming.id, { by: "officer:1", grant: { facts: {} } })), of: incoming.dossier };
}

async function problems(procedure: string, of: object): Promise<string[]> {
  const { data } = await world.ask(service(), CHECK, { part: asInput(part(procedure, of)) });
  expect(data?.checkPart.handling).toBe("OFFICER");
  return data?.checkPart.problems.map(
    ({ code, path }: { code: string; path: string[] }) => `${code} ${path.join(".")}`,
  );
}

/** A stay that began in the past and ends some days from today. */
async function anOldStay({ id: person_id }: TestPerson, days: number): Promise<string> {
  const id = uuidv7();
  const place = { address_line: THERE.line, commune_list: "2025-07-01", commune_code: THERE.commune };
  const entered = { valid_from: "2026-01-01", recorded_by: "test", ground: "test" };
  const term = { starts_on: "2026-01-01", ends_on: addDays(TODAY, days) };
  await world.sql`insert into temporary_residences ${world.sql({ id, person_id, ...place })}`;
  await world.sql`
    insert into temporary_residence_versions ${world.sql({ temporary_residence_id: id, ...entered, ...term })}`;
  return id;
}

/** Versions of the stays of a person, the first first. */
const staysOf = async ({ id }: TestPerson) => [
  ...(await world.sql`
    select v.starts_on::text as "from", v.ends_on::text as "to", v.end_reason as reason, v.recorded_by as by, v.ground
      from temporary_residence_versions v join temporary_residences t on t.id = v.temporary_residence_id
     where t.person_id = ${id} order by v.recorded_at, v.version`),
];

describe("the registration of a temporary residence by a dossier", () => {
  test("a person and a member stay at an address from the day of the officer's grant, on the ground of the dossier", async () => {
    const [one, other] = await aCouple();
    const of = content(one, { members: [named(other)] });
    expect(await problems(REGISTRATION, of)).toEqual([]);
    const answer = await granted(REGISTRATION, of);
    expect(answer).toMatchObject({ state: "GRANTED" });
    for (const person of [one, other])
      expect(await staysOf(person)).toEqual([
        { from: TODAY, to: addDays(TODAY, 300), reason: null, by: "officer:1", ground: answer.of },
      ]);
  });

  test("all problems come at once, with their places in the form", async () => {
    const [one, other] = await aCouple();
    const stranger = { personalId: "093180999999", fullName: "Lê Thị Lạ" };
    const of = content(one, {
      person: { ...named(one), fullName: "Lê Thị Khác" },
      members: [named(other), named(other), stranger],
      temporaryAddress: { line: "Số 1", commune: "31471" },
      until: addDays(TODAY, 800),
    });
    expect(await problems(REGISTRATION, of)).toEqual([
      "PERSON_NAME_MISMATCH person.fullName",
      "MEMBER_NAMED_TWICE members.1.personalId",
      "PERSON_NOT_FOUND members.2.personalId",
      "TERM_TOO_LONG until",
      "TEMPORARY_AT_HOME person.personalId",
      "TEMPORARY_AT_HOME members.0.personalId",
    ]);
  });

  test("a second stay in one commune is refused with the article of the law, and enters nothing", async () => {
    const [one] = await aCouple();
    await granted(REGISTRATION, content(one));
    const refused = await world.deliver(part(REGISTRATION, content(one)));
    expect(refused).toMatchObject({ state: "REFUSED", refusal: { code: "TEMPORARY_ALREADY" } });
    expect(refused.refusal?.legalBasis).toContain("Điều 27");
    expect(await staysOf(one)).toHaveLength(1);
  });

  test("a part that is delivered twice, and of which an officer is told twice, is one stay", async () => {
    const [one] = await aCouple();
    const incoming = part(REGISTRATION, content(one));
    await Promise.all([world.deliver(incoming), world.deliver(incoming)]);
    const grant = { by: "officer:1", grant: { facts: {} } };
    await Promise.all([world.instruct(incoming.id, grant), world.instruct(incoming.id, grant)]);
    expect((await world.deliver(incoming)).state).toBe("GRANTED");
    expect(await staysOf(one)).toHaveLength(1);
  });

  test("a stay that is over before the officer decides is entered for the days that it lasted", async () => {
    const [one] = await aCouple();
    const before = addDays(TODAY, -10);
    const incoming = part(REGISTRATION, content(one, { until: addDays(TODAY, -2) }), {
      receivedAt: new Date(`${before}T09:00:00+07:00`),
    });
    await world.deliver(incoming);
    await world.instruct(incoming.id, { by: "officer:1", grant: { facts: {} } });
    expect(await staysOf(one)).toMatchObject([{ from: before, to: addDays(TODAY, -2) }]);
  });
});

describe("the renewal of a temporary residence by a dossier", () => {
  test("the stay in the commune of the address gets the next term, from the day after its end", async () => {
    const [one, other] = await aCouple();
    await anOldStay(one, 15);
    await anOldStay(other, 3);
    const of = content(one, { members: [named(other)] });
    expect(await granted(RENEWAL, of)).toMatchObject({ state: "GRANTED" });
    expect((await staysOf(one)).slice(1)).toMatchObject([{ from: addDays(TODAY, 16), to: addDays(TODAY, 300) }]);
    expect((await staysOf(other)).slice(1)).toMatchObject([{ from: addDays(TODAY, 4), to: addDays(TODAY, 300) }]);
  });

  test("a request of the last day is in time, though the officer decides after the end of the term", async () => {
    const [one] = await aCouple();
    await anOldStay(one, -2);
    const incoming = part(RENEWAL, content(one), { receivedAt: new Date(`${addDays(TODAY, -2)}T16:00:00+07:00`) });
    await world.deliver(incoming);
    const answer = await world.instruct(incoming.id, { by: "officer:1", grant: { facts: {} } });
    expect(answer?.state).toBe("GRANTED");
    expect((await staysOf(one)).slice(1)).toMatchObject([{ from: addDays(TODAY, -1) }]);
  });

  test("a renewal that is too early, one of a stay that is none, and one for too long have problems at once", async () => {
    const [one, other] = await aCouple();
    await anOldStay(one, 16);
    const of = content(one, { members: [named(other)], until: addDays(TODAY, 900) });
    expect(await problems(RENEWAL, of)).toEqual([
      "TEMPORARY_NOT_THERE members.0.personalId",
      "RENEWAL_TOO_EARLY person.personalId",
      "TERM_TOO_LONG until",
    ]);
    expect(await staysOf(one)).toHaveLength(1);
  });
});

describe("the end of a temporary residence by a dossier", () => {
  test("the stay ends with the reason of the form once an officer has looked", async () => {
    const [one] = await aCouple();
    await anOldStay(one, 100);
    const answer = await granted(END, content(one, { reason: "DWELLING_LOST" }));
    expect(answer).toMatchObject({ state: "GRANTED" });
    expect((await staysOf(one)).slice(1)).toMatchObject([
      { reason: "DWELLING_LOST", by: "officer:1", ground: answer.of },
    ]);
  });

  test("a stay in another commune, or one that is over, cannot end", async () => {
    const [one, other] = await aCouple();
    await anOldStay(one, 100);
    await anOldStay(other, -1);
    const temporaryAddress = { line: "Số 1", commune: "00008" };
    expect(await problems(END, content(one, { reason: "ABSENCE", temporaryAddress }))).toEqual([
      "TEMPORARY_NOT_THERE person.personalId",
    ]);
    const refused = await world.deliver(part(END, content(other, { reason: "ABSENCE" })));
    expect(refused).toMatchObject({ state: "REFUSED", refusal: { code: "TEMPORARY_NOT_THERE" } });
    expect(refused.refusal?.legalBasis).toContain("Điều 29");
  });
});

describe("a grant that the register has lost", () => {
  const STRIKE_OFF = "1.003197";
  const yesterday = { grantedBefore: { on: addDays(TODAY, -1) } };
  const strikeOff = (person: TestPerson, reason = "ABROAD") => ({
    person: named(person),
    reason,
    from: TODAY,
    ...yesterday,
  });
  const refused = { state: "REFUSED", refusal: { code: "NEWER_FACTS_REGISTERED" } };

  test("a strike-off that would end a stay registered since is left to a person", async () => {
    const [head, husband] = await aCouple();
    await granted(REGISTRATION, content(husband));
    expect(await world.deliver(part(STRIKE_OFF, strikeOff(husband, "CITIZENSHIP")))).toMatchObject(refused);
    const newHead = { personalId: husband.personalId, relations: [] };
    expect(await world.deliver(part(STRIKE_OFF, { ...strikeOff(head), newHead }))).toMatchObject({ state: "GRANTED" });
  });

  test("a strike-off for a reason that ends no stay is entered again, though a stay was registered since", async () => {
    const [, husband] = await aCouple();
    await granted(REGISTRATION, content(husband));
    expect(await world.deliver(part(STRIKE_OFF, strikeOff(husband)))).toMatchObject({ state: "GRANTED" });
    expect(await staysOf(husband)).toMatchObject([{ reason: null }]);
  });

  test("a stay of a person who was struck off since is left to a person", async () => {
    const [head, husband] = await aCouple();
    expect(await granted(STRIKE_OFF, { ...strikeOff(husband), grantedBefore: undefined })).toMatchObject({
      state: "GRANTED",
    });
    expect(await world.deliver(part(REGISTRATION, content(husband, yesterday)))).toMatchObject(refused);
    expect(await world.deliver(part(REGISTRATION, content(head, yesterday)))).toMatchObject({ state: "GRANTED" });
  });

  test("a stay that was registered and ended since is not entered once more", async () => {
    const [person] = await aCouple();
    await granted(REGISTRATION, content(person));
    await granted(END, { person: named(person), temporaryAddress: THERE, reason: "ABSENCE" });
    expect(await world.deliver(part(REGISTRATION, content(person, yesterday)))).toMatchObject(refused);
  });
});
