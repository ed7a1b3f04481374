import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addDays, type LegalDay, legalDayOf } from "../../subgraphs/_shared/reference/days.ts";
import { definition } from "../../subgraphs/civil-status/subgraph.ts";
import { a, type ServedAgency, serveAgency } from "../health-insurance/served-agency.ts";
import { aDeath, aDivorce, aMarriage, aPerson, bornOf, civilOfficer, OFFICE } from "./civil-acts.ts";

let agency: ServedAgency;
beforeAll(async () => {
  agency = await serveAgency(definition);
});
afterAll(() => agency?.stop());

const { act, ask, done, problems, all } = civilOfficer(() => agency);
const TODAY = legalDayOf(new Date());
const MARRIAGES = `query ($filter: MarriageFilter!, $first: Int!, $after: String) {
  marriages(filter: $filter, first: $first, after: $after) {
    nodes { id number facts { husband { fullName } wife { fullName } } } pageInfo { hasNextPage endCursor } } }`;
const read = async (personalId: string | null, fields: string, by = a("clerk")) =>
  agency.citizen(by, fields, { personalId });
const statusOf = async (personalId: string | null) => (await read(personalId, "maritalStatus")).maritalStatus;
/** The day on which somebody completes a number of years today, moved by some days. */
const years = (count: number, days = 0) =>
  addDays(`${Number(TODAY.slice(0, 4)) - count}${TODAY.slice(4)}` as LegalDay, days);

describe("the registration of a marriage", () => {
  test("a marriage is registered with a number, and both spouses have it", async () => {
    const input = aMarriage();
    const made = await done("registerMarriage", input);
    expect(made).toMatchObject({ kind: "MARRIAGE", number: { book: "MARRIAGE", office: { code: OFFICE } } });
    const fields = `maritalStatus marriages { id number kind marriedOn registeredOn office { code } end { cause }
      facts { version husband { fullName personalId residence { commune { code } } } wife { citizen { personalId } } } }`;
    for (const { personalId } of [input.husband, input.wife])
      expect(await read(personalId, fields)).toMatchObject({
        maritalStatus: "MARRIED",
        marriages: [
          {
            ...{ id: made.id, number: made.number.number, kind: "REGISTERED", marriedOn: TODAY, end: null },
            facts: {
              husband: { personalId: input.husband.personalId, residence: { commune: { code: OFFICE } } },
              wife: { citizen: { personalId: input.wife.personalId } },
            },
          },
        ],
      });
  });

  test("nobody marries a second time while the first marriage lasts, and both are told at once", async () => {
    const [one, other] = [aMarriage(), aMarriage()];
    await done("registerMarriage", one);
    await done("registerMarriage", other);
    expect(await problems("registerMarriage", aMarriage({ husband: one.husband, wife: other.wife }))).toEqual([
      "ALREADY_MARRIED husband",
      "ALREADY_MARRIED wife",
    ]);
  });

  test("of two marriages of one person at once, one is registered", async () => {
    const husband = aPerson();
    const answers = await Promise.all([1, 2, 3].map(() => act("registerMarriage", aMarriage({ husband }))));
    expect(answers.filter(({ act }) => act)).toHaveLength(1);
    expect(answers.flatMap(({ problems }) => problems.map(({ code }) => code))).toEqual([
      "ALREADY_MARRIED",
      "ALREADY_MARRIED",
    ]);
  });

  test("a marriage of before 2016 is registered again with its former day and number", async () => {
    const input = aMarriage({ kind: "REREGISTERED", marriedOn: "2012-12-12", formerRegistration: "7/2012, xã mẫu" });
    await done("registerMarriage", input);
    expect(await read(input.wife.personalId, "marriages { marriedOn kind facts { formerRegistration } }")).toEqual({
      marriages: [{ marriedOn: "2012-12-12", kind: "REREGISTERED", facts: { formerRegistration: "7/2012, xã mẫu" } }],
    });
  });
});

describe("what prevents a marriage", () => {
  const cases: [string, () => object, string[]][] = [
    [
      "a man of a day under twenty and a woman of a day under eighteen",
      () => ({
        husband: aPerson("MALE", { dateOfBirth: years(20, 1) }),
        wife: aPerson("FEMALE", { dateOfBirth: years(18, 1) }),
      }),
      ["TOO_YOUNG_TO_MARRY husband.dateOfBirth", "TOO_YOUNG_TO_MARRY wife.dateOfBirth"],
    ],
    [
      "nothing in the ages of those who complete twenty and eighteen years today",
      () => ({
        husband: aPerson("MALE", { dateOfBirth: years(20) }),
        wife: aPerson("FEMALE", { dateOfBirth: years(18) }),
      }),
      [],
    ],
    [
      "nothing in a year of birth whose January was twenty years ago",
      () => ({ husband: aPerson("MALE", { dateOfBirth: years(20).slice(0, 4) }) }),
      [],
    ],
    [
      "one person on both sides",
      () => {
        const husband = aPerson("MALE");
        return { husband, wife: husband };
      },
      ["SPOUSES_ARE_ONE_PERSON wife"],
    ],
    [
      "spouses of the other sexes",
      () => ({ husband: aPerson("FEMALE"), wife: aPerson("MALE") }),
      ["SEX_CONTRADICTS_NUMBER husband.personalId", "SEX_CONTRADICTS_NUMBER wife.personalId"],
    ],
    [
      "a repeated registration without day and former number",
      () => ({ kind: "REREGISTERED" }),
      ["MARRIED_ON_REQUIRED marriedOn", "FORMER_REGISTRATION_REQUIRED formerRegistration"],
    ],
    [
      "a noted marriage of a day to come",
      () => ({ kind: "NOTED", marriedOn: "2199-01-01", formerRegistration: "Số 1, Đại sứ quán mẫu" }),
      ["DATE_IN_FUTURE marriedOn"],
    ],
  ];
  test.each(cases)("a marriage is prevented by %s", async (_, more, expected) => {
    expect(await problems("registerMarriage", aMarriage(more()))).toEqual(expected);
  });

  test("a dead person does not marry", async () => {
    const husband = aPerson();
    await done("registerDeath", aDeath({ deceased: husband }));
    expect(await problems("registerMarriage", aMarriage({ husband }))).toEqual(["PERSON_DECEASED husband"]);
  });

  const kin: [string, number, string[]][] = [
    ["siblings", 1, ["CLOSE_KIN wife"]],
    ["first cousins", 2, ["CLOSE_KIN wife"]],
    ["second cousins", 3, []],
  ];
  test.each(kin)("whether %s marry is decided by their registered ancestors", async (_, generations, expected) => {
    const ancestor = aPerson().personalId;
    const lines = ["MALE", "FEMALE"].map((sex) => aPerson(sex as "MALE" | "FEMALE"));
    for (const { personalId } of lines) {
      let child = personalId;
      for (let each = 1; each < generations; each++) {
        const parent = aPerson().personalId;
        await bornOf(agency, child, [parent]);
        child = parent;
      }
      await bornOf(agency, child, [ancestor, null]);
    }
    const [husband, wife] = lines;
    expect(await problems("registerMarriage", aMarriage({ husband, wife }))).toEqual(expected);
  });

  test("nobody marries an ancestor of any generation, nor an uncle", async () => {
    const [grandfather, mother, wife] = [aPerson(), aPerson("FEMALE"), aPerson("FEMALE")];
    const uncle = aPerson();
    const greatGrandfather = aPerson();
    await bornOf(agency, wife.personalId, [mother.personalId]);
    await bornOf(agency, mother.personalId, [grandfather.personalId]);
    await bornOf(agency, uncle.personalId, [grandfather.personalId]);
    await bornOf(agency, grandfather.personalId, [greatGrandfather.personalId]);
    for (const husband of [uncle, grandfather, greatGrandfather])
      expect(await problems("registerMarriage", aMarriage({ husband, wife }))).toEqual(["CLOSE_KIN wife"]);
  });

  test("nobody marries a former parent-in-law or step-parent", async () => {
    const [father, son, wife, stepmother] = [aPerson(), aPerson(), aPerson("FEMALE"), aPerson("FEMALE")];
    await bornOf(agency, son.personalId, [father.personalId]);
    for (const [husband, bride] of [
      [son, wife],
      [father, stepmother],
    ]) {
      const { id } = await done("registerMarriage", aMarriage({ husband, wife: bride }));
      await done("endMarriage", aDivorce(id, { effectiveOn: TODAY }));
    }
    expect(await problems("registerMarriage", aMarriage({ husband: father, wife }))).toEqual(["FORMER_IN_LAWS wife"]);
    expect(await problems("registerMarriage", aMarriage({ husband: son, wife: stepmother }))).toEqual([
      "FORMER_IN_LAWS wife",
    ]);
  });
});

describe("the end of a marriage", () => {
  test("after a divorce both may marry again, and the marriage shows its end", async () => {
    const input = aMarriage();
    const { id } = await done("registerMarriage", input);
    const ended = await done("endMarriage", aDivorce(id, { effectiveOn: TODAY }));
    expect(ended).toMatchObject({ kind: "DIVORCE", number: null });
    const { marriages } = await read(input.wife.personalId, "marriages { end { cause endedOn decision } }");
    expect(marriages).toEqual([
      { end: { cause: "DIVORCE", endedOn: TODAY, decision: "Bản án số 1/2026, Tòa án nhân dân mẫu" } },
    ]);
    expect(await statusOf(input.husband.personalId)).toBe("DIVORCED");
    await done("registerMarriage", aMarriage({ husband: input.husband }));
    expect(await statusOf(input.husband.personalId)).toBe("MARRIED");
  });

  test("an annulled marriage leaves the status of before", async () => {
    const input = aMarriage();
    const { id } = await done("registerMarriage", input);
    await done("endMarriage", aDivorce(id, { kind: "ANNULMENT", effectiveOn: TODAY }));
    expect(await statusOf(input.wife.personalId)).toBe("NEVER_MARRIED");
  });

  test("the death of a spouse ends the marriage by the same act", async () => {
    const input = aMarriage();
    const { id } = await done("registerMarriage", input);
    const death = await done("registerDeath", aDeath({ deceased: input.husband }));
    expect(await statusOf(input.wife.personalId)).toBe("WIDOWED");
    const fields = "marriages { end { cause endedOn decision } acts(first: 5) { nodes { id kind } } }";
    expect((await read(input.wife.personalId, fields)).marriages).toEqual([
      {
        end: { cause: "DEATH", endedOn: "2026-11-20", decision: null },
        acts: {
          nodes: [
            { id: death.id, kind: "DEATH" },
            { id, kind: "MARRIAGE" },
          ],
        },
      },
    ]);
  });

  test("a divorce needs a marriage in force, a day after its beginning and a decision", async () => {
    const { id } = await done("registerMarriage", aMarriage());
    expect(await problems("endMarriage", aDivorce(id, { effectiveOn: "2001-01-01", decision: "" }))).toEqual([
      "TEXT_EMPTY decision",
      "END_BEFORE_MARRIAGE effectiveOn",
    ]);
    expect(await problems("endMarriage", aDivorce("x"))).toContain("MARRIAGE_UNKNOWN marriage");
    const answers = await Promise.all([1, 2].map(() => act("endMarriage", aDivorce(id, { effectiveOn: TODAY }))));
    expect(answers.flatMap(({ problems }) => problems.map(({ code }) => code))).toEqual(["MARRIAGE_ENDED"]);
  });
});

describe("the search for marriages", () => {
  test("a marriage is found by a spouse's number or name without diacritics, by number and by day", async () => {
    const wife = aPerson("FEMALE", { fullName: "Đặng Thị Mẫu Hạnh Phúc" });
    const { number } = await done("registerMarriage", aMarriage({ wife }));
    for (const filter of [
      { search: wife.personalId },
      { search: "hanh phuc dang" },
      { number: number.number, office: OFFICE },
      { search: "HẠNH PHÚC", registeredFrom: TODAY },
    ])
      expect(await all(MARRIAGES, filter, 1), JSON.stringify(filter)).toMatchObject([
        { facts: { wife: { fullName: "Đặng Thị Mẫu Hạnh Phúc" } } },
      ]);
    expect(await all(MARRIAGES, { search: "hanh phuc", registeredTo: "2001-01-01" }, 5)).toEqual([]);
    const once = await all(MARRIAGES, {}, 200);
    expect(await all(MARRIAGES, {}, 3)).toEqual(once);
  });

  test.each(["citizen", "portal", "insurer"] as const)("a %s does not search marriages", async (role) => {
    const asked = ask(MARRIAGES, { filter: {}, first: 5 }, a(role, { personalId: "093195000017" }));
    await expect(asked).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("who reads a marriage", () => {
  test("a spouse reads the marriage under the own name, and nobody else does", async () => {
    const { husband, wife } = aMarriage();
    await done("registerMarriage", aMarriage({ husband, wife }));
    const by = a("citizen", { personalId: husband.personalId });
    expect((await read(husband.personalId, "marriages { number }", by)).marriages).toHaveLength(1);
    const stranger = a("citizen", { personalId: "093195000098" });
    for (const field of ["marriages { number }", "maritalStatus", "maritalStatusConfirmations { id }"])
      await expect(read(husband.personalId, field, stranger)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await read(stranger.personalId ?? null, "marriages { number }", stranger)).marriages).toEqual([]);
  });
});
