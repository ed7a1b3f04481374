import { describe, expect, it } from "vitest";
import type { BirthInput } from "../given.ts";
import {
  changedRequest,
  checkResult,
  type InputChange,
  refusalsOf,
  worldWithLongDeadlines,
} from "./refused-requests.ts";

const world = worldWithLongDeadlines();

/** A parent is replaced by one of no register, so that only the desk's and civil status's rules speak. */
const foreign = { personalId: null, nationality: "FRA" } as const;
const child =
  (facts: Partial<BirthInput["child"]>): InputChange =>
  (input) =>
    Object.assign(input.child, facts);
const mother =
  (facts: object): InputChange =>
  (input) =>
    Object.assign(input.mother, facts);
const father =
  (facts: object): InputChange =>
  (input) =>
    Object.assign(input.father ?? {}, facts);

type Row = [what: string, spoil: InputChange, problems: string[]];

describe("a child", () => {
  it.each<Row>([
    ["born tomorrow", child({ dateOfBirth: "2026-11-24" }), ["DATE_IN_FUTURE child.dateOfBirth"]],
    ["born on 30 February", child({ dateOfBirth: "2026-02-30" }), ["DATE_DOES_NOT_EXIST child.dateOfBirth"]],
    [
      "born on 29 February of a common year, with a notice of that year",
      child({ dateOfBirth: "2025-02-29", birthNotice: "00777.GCS.93012.25" }),
      ["DATE_DOES_NOT_EXIST child.dateOfBirth"],
    ],
    ["born in 1526", child({ dateOfBirth: "1526-02-03" }), ["DATE_OUT_OF_RANGE child.dateOfBirth"]],
    ["born in a year alone", child({ dateOfBirth: "2026" }), ["DATE_MALFORMED child.dateOfBirth"]],
    ["born in an instant", child({ dateOfBirth: "2026-11-16T00:00:00Z" }), ["DATE_MALFORMED child.dateOfBirth"]],
    ["born on a day written as on paper", child({ dateOfBirth: "16/11/2026" }), ["DATE_MALFORMED child.dateOfBirth"]],
    ["of six years today", child({ dateOfBirth: "2020-11-23" }), ["CHILD_TOO_OLD child.dateOfBirth"]],
    [
      "of seven years, for whom the insurer has another reason",
      child({ dateOfBirth: "2019-03-15" }),
      ["CHILD_NOT_ENTITLED child.dateOfBirth HEALTH_INSURANCE", "CHILD_TOO_OLD child.dateOfBirth"],
    ],
    ["of a country that is none", child({ nationality: "ZZZ" }), ["NATIONALITY_UNKNOWN child.nationality"]],
    ["of a people that is none", child({ ethnicity: "Abc" }), ["ETHNICITY_UNKNOWN child.ethnicity"]],
    ["of no nationality", child({ nationality: "Việt Nam" }), ["NATIONALITY_MALFORMED child.nationality"]],
    [
      "with a notice of years before",
      child({ birthNotice: "00777.GCS.93012.20" }),
      ["BIRTH_NOTICE_BEFORE_BIRTH child.birthNotice"],
    ],
    [
      "with a notice of next year",
      child({ birthNotice: "00777.GCS.93012.27" }),
      ["BIRTH_NOTICE_IN_FUTURE child.birthNotice"],
    ],
    ["without any notice", child({ birthNotice: null }), ["BIRTH_NOTICE_REQUIRED child.birthNotice"]],
    ["with an empty notice", child({ birthNotice: "" }), ["BIRTH_NOTICE_REQUIRED child.birthNotice"]],
    [
      "with a notice and a witness",
      child({ withoutNotice: { kind: "WITNESS", text: "Bà Trần Thị Mẫu chứng kiến" } }),
      ["BIRTH_NOTICE_TWICE child.withoutNotice"],
    ],
    [
      "with a witness and no statement",
      child({ birthNotice: null, withoutNotice: { kind: "WITNESS", text: " " } }),
      ["TEXT_EMPTY child.withoutNotice.text"],
    ],
    ...[
      { order: 0, of: 2 },
      { order: 3, of: 2 },
      { order: 1, of: 1 },
      { order: 1, of: 11 },
      { order: -1, of: -1 },
      { order: 2_147_483_647, of: 2_147_483_647 },
    ].map(
      (multipleBirth): Row => [
        `that is ${multipleBirth.order} of ${multipleBirth.of}`,
        child({ multipleBirth }),
        ["BIRTH_ORDER_IMPOSSIBLE child.multipleBirth"],
      ],
    ),
  ])("a child %s is refused", async (_, spoil, problems) => {
    const said = await refusalsOf(world.current, changedRequest(spoil));
    expect(said.map(({ code, at, agency }) => [code, at, agency].join(" ").trim())).toEqual(problems);
  });

  it("a child that turns six tomorrow and a child born today are accepted", async () => {
    for (const dateOfBirth of ["2020-11-24", "2026-11-23"]) {
      expect(await checkResult(world.current, changedRequest(child({ dateOfBirth })))).toMatchObject({
        ready: true,
        problems: [],
      });
    }
  });
});

describe("a declarant", () => {
  const declarant =
    (facts: object): InputChange =>
    (input) =>
      Object.assign(input.declarant, facts);
  const relations = ["WIFE", "HUSBAND", "HEAD", "TENANT", "BORROWER", "SON_IN_LAW", "CHILD", "WARD"];
  it.each<Row>([
    ...relations.map(
      (relation): Row => [
        `who is ${relation} of a newborn`,
        declarant({ relation }),
        ["DECLARANT_NOT_ENTITLED declarant.relation"],
      ],
    ),
    [
      "who is the mother under another number",
      declarant({ personalId: "093195099999" }),
      ["DECLARANT_IS_NOT_PARENT declarant.personalId"],
    ],
    [
      "who is the mother under another name",
      declarant({ fullName: "Trần Thị Khác" }),
      ["DECLARANT_IS_NOT_PARENT declarant.fullName"],
    ],
    [
      "who is the father with the mother's number",
      declarant({ relation: "FATHER" }),
      ["DECLARANT_IS_NOT_PARENT declarant.personalId"],
    ],
    [
      "who is a grandmother with the mother's number",
      declarant({ relation: "MATERNAL_GRANDMOTHER" }),
      ["DECLARANT_IS_PARENT declarant.relation"],
    ],
    [
      "who is the father of a child without one",
      (input) => Object.assign(input, { father: null, declarant: { ...input.declarant, relation: "FATHER" } }),
      ["DECLARANT_IS_NOT_PARENT declarant.relation"],
    ],
  ])("a declarant %s is refused", async (_, spoil, problems) => {
    const said = await refusalsOf(world.current, changedRequest(spoil));
    expect(said.map(({ code, at, agency }) => [code, at, agency].join(" ").trim())).toEqual(problems);
  });

  it("a declarant who is a grandmother of her own number, or the father himself, is good", async () => {
    const grandmother = declarant({ relation: "PATERNAL_GRANDMOTHER", personalId: null, fullName: "Bà Thị Mẫu" });
    const himself: InputChange = ({ declarant, father }) =>
      Object.assign(declarant, { relation: "FATHER", personalId: father?.personalId, fullName: father?.fullName });
    for (const spoil of [grandmother, himself])
      expect(await checkResult(world.current, changedRequest(spoil))).toMatchObject({ ready: true, problems: [] });
  });
});

describe("a parent", () => {
  const number = (personalId: string, dateOfBirth = "1995") => ({ personalId, dateOfBirth });
  it.each<Row>([
    [
      "younger than the child",
      mother({ ...foreign, dateOfBirth: "2026-11-17" }),
      ["PARENT_TOO_YOUNG mother.dateOfBirth"],
    ],
    ["of eleven years", father({ ...foreign, dateOfBirth: "2014-11-17" }), ["PARENT_TOO_YOUNG father.dateOfBirth"]],
    [
      "not born yet",
      mother({ ...foreign, dateOfBirth: "2030" }),
      ["DATE_IN_FUTURE mother.dateOfBirth", "PARENT_TOO_YOUNG mother.dateOfBirth CIVIL_STATUS"],
    ],
    ["of 131 years", mother({ ...foreign, dateOfBirth: "1895" }), ["PARENT_TOO_OLD mother.dateOfBirth"]],
    ["born on 31 April", mother({ ...foreign, dateOfBirth: "1995-04-31" }), ["DATE_DOES_NOT_EXIST mother.dateOfBirth"]],
    ["born in month 13", father({ ...foreign, dateOfBirth: "1993-13" }), ["DATE_DOES_NOT_EXIST father.dateOfBirth"]],
    [
      "who is a mother with a man's number",
      mother(number("093093000023", "1993")),
      ["PARENTS_ARE_ONE_PERSON", "PERSONAL_ID_SEX_MISMATCH mother.personalId", "PERSON_NAME_MISMATCH"],
    ],
    [
      "who is a father with a woman's number",
      father(number("093195000017")),
      ["PERSONAL_ID_SEX_MISMATCH father.personalId", "PERSON_NAME_MISMATCH"],
    ],
    [
      "whose number tells another year",
      mother({ dateOfBirth: "1961" }),
      ["PERSONAL_ID_YEAR_MISMATCH mother.dateOfBirth", "PERSON_BIRTH_DATE_MISMATCH mother.dateOfBirth RESIDENCE"],
    ],
    ["whose number was forgotten", father({ personalId: "" }), ["PERSONAL_ID_REQUIRED father.personalId"]],
    [
      "whose nationality is mistyped and who has no number",
      father({ personalId: null, nationality: "VMN" }),
      ["NATIONALITY_UNKNOWN father.nationality"],
    ],
    ["of a people that is none", mother({ ethnicity: "Abc" }), ["ETHNICITY_UNKNOWN mother.ethnicity"]],
    ["of no ethnic group", father({ ethnicity: "" }), ["TEXT_EMPTY father.ethnicity"]],
  ])("a parent %s is refused", async (_, spoil, problems) => {
    const input = changedRequest(spoil);
    if (problems[0] === "PARENTS_ARE_ONE_PERSON") Object.assign(input.father ?? {}, number("093093000023", "1993"));
    const said = await refusalsOf(world.current, input);
    const told = said.map(({ code, at, agency }) => [code, at, agency].join(" ").trim());
    for (const problem of problems) expect(told.some((each) => each.startsWith(problem))).toBe(true);
    if (!problems.some((problem) => !problem.includes(" "))) expect(told).toEqual(problems);
  });

  it("a parent whose name or birthday differs from the population register is refused by that register", async () => {
    const input = changedRequest(({ mother, father }) => {
      mother.fullName = "Trần Thị Khác Hẳn";
      if (father) father.dateOfBirth = `${father.dateOfBirth.slice(0, 4)}-01-01`;
    });
    const codes = (await refusalsOf(world.current, input)).map(({ code, at, agency }) => `${code} ${at} ${agency}`);
    expect(codes).toContain("PERSON_NAME_MISMATCH mother.fullName RESIDENCE");
  });

  it("a parent twelve years older than the child is left to an officer and not treated as a typing error", async () => {
    const input = changedRequest(mother({ ...foreign, dateOfBirth: "2014-11" }));
    expect(await checkResult(world.current, input)).toMatchObject({ ready: true, problems: [] });
  });
});
