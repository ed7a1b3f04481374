import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { families } from "../../subgraphs/_shared/demo/population.ts";
import { addDays, type LegalDay, legalDayOf } from "../../subgraphs/_shared/reference/days.ts";
import { definition } from "../../subgraphs/civil-status/subgraph.ts";
import { a, type ServedAgency, serveAgency } from "../health-insurance/served-agency.ts";
import type { ResponseJson } from "../kit/response-json.ts";
import { aDeath, aMarriage, aPerson, civilOfficer, OFFICE } from "./civil-acts.ts";

let agency: ServedAgency;
beforeAll(async () => {
  agency = await serveAgency(definition);
});
afterAll(() => agency?.stop());

const { act, ask, done, problems } = civilOfficer(() => agency);
const TODAY = legalDayOf(new Date());
const ground = "Quyết định mẫu số 1";
const adults = families().slice(0, 12);

/** The registered birth of a made-up adult. */
async function birthOf(personalId = "", fields = "id"): Promise<ResponseJson> {
  return (await agency.citizen(a("clerk"), `birth { ${fields} }`, { personalId })).birth;
}

/** Replaces the parents of the only version of a birth. */
async function withoutFather(birth: string): Promise<void> {
  const [row] = await agency.sql`select persons from birth_versions where birth_id = ${birth}`;
  const { packJson, unpackJson } = await import("../../subgraphs/_shared/registers/packed-json.ts");
  const persons = { ...(unpackJson(row?.persons) as object), father: null };
  await agency.sql.begin(async (sql) => {
    await sql`alter table birth_versions disable trigger birth_versions_append_only`;
    await sql`update birth_versions set persons = ${packJson(persons)} where birth_id = ${birth}`;
    await sql`alter table birth_versions enable trigger birth_versions_append_only`;
  });
}

describe("the correction of a birth", () => {
  test("a correction is a new version with a number of its own, and the facts of before are read as of a day", async () => {
    const { personalId, fullName } = adults[0]?.mother ?? {};
    const { id } = await birthOf(personalId);
    const changes = { fullName: "Lê Thị Mẫu Đúng Tên", ethnicity: "Tày", homeCommune: "00004" };
    const made = await done("correctBirth", { birth: id, kind: "CORRECTION", changes, ground });
    expect(made).toMatchObject({ kind: "CORRECTION", number: { book: "CHANGE", office: { code: OFFICE } } });
    const facts = "id version fullName ethnicity homeCommune { code } mother { fullName } validFrom";
    const birth = await birthOf(
      personalId,
      `ethnicity child { fullName } now: asOf(on: "${TODAY}") { ${facts} }
       before: asOf(on: "${addDays(TODAY, -1)}") { ${facts} } none: asOf(on: "1901-01-01") { id }
       acts(first: 5) { nodes { id kind births { id } } }`,
    );
    expect(birth).toMatchObject({
      ...{ ethnicity: "Tày", child: { fullName: "Lê Thị Mẫu Đúng Tên" }, none: null },
      now: {
        id: `${id}/2`,
        version: 2,
        fullName: "Lê Thị Mẫu Đúng Tên",
        homeCommune: { code: "00004" },
        validFrom: TODAY,
      },
      before: { id: `${id}/1`, version: 1, fullName },
      acts: { nodes: [{ id: made.id, kind: "CORRECTION", births: [{ id }] }] },
    });
    expect(birth.now.mother).toEqual(birth.before.mother);
  });

  test("corrections of one birth at once take turns, and none is lost", async () => {
    const { id } = await birthOf(adults[1]?.mother.personalId);
    const correct = (changes: object) => act("correctBirth", { birth: id, kind: "CHANGE", changes, ground });
    const answers = await Promise.all([
      correct({ fullName: "Lê Thị Mẫu Mới" }),
      correct({ ethnicity: "Mường" }),
      correct({ homeCommune: "00004" }),
    ]);
    expect(answers.every(({ act }) => act)).toBe(true);
    const facts = await birthOf(adults[1]?.mother.personalId, `asOf(on: "${TODAY}") { version fullName ethnicity }`);
    expect(facts.asOf).toMatchObject({ version: 4, fullName: "Lê Thị Mẫu Mới", ethnicity: "Mường" });
  });

  test("a parent's facts are corrected, but the parent stays the same person", async () => {
    const { personalId } = adults[2]?.mother ?? {};
    const { id, mother } = await birthOf(personalId, "id mother { fullName dateOfBirth ethnicity nationality }");
    const correct = (more: object) => ({
      ...{ birth: id, kind: "CORRECTION", ground },
      changes: { mother: { ...mother, ...more } },
    });
    await done("correctBirth", correct({ personalId: "001160000001" }));
    expect(await problems("correctBirth", correct({ personalId: "001160000002" }))).toEqual([
      "IDENTITY_CHANGES changes.mother.personalId",
    ]);
    expect(await problems("correctBirth", correct({ personalId: "001160000001", dateOfBirth: "2025" }))).toEqual([
      "PARENT_TOO_YOUNG changes.mother.dateOfBirth",
    ]);
  });

  test.each<[object, string[]]>([
    [{}, ["NOTHING_CHANGES changes"]],
    [
      { fullName: "", ethnicity: "Sao Hỏa", birthCommune: "99999", dateOfBirth: "2199" },
      [
        "DATE_IN_FUTURE changes.dateOfBirth",
        "COMMUNE_UNKNOWN changes.birthCommune",
        "ETHNICITY_UNKNOWN changes.ethnicity",
      ],
    ],
    [{ fullName: "X1" }, ["NAME_HAS_DIGITS changes.fullName"]],
  ])("the changes %j of a birth have problems", async (changes, expected) => {
    const { id } = await birthOf(adults[3]?.mother.personalId);
    expect(await problems("correctBirth", { birth: id, kind: "CORRECTION", changes, ground })).toEqual(expected);
  });

  test("an unknown entry is not corrected", async () => {
    const birth = "01980000-0000-7000-8000-000000000000";
    const unknown = { birth, kind: "CORRECTION", changes: { sex: "MALE" }, ground };
    expect(await problems("correctBirth", unknown)).toEqual(["ENTRY_UNKNOWN birth"]);
    expect(await problems("correctBirth", { ...unknown, birth: "x" })).toEqual(["ENTRY_UNKNOWN birth"]);
  });
});

describe("the correction of deaths and marriages", () => {
  test("a corrected death keeps its former facts, and its person", async () => {
    const input = aDeath();
    const { id: death } = await done("registerDeath", input);
    const { kind: _, ground: __, ...before } = input;
    const correct = (more: object) => ({ death, kind: "CORRECTION", facts: { ...before, ...more }, ground });
    expect(await problems("correctDeath", correct({}))).toEqual(["NOTHING_CHANGES facts"]);
    expect(await problems("correctDeath", correct({ deceased: aPerson(), notice: null }))).toEqual([
      "DEATH_NOTICE_REQUIRED facts.notice",
    ]);
    expect(await problems("correctDeath", correct({ deceased: aPerson() }))).toEqual([
      "IDENTITY_CHANGES facts.deceased.personalId",
    ]);
    await done("correctDeath", correct({ diedAt: "15:06", cause: null }));
    const { data } = await agency.ask(
      a("clerk"),
      `{ deaths(filter: {search: "${input.deceased.personalId}"}, first: 1) {
      nodes { facts { version diedAt cause } acts(first: 2) { nodes { kind } } } } }`,
    );
    expect(data.deaths.nodes).toEqual([
      {
        facts: { version: 2, diedAt: "15:06", cause: null },
        acts: { nodes: [{ kind: "CORRECTION" }, { kind: "DEATH" }] },
      },
    ]);
    expect(await problems("correctDeath", { ...correct({}), death: "x" })).toEqual(["ENTRY_UNKNOWN death"]);
  });

  test("a corrected marriage keeps its spouses and their ages", async () => {
    const input = aMarriage();
    const { id: marriage } = await done("registerMarriage", input);
    const correct = (wife: object) => ({ marriage, kind: "CORRECTION", wife, ground });
    expect(await problems("correctMarriage", correct(input.wife))).toEqual(["NOTHING_CHANGES "]);
    expect(await problems("correctMarriage", correct({ ...input.wife, dateOfBirth: "2020" }))).toEqual([
      "TOO_YOUNG_TO_MARRY wife.dateOfBirth",
    ]);
    expect(await problems("correctMarriage", correct(aPerson("FEMALE")))).toEqual(["IDENTITY_CHANGES wife.personalId"]);
    await done("correctMarriage", correct({ ...input.wife, fullName: "Phạm Thị Mẫu Đúng" }));
    const { marriages } = await agency.citizen(
      a("clerk"),
      `marriages { facts { version wife { fullName } } asOf(on: "${TODAY}") { version } }`,
      { personalId: input.husband.personalId },
    );
    expect(marriages).toEqual([
      { facts: { version: 2, wife: { fullName: "Phạm Thị Mẫu Đúng" } }, asOf: { version: 2 } },
    ]);
    expect(await problems("correctMarriage", { ...correct(input.wife), marriage: "x" })).toEqual([
      "ENTRY_UNKNOWN marriage",
    ]);
  });
});

describe("the recognition of a parent", () => {
  const parent = {
    ...{ fullName: "Trần Mẫu Nhận Con", dateOfBirth: "1960", personalId: "001060000077" },
    ...{ ethnicity: "Kinh", nationality: "VNM" },
  };
  const evidence = "Văn bản giám định mẫu";

  test("a father is recognised once, reads the birth from then on, and counts for kinship", async () => {
    const { personalId, fullName, dateOfBirth, ethnicity, nationality } = adults[4]?.mother ?? {};
    const { id: birth } = await birthOf(personalId);
    await withoutFather(birth);
    const input = { birth, role: "FATHER", parent, evidence, ground };
    const answers = await Promise.all([1, 2].map(() => act("recognizeParent", input)));
    expect(answers.flatMap(({ problems }) => problems.map(({ code }) => code))).toEqual(["PARENT_RECORDED"]);
    expect(answers.find(({ act }) => act)?.act).toMatchObject({ kind: "RECOGNITION", number: { book: "RECOGNITION" } });
    const father = a("citizen", { personalId: parent.personalId });
    const read = await agency.citizen(father, "birth { father { fullName } }", { personalId });
    expect(read.birth.father).toEqual({ fullName: parent.fullName });
    const daughter = { personalId, fullName, dateOfBirth, ethnicity, nationality };
    expect(await problems("registerMarriage", aMarriage({ husband: parent, wife: daughter }))).toEqual([
      "CLOSE_KIN wife",
    ]);
  });

  test("a parent who is recorded, too young or without evidence is not recognised", async () => {
    const { id: birth } = await birthOf(adults[5]?.mother.personalId);
    const young = { ...parent, dateOfBirth: "2020", fullName: "" };
    expect(await problems("recognizeParent", { birth, role: "MOTHER", parent, evidence: "", ground })).toEqual([
      "TEXT_EMPTY evidence",
      "PARENT_RECORDED role",
    ]);
    expect(await problems("recognizeParent", { birth: "x", role: "FATHER", parent: young, evidence, ground })).toEqual([
      "NAME_EMPTY parent.fullName",
      "ENTRY_UNKNOWN birth",
    ]);
  });
});

describe("an extract", () => {
  const requester = { fullName: "Trần Mẫu Con", personalId: "093195000017", relation: "Con đẻ" };
  const extracted = async (input: object) => {
    const document = `mutation ($input: ExtractInput!) { issueCivilExtract(input: $input, idempotencyKey: "${Math.random()}") {
      problems { code path } act { id number { book } extract { kind number copies requester { fullName }
        birth { version fullName } death { version cause } marriage { version wife { fullName } } } } } }`;
    return (await ask(document, { input })).issueCivilExtract;
  };

  test("an extract has a number, and goes on to show the version that was in force when it was issued", async () => {
    const input = aDeath({ cause: "Tai nạn mẫu" });
    const { id: entry } = await done("registerDeath", input);
    const { act: issued } = await extracted({ kind: "DEATH", entry, copies: 2, requester, ground });
    expect(issued).toMatchObject({
      number: { book: "EXTRACT" },
      extract: {
        kind: "DEATH",
        copies: 2,
        requester: { fullName: requester.fullName },
        death: { version: 1 },
        birth: null,
      },
    });
    const { kind: _, ground: __, ...before } = input;
    await done("correctDeath", { death: entry, kind: "CORRECTION", facts: { ...before, cause: "Tuổi già" }, ground });
    const history = `acts(first: 9) { nodes { kind extract { number death { cause } } } }`;
    const { death } = await agency.citizen(a("clerk"), `death { ${history} }`, {
      personalId: input.deceased.personalId,
    });
    expect(death.acts.nodes[1]).toEqual({
      kind: "EXTRACT",
      extract: { number: issued.extract.number, death: { cause: "Tai nạn mẫu" } },
    });
  });

  test("births and marriages are extracted, too", async () => {
    const { personalId, fullName } = adults[6]?.mother ?? {};
    const { id: entry } = await birthOf(personalId);
    const ofBirth = await extracted({ kind: "BIRTH", entry, copies: 1, requester, ground });
    expect(ofBirth.act.extract).toMatchObject({ birth: { version: 1, fullName }, death: null, marriage: null });
    const { id } = await done("registerMarriage", aMarriage());
    const ofMarriage = await extracted({ kind: "MARRIAGE", entry: id, copies: 1, requester, ground });
    expect(ofMarriage.act.extract).toMatchObject({ marriage: { version: 1 }, birth: null });
  });

  test("an extract needs an entry of its kind, and one to fifty copies", async () => {
    const { id: entry } = await done("registerMarriage", aMarriage());
    const { problems } = await extracted({ kind: "DEATH", entry, copies: 51, requester, ground });
    expect(problems).toEqual([
      { code: "COPIES_IMPOSSIBLE", path: ["copies"] },
      { code: "ENTRY_UNKNOWN", path: ["entry"] },
    ]);
  });
});

describe("the search for births", () => {
  const BIRTHS = `query ($filter: BirthFilter!, $first: Int!, $after: String) {
    births(filter: $filter, first: $first, after: $after) {
      nodes { id number child { fullName } } pageInfo { hasNextPage endCursor } } }`;
  const { all } = civilOfficer(() => agency);

  test("a birth is found by number, day and name without diacritics, and a corrected one by its present name", async () => {
    const { personalId } = adults[7]?.mother ?? {};
    const { id, number, registeredOn } = await birthOf(personalId, "id number registeredOn");
    const changes = { fullName: "Đoàn Thị Mẫu Khánh Huyền" };
    await done("correctBirth", { birth: id, kind: "CHANGE", changes, ground });
    for (const filter of [
      { search: personalId },
      { search: "khanh huyen doan" },
      { search: "HUYỀN KHÁNH", number, office: OFFICE },
      { search: "khanh huyen doan", registeredFrom: registeredOn, registeredTo: registeredOn },
    ])
      expect(
        (await all(BIRTHS, filter, 5)).map((birth) => birth.id),
        JSON.stringify(filter),
      ).toEqual([id]);
    const before = addDays(registeredOn as LegalDay, -1);
    expect(await all(BIRTHS, { search: "khanh huyen doan", registeredTo: before }, 5)).toEqual([]);
  });

  test("births come in pages of any size, each once", async () => {
    const filter = { office: OFFICE, registeredFrom: "1990-01-01", registeredTo: "1990-12-31" };
    const once = await all(BIRTHS, filter, 200);
    expect(once.length).toBeGreaterThan(10);
    expect(await all(BIRTHS, filter, 7)).toEqual(once);
  });
});

test.each(["recognitions", "extracts"])("the civil status table %s is append-only", async (table) => {
  await expect(agency.sql.unsafe(`delete from ${table}`)).rejects.toThrow("is append-only");
});
