import * as fc from "fast-check";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { definition } from "../../subgraphs/civil-status/subgraph.ts";
import { type ServedAgency, serveAgency } from "../health-insurance/served-agency.ts";
import { aDeath, civilOfficer, OFFICE, OTHER_OFFICE, registrar } from "./civil-acts.ts";

let agency: ServedAgency;
beforeAll(async () => {
  agency = await serveAgency(definition);
});
afterAll(() => agency?.stop());

const { act, ask, done, problems } = civilOfficer(() => agency);
const booksOf = async (office: string, year: number) =>
  (
    await ask(
      "query ($office: ID!, $year: Int!) { registerBooks(office: $office, year: $year) { id book lastNumber closedOn } }",
      { office, year },
    )
  ).registerBooks;

/** Numbers of each book that is not 1, 2, 3 … */
const gaps = () => agency.sql`
  select book, commune, year from book_numbers group by 1, 2, 3 having max(number) <> count(*) or min(number) <> 1`;

/** Runs SQL as one transaction. @returns the name of the constraint that refuses it; undefined if none does */
const refusal = (statements: string): Promise<string | undefined> =>
  agency.sql
    .begin((sql) => sql.unsafe(statements))
    .then(
      () => undefined,
      (error: { constraint_name?: string; message: string }) => error.constraint_name ?? error.message,
    );

const anAct = (id: string) => `
  insert into acts (id, kind, owner, role, idempotency_key, body_hash, effective_on, ground)
  values ('${id}', 'DEATH', 'test', 'test', '${id}', 'test', '2026-11-01', 'test');`;
const aNumber = (id: string, number: number, year = 2026) =>
  `insert into book_numbers values ('DEATH', '2025-07-01', '00070', ${year}, ${number}, '${id}');`;

describe("numbers in register books", () => {
  test("each office counts its own book from one", async () => {
    const numbers = [];
    for (const office of [OTHER_OFFICE, OTHER_OFFICE, "00008"])
      numbers.push((await done("registerDeath", aDeath(), registrar(office))).number);
    const year = numbers[0].number.split("/")[1];
    expect(numbers).toEqual(
      [
        [OTHER_OFFICE, `1/${year}`],
        [OTHER_OFFICE, `2/${year}`],
        ["00008", `1/${year}`],
      ].map(([code, number]) => ({ book: "DEATH", number, office: { code } })),
    );
    expect(await booksOf(OTHER_OFFICE, Number(year))).toContainEqual({
      ...{ id: `DEATH/${OTHER_OFFICE}/${year}`, book: "DEATH", lastNumber: 2, closedOn: null },
    });
  });

  test("no book has a gap, whatever registrars do at once and however much of it is refused", async () => {
    const rounds = fc.array(fc.boolean(), { minLength: 3, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(rounds, async (round) => {
        const answers = await Promise.all(
          round.map((possible) => act("registerDeath", possible ? aDeath() : aDeath({ diedOn: "1980" }))),
        );
        expect(answers.map((answer) => answer.act !== null)).toEqual(round);
        expect(await gaps()).toHaveLength(0);
      }),
      { numRuns: 8 },
    );
  }, 120_000);

  test("the database refuses a number that leaves a gap, a number twice, and an entry without a number", async () => {
    const [one, other] = [uuidv7(), uuidv7()];
    expect(await refusal(anAct(one) + aNumber(one, 2))).toBe("book_numbers_without_gaps");
    expect(await refusal(anAct(one) + aNumber(one, 1))).toBeUndefined();
    expect(await refusal(anAct(other) + aNumber(other, 1))).toBe("book_numbers_pk");
    const death = `insert into deaths (id, kind, registered_on, deceased_key) values ('${other}', 'NOTED', '2026-11-01', '${other}');`;
    expect(await refusal(anAct(other) + death)).toBe("entry_numbered");
  });

  test.each(["acts", "act_entries", "deaths", "death_versions", "book_numbers", "book_closings"])(
    "the civil status table %s is append-only",
    async (table) => {
      expect(await refusal(`delete from ${table}`)).toContain("is append-only");
    },
  );

  test("a version of a death follows the one before", async () => {
    const { id } = await done("registerDeath", aDeath());
    const third = `insert into death_versions select death_id, 3, valid_from, valid_to, recorded_at, recorded_by, ground, act_id,
      full_name, sex, date_of_birth, died_on, details from death_versions where death_id = '${id}';`;
    expect(await refusal(third)).toBe("version_follows");
  });
});

describe("the closing of a register book", () => {
  test("a book of a year that has ended is closed once, and gets no number any more", async () => {
    const ids = [uuidv7(), uuidv7()] as const;
    await agency.sql.unsafe(anAct(ids[0]) + aNumber(ids[0], 1, 2024));
    await agency.sql`insert into book_counters values ('DEATH', '2025-07-01', '00070', 2024, 1)`;
    const input = { book: "DEATH", year: 2024, ground: "Biên bản khóa sổ mẫu" };
    const closed = await done("closeRegisterBook", input, registrar("00070"));
    expect(await booksOf("00070", 2024)).toMatchObject([
      { book: "DEATH", lastNumber: 1, closedOn: closed.effectiveOn },
    ]);
    const again = await act("closeRegisterBook", input, "again", registrar("00070"));
    expect(again.problems).toMatchObject([{ code: "BOOK_CLOSED", path: ["book"] }]);
    expect(await refusal(anAct(ids[1]) + aNumber(ids[1], 2, 2024))).toBe("book_numbers_open_book");
  });

  test.each([
    [{ book: "DEATH", year: 2199 }, ["BOOK_OF_RUNNING_YEAR year"]],
    [{ book: "DEATH", year: 2001 }, ["BOOK_UNKNOWN book"]],
    [{ book: "DEATH", year: 1 }, ["BOOK_UNKNOWN year"]],
  ])("the book %j is not closed", async (book, expected) => {
    expect(await problems("closeRegisterBook", { ...book, ground: "Biên bản mẫu" })).toEqual(expected);
  });

  test("the books of births are listed with the others, and a year must be one", async () => {
    const [row] = await agency.sql`select commune, year, last from birth_counters limit 1`;
    expect(await booksOf(row?.commune, row?.year)).toMatchObject([{ book: "BIRTH", lastNumber: row?.last }]);
    await expect(booksOf(OFFICE, 99_999)).rejects.toMatchObject({ code: "BAD_USER_INPUT" });
  });
});
