import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { UnreadableFile } from "../../subgraphs/_shared/transfer/utf8-text.ts";
import { openRegister, scratch, type TransferRegister } from "./empty-register.ts";

const files = scratch();
let register: TransferRegister;
beforeAll(async () => {
  register = await openRegister("residence");
});
afterAll(async () => {
  await register.close();
  files.remove();
});

let serial = 100_000;

/** A person of the file with a number that no other test uses. */
function aPerson(more: object = {}) {
  const personalId = `092085${serial++}`;
  const facts = {
    fullName: "Trần Văn Mẫu",
    dateOfBirth: "1985-03-04",
    sex: "MALE",
    ethnicity: "Kinh",
    nationality: "VNM",
  };
  return { personalId, ...facts, ...more };
}

const aMember = (relationToHead: string, more: object = {}) => ({
  ...aPerson(more),
  ...{ relationToHead, registeredOn: "2022-05-06" },
});

function aHousehold(members: object[], more: object = {}) {
  const code = `31471${serial++}`;
  const home = { code, addressLine: "Số 1, khu vực 1", commune: "31471", enteredOn: "2022-05-06" };
  return { record: "HOUSEHOLD", ...home, members, ...more };
}

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

const citizensRead = async () => {
  const [log] = await register.sql<{ citizens: number }[]>`
    select coalesce(sum(cardinality(citizens)), 0)::int as citizens from access_log
     where action = 'READ' and subject = 'operator:test'`;
  return log?.citizens ?? 0;
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

describe("a file of CSV", () => {
  const header = "record,personalId,fullName,dateOfBirth,sex,ethnicity,nationality";
  const row = () => {
    const { personalId, fullName, dateOfBirth, sex, ethnicity, nationality } = aPerson();
    return ["PERSON", personalId, fullName, dateOfBirth, sex, ethnicity, nationality].join(",");
  };

  test("is read with and without a byte-order mark, in lines of Windows, and with a broken line", async () => {
    const file = files.path("bom.csv");
    writeFileSync(file, `\uFEFF${header}\r\n${row()}\r\n"PERSON",x"y,\r\n${row()}\r\n`);
    expect(await register.importFrom(file)).toMatchObject({ entered: 2, refused: 1 });
    const plain = files.path("plain.csv");
    writeFileSync(plain, `${header}\n${row()}\n`);
    expect(await register.importFrom(plain)).toMatchObject({ entered: 1, refused: 0 });
  });

  test("refuses rows with too few or too many cells, each with its line, in the order of the file", async () => {
    const file = files.path("cells.csv");
    const short = row().split(",").slice(0, -1).join(",");
    writeFileSync(file, `${[header, row(), short, row(), `${row()},more`, row()].join("\n")}\n`);
    expect(await register.importFrom(file)).toMatchObject({ entered: 3, refused: 2 });
    expect(register.refusedOf(file)).toMatchObject([
      { line: 3, problems: [{ code: "RECORD_MALFORMED" }] },
      { line: 5, problems: [{ code: "RECORD_MALFORMED" }] },
    ]);
  });

  test("joins the rows of one household, and takes rows apart that do not follow one another for two", async () => {
    const columns =
      "code,addressLine,commune,enteredOn,members[].personalId,members[].fullName,members[].dateOfBirth,members[].sex,members[].ethnicity,members[].nationality,members[].relationToHead,members[].registeredOn";
    const code = `31471${serial++}`;
    const line = (home: string, relation: string, sex: "MALE" | "FEMALE") => {
      const id = sex === "MALE" ? `092085${serial++}` : `092185${serial++}`;
      return `HOUSEHOLD,${home},${id},Trần Thị Mẫu,1985-03-04,${sex},Kinh,VNM,${relation},2022-05-06`;
    };
    const home = `${code},Số 1,31471,2022-05-06`;
    const other = `31471${serial++},Số 1,31471,2022-05-06`;
    const file = files.path("households.csv");
    const rows = [line(home, "HEAD", "MALE"), line(`${code},,,`, "WIFE", "FEMALE"), line(other, "HEAD", "MALE")];
    writeFileSync(file, `record,${columns}\n${[...rows, line(home, "HEAD", "MALE")].join("\n")}\n`);
    expect(await register.importFrom(file)).toMatchObject({ entered: 2, refused: 1 });
    expect(register.refusedOf(file)[0]).toMatchObject({ line: 5, problems: [{ code: "RECORD_TWICE" }] });
  });

  test("refuses a household whose rows differ in a column of the household, and names column and lines", async () => {
    const columns =
      "code,addressLine,commune,enteredOn,members[].personalId,members[].fullName,members[].dateOfBirth,members[].sex,members[].ethnicity,members[].nationality,members[].relationToHead,members[].registeredOn";
    const code = `31471${serial++}`;
    const member = (sex: "MALE" | "FEMALE", relation: string) =>
      `092${sex === "MALE" ? 0 : 1}85${serial++},Trần Thị Mẫu,1985-03-04,${sex},Kinh,VNM,${relation},2022-05-06`;
    const rows = [
      `HOUSEHOLD,${code},Số 1,31471,2022-05-06,${member("MALE", "HEAD")}`,
      `HOUSEHOLD,${code},Số 1,31471,,${member("FEMALE", "WIFE")}`,
      `HOUSEHOLD,${code},Số 2,31471,2022-05-07,${member("MALE", "CHILD")}`,
    ];
    const file = files.path("differing.csv");
    writeFileSync(file, `record,${columns}\n${rows.join("\n")}\n`);
    expect(await register.importFrom(file)).toMatchObject({ entered: 0, refused: 1 });
    const [refusal] = register.refusedOf(file);
    expect(refusal).toMatchObject({
      line: 2,
      problems: [
        {
          code: "CELLS_DIFFER",
          path: ["addressLine"],
          messageEn: expect.stringMatching(/^Line 4 .*line 2 .*"addressLine"/),
        },
        { code: "CELLS_DIFFER", path: ["enteredOn"] },
      ],
    });
  });

  test("has Vietnamese headings if they are wanted, and is read with headings of both languages in any case", async () => {
    const file = files.path("vietnamese.csv");
    const records = await register.exportTo(file, "vi");
    const [heading = "", ...rows] = readFileSync(file, "utf8").split("\n");
    expect(heading).toContain("Loại bản ghi,Số định danh cá nhân,Mã công dân");
    expect(await register.importFrom(file)).toMatchObject({ entered: 0, present: records, refused: 0 });
    const mixed = heading
      .replace("Loại bản ghi", "record")
      .replace("Số định danh cá nhân", " SỐ ĐỊNH DANH  CÁ NHÂN".normalize("NFD"));
    writeFileSync(file, [mixed, ...rows].join("\n"));
    expect(await register.importFrom(file)).toMatchObject({ entered: 0, present: records, refused: 0 });
    writeFileSync(file, "record,personalId,Số định danh cá nhân\n");
    await expect(register.importFrom(file)).rejects.toThrow(/the column personalId twice/);
  });

  test("is refused as a whole if it is no UTF-8 or has unknown columns, with the line or the columns", async () => {
    const latin = files.path("latin.csv");
    writeFileSync(latin, `${header}\n${row()}\n`);
    appendFileSync(latin, Buffer.from("PERSON,092085000001,Tr\xe0n,1985,MALE,Kinh,VNM\n", "latin1"));
    await expect(register.importFrom(latin)).rejects.toThrow(/Line 3 is not UTF-8/);
    const wide = files.path("wide.csv");
    writeFileSync(wide, Buffer.from(`\uFEFF${header}\n`, "utf16le"));
    await expect(register.importFrom(wide)).rejects.toThrow(/UTF-16/);
    const unknown = files.path("unknown.csv");
    writeFileSync(unknown, `${header},nickname\n${row()},Tí\n`);
    await expect(register.importFrom(unknown)).rejects.toThrow(UnreadableFile);
    await expect(register.importFrom(unknown)).rejects.toThrow(/nickname/);
  });

  test("is written for its owner alone, and the reads of citizens are recorded", async () => {
    const file = files.path("export.csv");
    const before = await citizensRead();
    await register.exportTo(file);
    expect(readFileSync(file, "utf8").startsWith("\uFEFFrecord,personalId,")).toBe(true);
    expect((await citizensRead()) - before).toBe(await numberOf("persons"));
  });
});
