import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { families } from "../../subgraphs/_shared/demo/population.ts";
import { definition } from "../../subgraphs/civil-status/subgraph.ts";
import { a, type ServedAgency, serveAgency } from "../health-insurance/served-agency.ts";
import { aDeath, aPerson, civilOfficer, OFFICE, OTHER_OFFICE, registrar } from "./civil-acts.ts";

let agency: ServedAgency;
beforeAll(async () => {
  agency = await serveAgency(definition);
});
afterAll(() => agency?.stop());

const { act, ask, done, problems, all } = civilOfficer(() => agency);
const DEATHS = `query ($filter: DeathFilter!, $first: Int!, $after: String) {
  deaths(filter: $filter, first: $first, after: $after) {
    nodes { id number registeredOn facts { deceased { fullName } } } pageInfo { hasNextPage endCursor } } }`;
const search = async (filter: object) =>
  (await all(DEATHS, filter, 50)).map(({ facts }) => facts.deceased.fullName as string);
const deathOf = async (personalId: string | null, fields: string, by = a("clerk")) =>
  (await agency.citizen(by, `death { ${fields} }`, { personalId })).death;

describe("the registration of a death", () => {
  test("a death is registered with a number, and read with all that was entered", async () => {
    const input = aDeath();
    const made = await done("registerDeath", input);
    expect(made).toMatchObject({
      ...{ kind: "DEATH", recordedBy: "test:registrar", ground: "Tờ khai mẫu số 1" },
      number: { book: "DEATH", office: { code: OFFICE } },
    });
    const { personalId, fullName } = input.deceased;
    const fields = `id number kind isLate office { code } facts { version diedOn diedAt cause place { line commune { code } }
      notice { number issuedOn issuer } declarant { fullName relation } sex
      deceased { personalId fullName dateOfBirth ethnicity nationality residence { line } citizen { personalId } } }`;
    expect(await deathOf(personalId, fields)).toMatchObject({
      ...{ id: made.id, number: made.number.number, kind: "REGISTERED", isLate: false, office: { code: OFFICE } },
      facts: {
        ...{ version: 1, diedOn: "2026-11-20", diedAt: "14:05", cause: "Tuổi già", sex: "MALE" },
        ...{ notice: input.notice, declarant: { relation: "Con đẻ" } },
        deceased: { personalId, fullName, residence: { line: "Ấp mẫu 1" }, citizen: { personalId } },
      },
    });
  });

  test("the same key registers once, and another body under it is a conflict", async () => {
    const input = aDeath();
    const first = await act("registerDeath", input, "death-1");
    expect(await act("registerDeath", input, "death-1")).toEqual(first);
    expect(await problems("registerDeath", { ...input, cause: "Khác" }, "death-1")).toEqual([
      "IDEMPOTENCY_CONFLICT idempotencyKey",
    ]);
  });

  test("of two registrations of one death at once, one finds the other, and no number is lost", async () => {
    const deceased = aPerson();
    const answers = await Promise.all([1, 2, 3].map(() => act("registerDeath", aDeath({ deceased }))));
    expect(answers.filter(({ act }) => act)).toHaveLength(1);
    const codes = answers.flatMap(({ problems }) => problems.map(({ code }) => code));
    expect(codes).toEqual(["DEATH_ALREADY_REGISTERED", "DEATH_ALREADY_REGISTERED"]);
  });

  test("persons without a number who died on different days are different persons", async () => {
    const deceased = aPerson("MALE", { personalId: null, fullName: "Lê Mẫu Không Số", dateOfBirth: "1940" });
    const notice = { number: "1", issuedOn: "2026-11-22", issuer: "Trạm y tế mẫu" };
    await done("registerDeath", aDeath({ deceased, notice }));
    await done("registerDeath", aDeath({ deceased, notice, diedOn: "2026-11-19" }));
    expect(await problems("registerDeath", aDeath({ deceased, notice }))).toEqual([
      "DEATH_ALREADY_REGISTERED deceased",
    ]);
  });

  test("a death is late after fifteen days, and old ones may be known by the year", async () => {
    const [late, old] = [
      aDeath({ diedOn: "2026-10-01" }),
      aDeath({ diedOn: "2001", notice: null, withoutNotice: "Xác nhận mẫu" }),
    ];
    for (const input of [late, old]) {
      await done("registerDeath", input);
      expect(await deathOf(input.deceased.personalId, "isLate facts { diedOn withoutNotice }")).toMatchObject({
        isLate: true,
        facts: { diedOn: input.diedOn },
      });
    }
  });

  test("a repeated registration names the former one and is for deaths of before 2016", async () => {
    const former = { kind: "REREGISTERED", notice: null };
    expect(await problems("registerDeath", aDeath(former))).toEqual([
      "FORMER_REGISTRATION_REQUIRED formerRegistration",
      "REREGISTRATION_TOO_YOUNG kind",
    ]);
    const input = aDeath({ ...former, diedOn: "1999-02-03", formerRegistration: "5/1999, xã mẫu" });
    await done("registerDeath", input);
    expect(await deathOf(input.deceased.personalId, "kind facts { formerRegistration }")).toEqual({
      kind: "REREGISTERED",
      facts: { formerRegistration: "5/1999, xã mẫu" },
    });
  });
});

describe("what prevents the registration of a death", () => {
  const cases: [string, object, string[]][] = [
    ["no notice", { notice: null }, ["DEATH_NOTICE_REQUIRED notice"]],
    ["a day to come", { diedOn: "2199-01-01" }, ["DATE_IN_FUTURE diedOn"]],
    ["a death before the birth", { diedOn: "1980" }, ["DEATH_BEFORE_BIRTH diedOn"]],
    ["a time in words", { diedAt: "chiều" }, ["TIME_MALFORMED diedAt"]],
    ["another sex than the number says", { sex: "FEMALE" }, ["SEX_CONTRADICTS_NUMBER sex"]],
    [
      "several faults",
      { diedOn: "2026-02-30", place: { line: "", commune: "99999" }, ground: " " },
      ["TEXT_EMPTY ground", "DATE_DOES_NOT_EXIST diedOn", "TEXT_EMPTY place.line", "COMMUNE_UNKNOWN place.commune"],
    ],
    [
      "an unreadable person",
      { deceased: aPerson("MALE", { fullName: "X1", nationality: "ZZZ", personalId: "1" }) },
      [
        "PERSONAL_ID_MALFORMED deceased.personalId",
        "NAME_HAS_DIGITS deceased.fullName",
        "NATIONALITY_UNKNOWN deceased.nationality",
      ],
    ],
  ];
  test.each(cases)("%s prevents the registration of a death", async (_, more, expected) => {
    expect(await problems("registerDeath", aDeath(more))).toEqual(expected);
  });

  test("a name or a date of birth that differs from the registered birth is a problem with what is registered", async () => {
    const { father } = families()[0] ?? {};
    const { fullName, dateOfBirth, ethnicity, nationality, personalId } = father ?? {};
    const person = { personalId, fullName, dateOfBirth, ethnicity, nationality };
    const wrong = { ...person, fullName: "Tên Mẫu Khác", dateOfBirth: "1911-01-01" };
    expect(await problems("registerDeath", aDeath({ deceased: wrong }))).toEqual([
      "PERSON_DIFFERS_FROM_BIRTH deceased.fullName",
      "PERSON_DIFFERS_FROM_BIRTH deceased.dateOfBirth",
    ]);
    expect(await problems("registerDeath", aDeath({ deceased: person }))).toEqual([]);
  });

  test("a refused registration leaves nothing behind", async () => {
    const count = async () => (await agency.sql`select count(*)::int as n from acts`)[0]?.n;
    const before = await count();
    await problems("registerDeath", aDeath({ notice: null }));
    expect(await count()).toBe(before);
  });

  test("an officer whose token names no office registers nothing", async () => {
    await expect(act("registerDeath", aDeath(), "no-office", a("registrar"))).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});

describe("the search for deaths", () => {
  test("a death is found by the number of the person or of the book, by the name without diacritics, and by day", async () => {
    const deceased = aPerson("MALE", { fullName: "Đỗ Hoài Tìm Ra" });
    const { number, effectiveOn } = await done("registerDeath", aDeath({ deceased }));
    for (const filter of [
      { search: deceased.personalId },
      { search: "ra tim do hoai" },
      { search: "ĐỖ HOÀI TÌM RA", office: OFFICE },
      { number: number.number, office: OFFICE },
      { search: "tim ra", registeredFrom: effectiveOn, registeredTo: effectiveOn },
    ])
      expect(await search(filter), JSON.stringify(filter)).toEqual(["Đỗ Hoài Tìm Ra"]);
    for (const filter of [
      { search: "tim do khong" },
      { search: "tim ra", office: OTHER_OFFICE },
      { search: "tim ra", registeredTo: "2020-01-01" },
    ])
      expect(await search(filter)).toEqual([]);
  });

  test("deaths come in pages of any size, each once, the last registered first", async () => {
    for (let each = 0; each < 5; each++) await done("registerDeath", aDeath());
    const once = await all(DEATHS, {}, 200);
    expect(await all(DEATHS, {}, 2)).toEqual(once);
    const ids = once.map(({ id }) => id);
    expect(ids).toEqual([...ids].sort().reverse());
  });

  test.each([
    [{}, 0, null],
    [{}, 5, "x"],
    [{ number: "12" }, 5, null],
    [{ search: "x".repeat(201) }, 5, null],
  ])("a search with %j, a page of %i and the cursor %s is malformed", async (filter, first, after) => {
    await expect(ask(DEATHS, { filter, first, after })).rejects.toMatchObject({ code: "BAD_USER_INPUT" });
  });

  test("a search records the persons whom it shows", async () => {
    const deceased = aPerson("MALE", { fullName: "Phan Mẫu Ghi Nhận" });
    await done("registerDeath", aDeath({ deceased }));
    const by = registrar();
    await ask(DEATHS, { filter: { search: "ghi nhan" }, first: 5, after: null }, by);
    const [record] = await agency.sql`select citizens from access_log where request_id = ${by.requestId}`;
    expect(record?.citizens).toEqual([deceased.personalId]);
  });
});

describe("who reads a death", () => {
  test("the declarant reads the death, another citizen does not learn of it", async () => {
    const declarant = { fullName: "Trần Mẫu Con", personalId: "093195000031", relation: "Con đẻ" };
    const { personalId } = aDeath({ declarant }).deceased;
    await done("registerDeath", aDeath({ declarant, deceased: aPerson("MALE", { personalId }) }));
    const number = (by: string) => deathOf(personalId, "number", a("citizen", { personalId: by }));
    expect((await number("093195000031")).number).toMatch(/^\d+\/\d{4}$/);
    await expect(number("093195000032")).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await deathOf("093195000098", "number")).toBeNull();
  });

  test("a citizen reads neither history nor former facts of a death that he or she declared", async () => {
    const input = aDeath();
    await done("registerDeath", input);
    const by = a("citizen", { personalId: input.declarant.personalId });
    for (const field of ['asOf(on: "2026-11-30") { id }', "acts(first: 1) { nodes { id } }"])
      await expect(deathOf(input.deceased.personalId, field, by)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  test("the history of a death names its act, and its facts are read as of a day", async () => {
    const input = aDeath();
    const { id, effectiveOn } = await done("registerDeath", input);
    const asOf = (name: string, on: string) => `${name}: asOf(on: "${on}") { id diedOn }`;
    const fields = `acts(first: 5) { nodes { id kind ground } } ${asOf("before", "2020-01-01")} ${asOf("now", effectiveOn)}`;
    expect(await deathOf(input.deceased.personalId, fields)).toEqual({
      acts: { nodes: [{ id, kind: "DEATH", ground: input.ground }] },
      ...{ before: null, now: { id: `${id}/1`, diedOn: "2026-11-20" } },
    });
  });
});
