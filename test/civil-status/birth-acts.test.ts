import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addDays, legalDayOf } from "../../subgraphs/_shared/reference/days.ts";
import { definition } from "../../subgraphs/civil-status/subgraph.ts";
import { a, type ServedAgency, serveAgency } from "../health-insurance/served-agency.ts";
import { aBirth, aMarriage, aPerson, civilOfficer, OFFICE, OTHER_OFFICE, registrar } from "./civil-acts.ts";

let agency: ServedAgency;
beforeAll(async () => {
  agency = await serveAgency(definition);
});
afterAll(() => agency?.stop());

const { act, ask, done, problems } = civilOfficer(() => agency);
const TODAY = legalDayOf(new Date());
type Input = ReturnType<typeof aBirth>;

const BIRTHS = `query ($filter: BirthFilter!) { births(filter: $filter, first: 5) { nodes {
  id number registeredOn kind formerRegistration birthNotice birthOrder sex nationality
  placeOfBirth { facilityName commune { code } country } mother { personalId } father { personalId }
  declarant { relation } acts(first: 5) { nodes { kind ground number { book number } } } } } }`;
async function entryOf(number: string, office = OFFICE) {
  const { births } = await ask(BIRTHS, { filter: { number, office } });
  return births.nodes[0];
}
const kindsOf = (answers: { problems: { code: string }[] }[]) =>
  answers.flatMap((answer) => answer.problems.map(({ code }) => code));

describe("the registration of a birth by a registrar", () => {
  test("a birth gets the next number of the office's book, with its act as history", async () => {
    const input = aBirth();
    const made = await done("registerBirth", input);
    expect(made).toMatchObject({ kind: "BIRTH", number: { book: "BIRTH", office: { code: OFFICE } } });
    const { number } = made.number;
    expect(await entryOf(number)).toMatchObject({
      ...{ id: made.id, number, registeredOn: TODAY, kind: "REGISTERED", formerRegistration: null, birthOrder: 1 },
      placeOfBirth: { facilityName: "Trạm y tế mẫu", commune: { code: OFFICE }, country: null },
      ...{ mother: { personalId: input.mother?.personalId }, father: { personalId: input.father?.personalId } },
      ...{ declarant: { relation: "MOTHER" } },
      acts: { nodes: [{ kind: "BIRTH", ground: input.ground, number: { book: "BIRTH", number } }] },
    });
    const next = await done("registerBirth", aBirth());
    expect(next.number.number.split("/").map(Number)).toEqual([Number(number.split("/")[0]) + 1, expect.any(Number)]);
  });

  test("a late birth, and one of a father alone, are registered", async () => {
    const late = aBirth();
    late.child.dateOfBirth = addDays(TODAY, -900);
    const ofFather = aBirth({ mother: null });
    ofFather.declarant = { fullName: "Trần Mẫu Thử Người", personalId: null as never, relation: "FATHER" };
    for (const input of [late, ofFather]) {
      const { number } = await done("registerBirth", input);
      expect((await entryOf(number.number)).mother?.personalId).toBe(input.mother?.personalId);
    }
  });

  test("a foundling has no parents, and its record in place of the notice", async () => {
    const input = aBirth({ mother: null, father: null });
    input.child.withoutNotice = { kind: "FOUNDLING_RECORD", text: "Biên bản số 1 của UBND xã mẫu" };
    input.declarant.relation = "CARER";
    const { number } = await done("registerBirth", input);
    expect(await entryOf(number.number)).toMatchObject({ mother: null, father: null });
  });

  test("a child born abroad has the country as its place of birth, and a foreign certificate", async () => {
    const input = aBirth();
    input.child.placeOfBirth = { facilityName: "Bệnh viện mẫu", country: "JPN" };
    input.child.withoutNotice = { kind: "FOREIGN_CERTIFICATE", text: "Giấy khai sinh mẫu" };
    const { number } = await done("registerBirth", input);
    expect((await entryOf(number.number)).placeOfBirth).toMatchObject({ commune: null, country: "JPN" });
  });

  test("the recognition of a parent together with the birth has a number of its own and counts for kinship", async () => {
    const recognition = { role: "FATHER", evidence: "Văn bản cam đoan có hai người làm chứng" };
    const { father } = aBirth();
    const children = [aPerson("MALE", { fullName: "Trần Mẫu Anh" }), aPerson("FEMALE", { fullName: "Trần Mẫu Em" })];
    for (const [index, { personalId, fullName }] of children.entries()) {
      const input = aBirth({ recognition, kind: "REREGISTERED", formerRegistration: "5/1990, xã mẫu" });
      Object.assign(input, { father: { ...father, dateOfBirth: "1960-01-01", personalId: "093060700900" } });
      Object.assign(input.mother ?? {}, { dateOfBirth: "1962-03-04", personalId: `09316270090${index}` });
      Object.assign(input.child, { fullName, sex: index === 0 ? "MALE" : "FEMALE", dateOfBirth: "1990-05-20" });
      const made = await done("registerBirth", { ...input, citizen: { id: randomUUID(), personalId } });
      const [row] = await agency.sql`
        select b.book, r.role from book_numbers b join recognitions r on r.id = b.act_id where b.act_id = ${made.id}`;
      expect(row).toEqual({ book: "RECOGNITION", role: "FATHER" });
      expect(await entryOf(made.number.number)).toMatchObject({
        ...{ kind: "REREGISTERED", formerRegistration: "5/1990, xã mẫu" },
      });
    }
    const [husband, wife] = children;
    expect(await problems("registerMarriage", aMarriage({ husband, wife }))).toEqual(["CLOSE_KIN wife"]);
  });

  test("a birth that was registered abroad is noted with its former number", async () => {
    const made = await done("registerBirth", aBirth({ kind: "NOTED", formerRegistration: "7/2026, nước mẫu" }));
    expect(await entryOf(made.number.number)).toMatchObject({ kind: "NOTED", formerRegistration: "7/2026, nước mẫu" });
  });
});

describe("the same birth again", () => {
  test("one key registers one birth, also twice at once; with another body it is a conflict", async () => {
    const [input, key] = [aBirth(), randomUUID()];
    const both = await Promise.all([act("registerBirth", input, key), act("registerBirth", input, key)]);
    expect(both[0]?.act).not.toBeNull();
    expect(both[1]?.act?.id).toBe(both[0]?.act?.id);
    expect(await problems("registerBirth", { ...input, ground: "Tờ khai khác" }, key)).toEqual([
      "IDEMPOTENCY_CONFLICT idempotencyKey",
    ]);
  });

  test("of two registrations of one child at once one succeeds, and the other one finds it", async () => {
    const input = aBirth();
    const answers = await Promise.all([
      act("registerBirth", input),
      act("registerBirth", input, randomUUID(), registrar(OTHER_OFFICE)),
    ]);
    expect(answers.filter(({ act: made }) => made)).toHaveLength(1);
    expect(kindsOf(answers)).toEqual(["CHILD_ALREADY_REGISTERED"]);
  });

  test("a child that may be the same is registered only after a comparison; twins who are declared are exempt", async () => {
    const input = aBirth();
    const { id } = await done("registerBirth", input);
    const again = structuredClone(input);
    again.child.dateOfBirth = addDays(TODAY, -8);
    expect(await problems("registerBirth", again)).toEqual(["LIKENESS_NOT_COMPARED compared"]);
    expect(await problems("registerBirth", { ...again, compared: [randomUUID()] })).toHaveLength(1);
    await done("registerBirth", { ...again, compared: [id] });
    const twinOf = aBirth();
    const twins = [1, 2].map((order) => {
      const twin = structuredClone(twinOf);
      twin.child.multipleBirth = { order, of: 2 };
      return twin;
    });
    for (const twin of twins) await done("registerBirth", twin);
  });

  test("a citizen has one registered birth", async () => {
    const input = aBirth();
    const { personalId, dateOfBirth } = aPerson("FEMALE");
    Object.assign(input.mother ?? {}, { dateOfBirth: "1960" });
    Object.assign(input.father ?? {}, { dateOfBirth: "1960" });
    const citizen = { id: randomUUID(), personalId };
    const grown = (of: Input) => ({ ...of, citizen, child: { ...of.child, dateOfBirth } });
    await done("registerBirth", grown(input));
    const other = aBirth();
    Object.assign(other.mother ?? {}, { dateOfBirth: "1961" });
    Object.assign(other.father ?? {}, { dateOfBirth: "1961" });
    expect(await problems("registerBirth", grown(other))).toEqual(["CHILD_ALREADY_REGISTERED citizen.personalId"]);
  });
});

describe("what prevents the registration of a birth", () => {
  const cases: [string, (input: Input) => unknown][] = [
    ["DATE_IN_FUTURE child.dateOfBirth", ({ child }) => Object.assign(child, { dateOfBirth: addDays(TODAY, 1) })],
    ["DATE_MALFORMED child.dateOfBirth", ({ child }) => Object.assign(child, { dateOfBirth: "2026" })],
    ["NATIONALITY_UNKNOWN child.nationality", ({ child }) => Object.assign(child, { nationality: "VNN" })],
    ["NATIONALITY_UNKNOWN mother.nationality", ({ mother }) => Object.assign(mother ?? {}, { nationality: "XYZ" })],
    [
      "NATIONALITY_UNKNOWN child.placeOfBirth.country",
      ({ child }) => Object.assign(child, { placeOfBirth: { country: "XYZ" } }),
    ],
    [
      "PLACE_OF_BIRTH_AMBIGUOUS child.placeOfBirth.country",
      ({ child }) => Object.assign(child.placeOfBirth, { country: "JPN" }),
    ],
    [
      "COMMUNE_UNKNOWN child.placeOfBirth.commune",
      ({ child }) => Object.assign(child.placeOfBirth, { commune: "99999" }),
    ],
    ["COMMUNE_UNKNOWN child.homeCommune", ({ child }) => Object.assign(child, { homeCommune: "99999" })],
    ["BIRTH_NOTICE_REQUIRED child.birthNotice", ({ child }) => Object.assign(child, { withoutNotice: null })],
    [
      "BIRTH_ORDER_IMPOSSIBLE child.multipleBirth",
      ({ child }) => Object.assign(child, { multipleBirth: { order: 3, of: 2 } }),
    ],
    ["PARENT_TOO_YOUNG mother.dateOfBirth", ({ mother }) => Object.assign(mother ?? {}, { dateOfBirth: "2020" })],
    ["PARENT_REQUIRED mother", (input) => Object.assign(input, { mother: null, father: null })],
    ["NOT_IN_CODE_LIST declarant.relation", (input) => Object.assign(input.declarant, { relation: "TENANT" })],
    [
      "PARENT_NOT_NAMED recognition.role",
      (input) => Object.assign(input, { father: null, recognition: { role: "FATHER", evidence: "Văn bản mẫu" } }),
    ],
    ["FORMER_REGISTRATION_REQUIRED formerRegistration", (input) => Object.assign(input, { kind: "NOTED" })],
    [
      "REREGISTRATION_TOO_YOUNG kind",
      (input) => Object.assign(input, { kind: "REREGISTERED", formerRegistration: "1/2026, xã mẫu" }),
    ],
    [
      "SEX_CONTRADICTS_NUMBER citizen.personalId",
      (input) => Object.assign(input, { citizen: { id: randomUUID(), personalId: "093226700901" } }),
    ],
    [
      "PERSONAL_ID_YEAR_MISMATCH citizen.personalId",
      (input) => Object.assign(input, { citizen: { id: randomUUID(), personalId: "093301700902" } }),
    ],
    [
      "CITIZEN_ID_MALFORMED citizen.id",
      (input) => Object.assign(input, { citizen: { id: "x", personalId: "093326700903" } }),
    ],
  ];

  test.each(cases)("the problem %s is told at its place", async (problem, spoil) => {
    const input = aBirth();
    spoil(input);
    const [{ count } = { count: 0 }] = await agency.sql<{ count: number }[]>`select count(*)::int as count from births`;
    expect(await problems("registerBirth", input)).toContain(problem);
    const [after] = await agency.sql`select count(*)::int as count from births`;
    expect(after?.count).toBe(count);
  });

  test("all problems come at once", async () => {
    const input = aBirth({ kind: "NOTED" });
    input.child.nationality = "VNN";
    Object.assign(input.mother ?? {}, { dateOfBirth: "2020" });
    Object.assign(input.father ?? {}, { personalId: "12" });
    input.declarant.relation = "TENANT";
    expect((await problems("registerBirth", input)).sort()).toEqual([
      "FORMER_REGISTRATION_REQUIRED formerRegistration",
      "NATIONALITY_UNKNOWN child.nationality",
      "NOT_IN_CODE_LIST declarant.relation",
      "PARENT_TOO_YOUNG mother.dateOfBirth",
      "PERSONAL_ID_MALFORMED father.personalId",
    ]);
  });

  test("a clerk registers no birth", async () => {
    const refused = act("registerBirth", aBirth(), randomUUID(), a("clerk", { office: OFFICE }));
    await expect(refused).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});
