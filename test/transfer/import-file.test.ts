import { existsSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openRegister, scratch, type TransferRegister } from "./empty-register.ts";
import { aHousehold, aMember, aPerson } from "./residence-records.ts";

const files = scratch();
let register: TransferRegister;
beforeAll(async () => {
  register = await openRegister("residence");
});
afterAll(async () => {
  await register.close();
  files.remove();
});

function jsonLines(name: string, records: readonly (object | string)[]): string {
  const path = files.path(name);
  const lines = records.map((record) => (typeof record === "string" ? record : JSON.stringify(record)));
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
}

const numberOf = async (table: string) => {
  const [row] = await register.sql<{ count: number }[]>`select count(*)::int as count from ${register.sql(table)}`;
  return row?.count ?? 0;
};

describe("an import", () => {
  test("refuses a household as a whole, with its line, all problems and their remedies, and imports the others", async () => {
    const before = await numberOf("persons");
    const bad = aHousehold([aMember("WIFE", { sex: "FEMALE" }), aMember("COUSIN", { dateOfBirth: "1985-02-30" })]);
    const file = jsonLines("refused.jsonl", [aHousehold([aMember("HEAD")]), bad, aHousehold([aMember("HEAD")])]);

    expect(await register.importFrom(file)).toMatchObject({ entered: 2, present: 0, refused: 1 });

    const [refusal, ...others] = register.refusedOf(file);
    expect(others).toEqual([]);
    expect(refusal?.line).toBe(2);
    expect(refusal?.problems.map(({ code, path }) => `${code} ${path.join(".")}`)).toEqual([
      "NUMBER_CONTRADICTS_PERSON members.0.personalId",
      "DATE_DOES_NOT_EXIST members.1.dateOfBirth",
      "RELATION_NOT_LISTED members.1.relationToHead",
      "HEAD_MISSING members",
    ]);
    expect(refusal?.problems.every(({ message }) => message.includes("đề nghị"))).toBe(true);
    expect(await numberOf("persons")).toBe(before + 2);
  });

  test("enters nothing twice when it is run again, and refuses an entry that the register has with other contents", async () => {
    const household = aHousehold([aMember("HEAD")]);
    const file = jsonLines("again.jsonl", [household]);
    await register.importFrom(file);
    const before = await numberOf("residency_versions");

    expect(await register.importFrom(file)).toMatchObject({ entered: 0, present: 1, refused: 0 });
    const changed = jsonLines("changed.jsonl", [{ ...household, addressLine: "Số 2, khu vực 1" }]);
    expect(await register.importFrom(changed)).toMatchObject({ entered: 0, present: 0, refused: 1 });

    expect(register.refusedOf(changed)[0]?.problems).toMatchObject([{ code: "REGISTER_DIFFERS" }]);
    expect(await numberOf("residency_versions")).toBe(before);
  });

  test("refuses a person who lives elsewhere already, and a second one in the same file", async () => {
    const head = aMember("HEAD");
    const file = jsonLines("twice.jsonl", [aHousehold([head]), aHousehold([head])]);
    expect(await register.importFrom(file)).toMatchObject({ entered: 1, refused: 1 });
    const later = jsonLines("later.jsonl", [aHousehold([head])]);
    expect(await register.importFrom(later)).toMatchObject({ entered: 0, refused: 1 });
    for (const each of [file, later])
      expect(register.refusedOf(each)[0]?.problems).toMatchObject([{ code: "RESIDENT_ELSEWHERE" }]);
  });

  test("refuses lines that are no record and fields that do not exist, and goes on", async () => {
    const file = jsonLines("lines.jsonl", [
      "{ no JSON",
      '["a list"]',
      { record: "HOUSE" },
      { record: "PERSON", ...aPerson(), nickname: "Tí" },
      { record: "PERSON", ...aPerson() },
    ]);
    expect(await register.importFrom(file)).toMatchObject({ entered: 1, refused: 4 });
    expect(register.refusedOf(file).map(({ line, problems }) => `${line} ${problems[0]?.code}`)).toEqual([
      "1 RECORD_MALFORMED",
      "2 RECORD_MALFORMED",
      "3 RECORD_KIND_UNKNOWN",
      "4 FIELD_MALFORMED",
    ]);
  });

  test("leads a commune of before July 2025 to its successor", async () => {
    const file = jsonLines("former.jsonl", [aHousehold([aMember("HEAD")], { commune: "31336" })]);
    expect(await register.importFrom(file)).toMatchObject({ entered: 1, refused: 0 });
    const [home] = await register.sql`select 1 from household_versions where commune_code = '31338'`;
    expect(home).toBeDefined();
  });

  test("refuses stays of an unknown person, in the commune of the home, of more than two years, and beside another one there", async () => {
    const head = aMember("HEAD");
    await register.importFrom(jsonLines("home.jsonl", [aHousehold([head])]));
    const stay = { record: "TEMPORARY_RESIDENCE", personalId: head.personalId, addressLine: "Khu trọ mẫu" };
    const term = { commune: "31338", startsOn: "2026-01-01", endsOn: "2026-12-31" };
    const file = jsonLines("stays.jsonl", [
      { ...stay, ...term, personalId: "092085999999" },
      { ...stay, ...term, commune: "31471" },
      { ...stay, ...term, endsOn: "2028-02-01" },
      { ...stay, ...term },
      { ...stay, ...term, startsOn: "2026-06-01", endsOn: "2027-05-31" },
    ]);
    expect(await register.importFrom(file)).toMatchObject({ entered: 1, refused: 4 });
    expect(register.refusedOf(file).map(({ line, problems }) => `${line} ${problems[0]?.code}`)).toEqual([
      "1 PERSON_NOT_FOUND",
      "2 TEMPORARY_AT_HOME",
      "3 TERM_TOO_LONG",
      "5 TEMPORARY_ALREADY",
    ]);
  });

  test("refuses a stay of an old file that was renewed or ended early since, and enters one that begins on the day of the end", async () => {
    const heads = [aMember("HEAD"), aMember("HEAD")];
    await register.importFrom(
      jsonLines(
        "homes.jsonl",
        heads.map((head) => aHousehold([head])),
      ),
    );
    const stays = heads.map(({ personalId }) => ({
      ...{ record: "TEMPORARY_RESIDENCE", personalId, addressLine: "Khu trọ mẫu", commune: "31338" },
      ...{ startsOn: "2026-01-01", endsOn: "2026-12-31" },
    }));
    const old = jsonLines("old-stays.jsonl", stays);
    expect(await register.importFrom(old)).toMatchObject({ entered: 2 });
    const [renewed, ended] = heads.map(({ personalId }) => personalId);
    const version = (personalId = "") => register.sql`
      insert into temporary_residence_versions
        (temporary_residence_id, version, recorded_by, ground, valid_from, valid_to, starts_on, ends_on, end_reason)
      select t.id, 2, 'test', 'test', '2026-11-20',
             ${personalId === ended ? "2026-11-20" : null}, ${personalId === ended ? "2026-01-01" : "2027-01-01"},
             ${personalId === ended ? "2026-12-31" : "2027-12-31"}, ${personalId === ended ? "ABSENCE" : null}
        from temporary_residences t join persons p on p.id = t.person_id where p.personal_id = ${personalId}`;
    for (const person of [renewed, ended]) await version(person);
    expect(await register.importFrom(old)).toMatchObject({ entered: 0, present: 0, refused: 2 });
    for (const { problems } of register.refusedOf(old))
      expect(problems).toMatchObject([{ code: "TEMPORARY_ALREADY", path: ["startsOn"] }]);
    const next = jsonLines("next-stays.jsonl", [{ ...stays[1], startsOn: "2026-11-20" }]);
    expect(await register.importFrom(next)).toMatchObject({ entered: 1, refused: 0 });
  });

  test("changes nothing in a dry run, and says what it would refuse", async () => {
    const before = await numberOf("households");
    const file = jsonLines("dry.jsonl", [aHousehold([aMember("HEAD")]), aHousehold([aMember("CHILD")])]);
    expect(await register.importFrom(file, { dryRun: true })).toMatchObject({ entered: 1, refused: 1 });
    expect(await numberOf("households")).toBe(before);
    expect(await register.importFrom(file)).toMatchObject({ entered: 1, refused: 1 });
  });

  test("continues after the last batch when it was interrupted, and keeps what was refused before", async () => {
    const people = Array.from({ length: 1_200 }, (_, n) => ({
      record: "PERSON",
      ...aPerson(n === 3 || n === 1_100 ? { fullName: "12345" } : {}),
    }));
    const file = jsonLines("interrupted.jsonl", people);
    const stop = new Error("interrupted");
    const interrupted = register.importFrom(file, {
      progressed: ({ line }) => {
        if (line >= 500) throw stop;
      },
    });
    await expect(interrupted).rejects.toBe(stop);
    expect(existsSync(`${file}.import-progress.json`)).toBe(true);
    expect(await register.importFrom(file, { dryRun: true })).toMatchObject({
      entered: 699,
      present: 499,
      refused: 2,
    });

    expect(await register.importFrom(file)).toMatchObject({ entered: 1_198, present: 0, refused: 2 });
    expect(register.refusedOf(file).map(({ line }) => line)).toEqual([4, 1_101]);
    expect(existsSync(`${file}.import-progress.json`)).toBe(false);
  });
});
