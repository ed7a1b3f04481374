import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { UnreadableFile } from "../../subgraphs/_shared/transfer/utf8-text.ts";
import { openRegister, scratch, type TransferRegister } from "./empty-register.ts";
import { aPerson, nextSerial } from "./residence-records.ts";

const files = scratch();
let register: TransferRegister;
beforeAll(async () => {
  register = await openRegister("residence");
});
afterAll(async () => {
  await register.close();
  files.remove();
});

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
    const code = `31471${nextSerial()}`;
    const line = (home: string, relation: string, sex: "MALE" | "FEMALE") => {
      const id = sex === "MALE" ? `092085${nextSerial()}` : `092185${nextSerial()}`;
      return `HOUSEHOLD,${home},${id},Trần Thị Mẫu,1985-03-04,${sex},Kinh,VNM,${relation},2022-05-06`;
    };
    const home = `${code},Số 1,31471,2022-05-06`;
    const other = `31471${nextSerial()},Số 1,31471,2022-05-06`;
    const file = files.path("households.csv");
    const rows = [line(home, "HEAD", "MALE"), line(`${code},,,`, "WIFE", "FEMALE"), line(other, "HEAD", "MALE")];
    writeFileSync(file, `record,${columns}\n${[...rows, line(home, "HEAD", "MALE")].join("\n")}\n`);
    expect(await register.importFrom(file)).toMatchObject({ entered: 2, refused: 1 });
    expect(register.refusedOf(file)[0]).toMatchObject({ line: 5, problems: [{ code: "RECORD_TWICE" }] });
  });

  test("refuses a household whose rows differ in a column of the household, and names column and lines", async () => {
    const columns =
      "code,addressLine,commune,enteredOn,members[].personalId,members[].fullName,members[].dateOfBirth,members[].sex,members[].ethnicity,members[].nationality,members[].relationToHead,members[].registeredOn";
    const code = `31471${nextSerial()}`;
    const member = (sex: "MALE" | "FEMALE", relation: string) =>
      `092${sex === "MALE" ? 0 : 1}85${nextSerial()},Trần Thị Mẫu,1985-03-04,${sex},Kinh,VNM,${relation},2022-05-06`;
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
