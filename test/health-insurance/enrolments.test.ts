import { randomUUID } from "node:crypto";
import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { families } from "../../subgraphs/_shared/demo/population.ts";
import { addDays, addMonths } from "../../subgraphs/_shared/reference/days.ts";
import { healthCardFacts, parseHealthCardNumber } from "../../subgraphs/_shared/reference/identifiers/health-card.ts";
import type { HealthInsuranceContext } from "../../subgraphs/health-insurance/loaders.ts";
import { enrolParticipants } from "../../subgraphs/health-insurance/participants/enrol.ts";
import type { HealthInsuranceEnrolmentInput } from "../../subgraphs/health-insurance/participants/input.ts";
import { definition } from "../../subgraphs/health-insurance/subgraph.ts";
import { aNewcomer, anEnrolment, cardOfficer, HERE, type Newcomer, THERE, TODAY } from "./card-acts.ts";
import { a, type ServedAgency, serveAgency } from "./served-agency.ts";

let agency: ServedAgency;
beforeAll(async () => {
  agency = await serveAgency(definition);
});
afterAll(() => agency?.stop());

const { act, done, problems, card } = cardOfficer(() => agency);
const [ENROL, RENEW, END] = ["enrolHealthInsurance", "renewHealthInsurance", "endHealthInsurance"] as const;
const FACTS = "number objectCode benefit validFrom validTo closedOn facility { code }";
const TOMORROW = addDays(TODAY, 1);
const NEXT_YEAR = addMonths(TODAY, 12);

/** A person enrolled in a household's group, by default for a month from today. */
async function enrolled(more: object = {}): Promise<Newcomer> {
  const person = aNewcomer();
  await done(ENROL, anEnrolment([person], { objectCode: "GD", validTo: addMonths(TODAY, 1), employer: null, ...more }));
  return person;
}
const aRenewal = ({ personalId }: Newcomer, more: object = {}) => ({
  ...{ personalId, validTo: NEXT_YEAR, ground: "Tờ khai mẫu số 3" },
  ...more,
});
const anEnd = ({ personalId }: Newcomer, more: object = {}) => ({
  ...{ personalId, lastDay: TODAY, reason: "CONTRIBUTIONS_ENDED", ground: "Tờ khai mẫu số 4" },
  ...more,
});
const termsOf = async ({ personalId }: Newcomer) => [
  ...(await agency.sql`
    select starts_on::text, ends_on::text from card_terms join cards on id = card_id where personal_id = ${personalId} order by 1`),
];
const cardsOf = async (people: Newcomer[]): Promise<number> => {
  const numbers = people.map(({ personalId }) => personalId);
  return (await agency.sql`select 1 from cards where personal_id in ${agency.sql(numbers)}`).length;
};

describe("an enrolment", () => {
  test("an employer enrols many participants at once, each with a card of a number of its own", async () => {
    const people = [aNewcomer(), aNewcomer({ facility: THERE }), aNewcomer({ dateOfBirth: "1990" })];
    const input = anEnrolment(people);
    const made = await done(ENROL, input);
    expect(made).toMatchObject({ kind: "ENROLMENT", effectiveOn: TODAY, employer: input.employer });
    expect(made.cards).toHaveLength(3);
    const cards = await Promise.all(people.map(({ personalId }) => card(personalId, FACTS)));
    expect(cards).toMatchObject([
      { objectCode: "DN", benefit: 4, validFrom: TODAY, validTo: null, facility: { code: HERE } },
      { facility: { code: THERE } },
      { objectCode: "DN" },
    ]);
    for (const { number } of cards) {
      const read = parseHealthCardNumber(number);
      expect(read.ok && healthCardFacts(read.value)).toMatchObject({ group: "DN", benefit: 4, province: "92" });
    }
    expect(new Set(cards.map(({ number }) => number.slice(5))).size).toBe(3);
  });

  test("five hundred participants are enrolled by one act, with the change recorded for each", async () => {
    const people = Array.from({ length: 500 }, () => aNewcomer());
    const { id } = await done(ENROL, anEnrolment(people));
    expect(await cardsOf(people)).toBe(500);
    const [versions] = await agency.sql`select count(*)::int as all from card_versions where act_id = ${id}`;
    expect(versions?.all).toBe(500);
    const [record] = await agency.sql`
      select cardinality(citizens) as citizens from access_log where action = 'CHANGE' and ${people[7]?.personalId ?? ""} = any(citizens)`;
    expect(record?.citizens).toBe(500);
    expect(await problems(ENROL, anEnrolment([...people, aNewcomer()]))).toEqual(["TOO_MANY_ENTRIES participants"]);
  });

  test("all problems of a list are told at once, and nobody is enrolled by halves", async () => {
    const [good, dead, present] = [aNewcomer(), await enrolled(), await enrolled({ objectCode: "DN", validTo: null })];
    await done(END, anEnd(dead, { reason: "DEATH" }));
    const people = [
      ...[good, { ...aNewcomer(), personalId: "1" }, aNewcomer({ fullName: "", dateOfBirth: "1995-13-01" }), good],
      ...[
        aNewcomer({ facility: "00000" }),
        dead,
        present,
        { ...present, fullName: "Lê Văn Khác", dateOfBirth: "1980" },
      ],
    ];
    const employer = { code: "0100109107", name: "" };
    const more = {
      employer,
      facility: "99999",
      validFrom: addDays(TODAY, -1),
      validTo: addDays(TODAY, -2),
      ground: "",
    };
    expect((await problems(ENROL, anEnrolment(people, more))).sort()).toEqual(
      [
        ...["TEXT_EMPTY ground", "TAX_CODE_CHECKSUM employer.code", "TEXT_EMPTY employer.name"],
        ...["CARD_TERM_IN_THE_PAST validFrom", "CARD_TERM_ENDS_BEFORE validTo", "FACILITY_UNKNOWN facility"],
        ...["PERSONAL_ID_MALFORMED participants.1.personalId", "NAME_EMPTY participants.2.fullName"],
        ...["DATE_DOES_NOT_EXIST participants.2.dateOfBirth", "PARTICIPANT_NAMED_TWICE participants.3.personalId"],
        ...["FACILITY_UNKNOWN participants.4.facility", "CARD_CLOSED participants.5.personalId"],
        ...["PARTICIPANT_NAMED_TWICE participants.7.personalId", "PARTICIPANT_NAME_DIFFERS participants.7.fullName"],
        ...["PARTICIPANT_BIRTH_DIFFERS participants.7.dateOfBirth"],
      ].sort(),
    );
    expect(await problems(ENROL, anEnrolment([good, present]))).toEqual(["ALREADY_ENROLLED participants.1.personalId"]);
    expect(await cardsOf([good])).toBe(0);
    expect(await problems(ENROL, anEnrolment([], { objectCode: "ZZ" }))).toEqual([
      ...["INSURED_GROUP_UNKNOWN objectCode", "PARTICIPANTS_MISSING participants"],
    ]);
    expect(await problems(ENROL, anEnrolment([good], { objectCode: "TE" }))).toEqual([
      "INSURED_GROUP_OF_CHILDREN objectCode",
    ]);
  });

  test("who changes the group keeps the insurance number, and the term of the former group ends the day before", async () => {
    const person = await enrolled();
    const before = await card(person.personalId, FACTS);
    await done(ENROL, anEnrolment([person], { validFrom: TOMORROW }));
    const fields = `${FACTS} history(first: 5) { nodes { act objectCode number validFrom validTo } }`;
    const { history, ...today } = await card(person.personalId, fields);
    expect(today).toEqual({ ...before, validTo: TODAY });
    expect(history.nodes).toMatchObject([
      { act: "ENROLMENT", objectCode: "DN", validFrom: TOMORROW, validTo: null },
      { act: "ENROLMENT", objectCode: "GD", validFrom: TODAY, validTo: TODAY },
      { act: "ENROLMENT", objectCode: "GD", validFrom: TODAY, validTo: before.validTo },
    ]);
    expect(history.nodes[0].number).toBe(`DN4${before.number.slice(3)}`);
    expect(await problems(ENROL, anEnrolment([person], { objectCode: "HC" }))).toEqual([
      "ALREADY_ENROLLED participants.0.personalId",
    ]);
  });

  test("the card of a child under six is not replaced before its last day", async () => {
    const [child, lastDay] = [aNewcomer({ dateOfBirth: TODAY }), addMonths(TODAY, 24)];
    await agency.sql.begin(async (tx) => {
      const id = randomUUID();
      const number = `TE1928${child.personalId.slice(3)}`;
      await tx`insert into cards ${tx({ id, number, personal_id: child.personalId })}`;
      const facts = {
        facility_code: HERE,
        card_valid_from: TODAY,
        card_valid_to: lastDay,
        benefit: 1,
        object_code: "TE",
      };
      const holder = { holder_name: child.fullName, holder_date_of_birth: TODAY };
      await tx`insert into card_versions ${tx({ card_id: id, valid_from: TODAY, ...facts, ...holder })}`;
    });
    const within = anEnrolment([child], { objectCode: "HS", employer: null, validTo: NEXT_YEAR });
    expect(await problems(ENROL, within)).toEqual(["CHILD_CARD_RUNS participants.0.personalId"]);
    expect(await problems(RENEW, aRenewal(child, { validTo: addMonths(lastDay, 12) }))).toEqual([
      "CHILD_CARD_NOT_RENEWED personalId",
    ]);
    await done(ENROL, { ...within, validFrom: addDays(lastDay, 1), validTo: null });
  });

  test("one key enrols once, and two equal lists at once enrol everybody once", async () => {
    const [key, people] = [randomUUID(), [aNewcomer(), aNewcomer()]];
    const input = anEnrolment(people);
    const answers = await Promise.all([1, 2, 3].map(() => act(ENROL, input, key)));
    expect(new Set(answers.map((answer) => answer.act?.id)).size).toBe(1);
    expect(await cardsOf(people)).toBe(2);
    const others = [aNewcomer(), aNewcomer(), aNewcomer()];
    const lists = [others, others.toReversed()].map((list) => act(ENROL, anEnrolment(list)));
    const both = await Promise.all(lists);
    expect(both.filter((answer) => answer.act)).toHaveLength(1);
    expect(both.flatMap((answer) => answer.problems.map(({ code }) => code))).toEqual(
      Array(3).fill("ALREADY_ENROLLED"),
    );
    expect(await cardsOf(others)).toBe(3);
  });

  test("the statements of an enrolment do not grow with its list", async () => {
    const statementsFor = async (people: object[]) => {
      const statements: string[] = [];
      const db = drizzle(agency.sql, { logger: { logQuery: (query) => void statements.push(query) } });
      const caller = a("insurer", { province: "92" });
      const ctx = { db, caller, now: new Date(), loaders: {} } as unknown as HealthInsuranceContext; // what an act reads
      const input = anEnrolment(people, { validFrom: TOMORROW }) as HealthInsuranceEnrolmentInput;
      expect((await enrolParticipants(ctx, input, randomUUID(), Math.random)).problems).toEqual([]);
      return statements.length;
    };
    const known = await Promise.all([1, 2, 3].map(() => enrolled()));
    const one = await statementsFor([aNewcomer()]);
    expect(await statementsFor([...Array.from({ length: 50 }, () => aNewcomer()), ...known])).toBe(one);
  });

  test.each(["clerk", "leader", "citizen", "portal", "police"] as const)(
    "a %s enrols, renews and ends nothing",
    async (role) => {
      const caller = a(role, { office: "31471", province: "92", personalId: families()[0]?.mother.personalId });
      const other = cardOfficer(
        () => agency,
        () => caller,
      );
      const person = aNewcomer();
      for (const [name, input] of [
        [ENROL, anEnrolment([person])],
        [RENEW, aRenewal(person)],
        [END, anEnd(person)],
      ] as const)
        await expect(other.act(name, input)).rejects.toMatchObject({ code: "FORBIDDEN" });
    },
  );
});

describe("a renewal", () => {
  test("a further term begins the day after the present one, under the same number", async () => {
    const person = await enrolled();
    const before = await card(person.personalId, FACTS);
    await done(RENEW, aRenewal(person));
    expect(await card(person.personalId, FACTS)).toEqual(before);
    const { history } = await card(person.personalId, "history(first: 1) { nodes { number act validFrom validTo } }");
    expect(history.nodes).toEqual([
      {
        ...{ number: before.number, act: "RENEWAL" },
        ...{ validFrom: addDays(before.validTo, 1), validTo: NEXT_YEAR },
      },
    ]);
  });

  test("a term that has passed is followed by one from today on or later", async () => {
    const person = await enrolled({ validTo: TODAY });
    await done(RENEW, aRenewal(person, { validFrom: addDays(TODAY, 10) }));
    expect(await problems(RENEW, aRenewal(person, { validFrom: TODAY }))).toEqual(["CARD_TERM_OVERLAPS validFrom"]);
  });

  test("all problems of a renewal are told at once", async () => {
    const [person, employee] = [await enrolled(), await enrolled({ objectCode: "DN", validTo: null })];
    const bad = aRenewal(person, { validFrom: addDays(TODAY, -2), validTo: addDays(TODAY, -3), ground: "" });
    expect(await problems(RENEW, bad)).toEqual([
      ...["TEXT_EMPTY ground", "CARD_TERM_IN_THE_PAST validFrom", "CARD_TERM_ENDS_BEFORE validTo"],
      "CARD_TERM_OVERLAPS validFrom",
    ]);
    expect(await problems(RENEW, aRenewal(employee))).toEqual(["CARD_RENEWAL_NOT_NEEDED personalId"]);
    expect(await problems(RENEW, aRenewal(aNewcomer()))).toEqual(["PARTICIPANT_UNKNOWN personalId"]);
  });

  test("of two equal renewals at once, one is refused", async () => {
    const input = aRenewal(await enrolled(), { validFrom: addMonths(TODAY, 2) });
    const answers = await Promise.all([act(RENEW, input), act(RENEW, input)]);
    expect(answers.filter((answer) => answer.act)).toHaveLength(1);
    expect(answers.flatMap((answer) => answer.problems.map(({ code }) => code))).toEqual(["CARD_TERM_OVERLAPS"]);
    const key = randomUUID();
    const again = aRenewal(await enrolled());
    expect((await act(RENEW, again, key)).act?.id).toBe((await act(RENEW, again, key)).act?.id);
  });
});

describe("an end", () => {
  test("a term without a set end ends on a day, and another employer enrols the person from the next", async () => {
    const person = await enrolled({ objectCode: "DN", validTo: null });
    expect(await done(END, anEnd(person))).toMatchObject({ kind: "END" });
    expect(await card(person.personalId, FACTS)).toMatchObject({ validTo: TODAY, closedOn: null });
    await done(ENROL, anEnrolment([person], { validFrom: TOMORROW }));
  });

  test("a term that has not begun ends with the present one, the history keeps both, and the person can be enrolled anew", async () => {
    const person = await enrolled();
    const { validTo } = await card(person.personalId, FACTS);
    await done(RENEW, aRenewal(person));
    await done(END, anEnd(person));
    const { history, ...shown } = await card(
      person.personalId,
      `${FACTS} history(first: 9) { nodes { act validFrom validTo } }`,
    );
    expect(shown).toMatchObject({ validFrom: TODAY, validTo: TODAY, closedOn: null });
    const begin = addDays(validTo, 1);
    expect(history.nodes).toEqual([
      { act: "END", validFrom: TODAY, validTo: TODAY },
      { act: "END", validFrom: begin, validTo },
      { act: "RENEWAL", validFrom: begin, validTo: NEXT_YEAR },
      { act: "ENROLMENT", validFrom: TODAY, validTo },
    ]);
    expect(await termsOf(person)).toEqual([{ starts_on: TODAY, ends_on: TODAY }]);
    await done(RENEW, aRenewal(person, { validFrom: begin }));
    expect(await termsOf(person)).toHaveLength(2);
  });

  test("the only term of a card is withdrawn before it begins, and the person keeps the number with the next one", async () => {
    const person = await enrolled({ validFrom: TOMORROW });
    const { number } = await card(person.personalId, FACTS);
    await done(END, anEnd(person));
    expect(await termsOf(person)).toEqual([]);
    expect(await card(person.personalId, FACTS)).toBeNull();
    expect(await problems(END, anEnd(person))).toEqual(["CARD_NOT_VALID_ON_DAY lastDay"]);
    await done(RENEW, aRenewal(person));
    expect(await card(person.personalId, FACTS)).toMatchObject({ number, validFrom: TODAY, validTo: NEXT_YEAR });
  });

  test("a later term that has begun is not undone by an earlier last day", async () => {
    const person = await enrolled({ validTo: TODAY });
    await done(RENEW, aRenewal(person));
    expect(await problems(END, anEnd(person, { lastDay: addDays(TODAY, -1) }))).toEqual([
      "CARD_NOT_VALID_ON_DAY lastDay",
    ]);
    expect(await termsOf(person)).toHaveLength(2);
    await done(END, anEnd(person)); // the present one ends today by itself
    expect(await termsOf(person)).toEqual([{ starts_on: TODAY, ends_on: TODAY }]);
  });

  test("a death closes a card whose only term was withdrawn", async () => {
    const person = await enrolled({ validFrom: TOMORROW });
    await done(END, anEnd(person));
    await done(END, anEnd(person, { reason: "DEATH" }));
    expect(await problems(RENEW, aRenewal(person))).toEqual(["CARD_CLOSED personalId"]);
  });

  test("a death closes the card: no later term begins, and nothing more is entered", async () => {
    const person = await enrolled();
    await done(RENEW, aRenewal(person));
    expect(await done(END, anEnd(person, { reason: "DEATH" }))).toMatchObject({ kind: "CLOSING" });
    expect(await card(person.personalId, FACTS)).toMatchObject({ validTo: TODAY, closedOn: TODAY });
    expect(await termsOf(person)).toEqual([{ starts_on: TODAY, ends_on: TODAY }]);
    for (const [name, input] of [
      [RENEW, aRenewal(person)],
      [END, anEnd(person)],
    ] as const)
      expect(await problems(name, input)).toEqual(["CARD_CLOSED personalId"]);
  });

  test("a day on which the card is not valid, or a death in the future, is a problem", async () => {
    const person = await enrolled();
    for (const lastDay of [addDays(TODAY, -1), addMonths(TODAY, 1), addMonths(TODAY, 3)])
      expect(await problems(END, anEnd(person, { lastDay }))).toEqual(["CARD_NOT_VALID_ON_DAY lastDay"]);
    expect(await problems(END, anEnd(person, { lastDay: TOMORROW, reason: "DEATH" }))).toEqual([
      "DEATH_IN_FUTURE lastDay",
    ]);
    expect(await problems(END, anEnd(aNewcomer(), { lastDay: "x", ground: "" }))).toEqual([
      ...["TEXT_EMPTY ground", "DATE_MALFORMED lastDay", "PARTICIPANT_UNKNOWN personalId"],
    ]);
  });

  test("of two ends at once, one finds that the card ends already, and one key ends once", async () => {
    const input = anEnd(await enrolled());
    const answers = await Promise.all([act(END, input), act(END, input)]);
    expect(answers.flatMap((answer) => answer.problems.map(({ code }) => code))).toEqual(["CARD_NOT_VALID_ON_DAY"]);
    const [key, again] = [randomUUID(), anEnd(await enrolled())];
    expect((await act(END, again, key)).act?.id).toBe((await act(END, again, key)).act?.id);
  });
});
