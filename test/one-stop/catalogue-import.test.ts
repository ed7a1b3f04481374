import { describe, expect, it } from "vitest";
import { catalogueFile, readEntries } from "../../subgraphs/one-stop/procedures/catalogue.ts";
import { importRows, readRows } from "../../subgraphs/one-stop/procedures/catalogue-import.ts";

const existing = readEntries(catalogueFile());
const row = {
  code: "1.004222",
  name: "Đăng ký thường trú",
  domain: "residence",
  levels: ["Cấp xã"],
  legalBasis: ["Quyết định 9999/QĐ-BCA"],
  validFrom: "2027-01-01",
  processingTime: { quantity: 5, unit: "WORKING_DAY", note: null },
  fees: [{ name: "Lệ phí đăng ký cư trú", amountVnd: 10_000, channel: "DESK" }],
  channels: ["DESK", "ONLINE"],
  requiredPapers: ["CT01"],
};

describe("an import of procedures", () => {
  it("an import of procedures adds a version and ends the one before it the day before", () => {
    const { entries, added, refused } = importRows(existing, [row]);
    expect([added, refused]).toEqual([["1.004222 from 2027-01-01"], []]);
    const versions = entries.filter(({ code }) => code === "1.004222");
    expect(versions.map(({ validFrom, validTo }) => [validFrom, validTo])).toEqual([
      [null, "2026-12-31"],
      ["2027-01-01", null],
    ]);
    expect(entries).toHaveLength(existing.length + 1);
  });

  it("a repeated import of the same rows changes nothing", () => {
    const { entries } = importRows(existing, [row]);
    expect(importRows(entries, [row])).toMatchObject({ added: [], unchanged: ["1.004222"], refused: [], entries });
  });

  it.each([
    ["an editor's remark", { feeNote: "set by provincial council" }, "feeNote"],
    ["an impossible day", { validFrom: "2027-02-30" }, "validFrom"],
    ["an end before the beginning", { validTo: "2026-12-31" }, "validTo"],
    ["an unknown domain", { domain: "weather" }, "domain"],
    ["a bad code", { code: "1.4222" }, "code"],
    ["an unknown unit", { processingTime: { quantity: 1, unit: "WEEK" } }, "processingTime.unit"],
    ["neither a term nor a note", { processingTime: { quantity: null, unit: null } }, "processingTime"],
    ["an unknown paper", { requiredPapers: ["MY_PAPER"] }, "requiredPapers.0"],
    ["itself as successor", { successor: "1.004222" }, "successor"],
    ["an unexplained amount", { fees: [{ name: "Lệ phí", amountVnd: null, channel: "DESK" }] }, "feeNote"],
  ])("an import of procedures refuses %s, names the row, and then writes nothing", (_, facts, place) => {
    const good = { ...row, code: "1.004194", name: "Đăng ký tạm trú" };
    const report = importRows(existing, [good, { ...row, ...facts }]);
    expect(report).toMatchObject({ added: [], entries: existing });
    expect(report.refused.map((each) => each.row)).toEqual([2]);
    expect(report.refused[0]?.reasons.join("\n")).toContain(`${place}:`);
  });

  it("an import of procedures refuses a version that begins before one in the catalogue", () => {
    const { entries } = importRows(existing, [row]);
    const { refused } = importRows(entries, [{ ...row, validFrom: "2026-12-01" }]);
    expect(refused[0]?.reasons).toEqual(["validFrom: a later version is in the catalogue already"]);
  });

  it("an import of procedures reads CSV with quoted cells and lists as it reads JSON", () => {
    const csv = [
      "code,name,domain,levels,legalBasis,validFrom,quantity,unit,note,fees,channels,requiredPapers",
      '1.004222,"Đăng ký thường trú",residence,Cấp xã,"Quyết định 9999/QĐ-BCA",2027-01-01,5,WORKING_DAY,,Lệ phí đăng ký cư trú=10000@DESK,DESK|ONLINE,CT01',
    ].join("\r\n");
    const rows = readRows(`\uFEFF${csv}\r\n`, "csv");
    expect(importRows(existing, rows).entries).toEqual(
      importRows(existing, readRows(JSON.stringify([row]), "json")).entries,
    );
    expect(() => readRows("{}", "json")).toThrow(/array/);
  });
});
