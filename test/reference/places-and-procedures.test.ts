import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { allCommunes, commune } from "../../subgraphs/_shared/reference/communes.ts";
import { officeAgencyCode, officeName } from "../../subgraphs/_shared/reference/offices.ts";
import { allProvinces, province } from "../../subgraphs/_shared/reference/provinces.ts";
import { allFacilities, facilitiesOf } from "../../subgraphs/_shared/reference/sample-facilities.ts";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";

const distinct = (values: readonly string[]) => new Set(values).size;

type ProvinceFile = { provinces: { code: string; communeCount: number; mergedFrom: { code: string }[] }[] };

function provinceFile(): ProvinceFile["provinces"] {
  const path = projectPath("subgraphs", "_shared", "reference", "data", "provinces-34.json");
  return (JSON.parse(readFileSync(path, "utf8")) as ProvinceFile).provinces;
}

test("every one of the 3,321 communes has its own code, a typed name in NFC and a known province", () => {
  const communes = allCommunes();
  expect(communes).toHaveLength(3321);
  expect(distinct(communes.map((each) => each.code))).toBe(3321);
  for (const each of communes) {
    expect(each.code).toMatch(/^\d{5}$/);
    expect(each.name).toMatch(/^(Phường|Xã|Đặc khu) \S/);
    expect(each.name).toBe(each.name.normalize("NFC"));
    expect(province(each.province)).toBeDefined();
  }
});

test("the commune counts by type are those of July 2026: 2,611 xã, 697 phường, 13 đặc khu", () => {
  const count = (type: string) => allCommunes().filter((each) => each.name.startsWith(`${type} `)).length;
  expect([count("Xã"), count("Phường"), count("Đặc khu")]).toEqual([2611, 697, 13]);
});

test("the default clerk's commune is Phường Long Mỹ of Cần Thơ", () => {
  expect(commune("31471")).toEqual({ code: "31471", name: "Phường Long Mỹ", province: "92" });
  expect(province("92")).toEqual({
    code: "92",
    name: "Cần Thơ",
    fullName: "Thành phố Cần Thơ",
    nameEn: "Can Tho",
    agencyCode: "H13",
    formerCodes: ["092", "093", "094"],
  });
});

test("a commune code that is not in force is unknown, whether former or mistyped", () => {
  expect(commune("99999")).toBeUndefined();
  expect(province("93")).toBeUndefined();
});

test("the 34 provinces succeed the former 63, and both files and the list of communes agree", () => {
  expect(allProvinces()).toHaveLength(34);
  expect(distinct(allProvinces().map((each) => each.agencyCode))).toBe(34);
  expect(distinct(allProvinces().flatMap((each) => each.formerCodes))).toBe(63);
  for (const row of provinceFile()) {
    expect(province(row.code)?.formerCodes).toEqual(row.mergedFrom.map((old) => old.code));
    expect(allCommunes().filter((each) => each.province === row.code)).toHaveLength(row.communeCount);
  }
});

test("every commune's desk has an agency code that is unique in the country", () => {
  const codes = allCommunes().map((each) => officeAgencyCode(each.code));
  expect(distinct(codes)).toBe(3321);
  for (const code of codes) expect(code).toMatch(/^H\d{2}\.[1-9]\d{2}$/);
  expect(officeAgencyCode("00004")).toBe("H26.101");
  expect(officeAgencyCode("31471")).toMatch(/^H13\./);
});

test("an agency code can be set for one commune without effect on the others", () => {
  const overrides = { "31471": "H13.999" };
  expect(officeAgencyCode("31471", overrides)).toBe("H13.999");
  expect(officeAgencyCode("00004", overrides)).toBe("H26.101");
});

test("a desk is named after its commune, and an unknown commune has none", () => {
  expect(officeName("31471")).toBe("Bộ phận Một cửa Phường Long Mỹ");
  expect(() => officeName("99999")).toThrow('no commune "99999"');
  expect(() => officeAgencyCode("99999")).toThrow('no commune "99999"');
});

test("every commune has a care facility, marked as a sample, with a unique code", () => {
  expect(allFacilities()).toHaveLength(3322);
  expect(distinct(allFacilities().map((each) => each.code))).toBe(3322);
  for (const each of allFacilities()) {
    expect(each.code).toMatch(/^\d{5}$/);
    expect(each.name).toMatch(/ \(mẫu\)$/);
    expect(each.province).toBe(commune(each.commune)?.province);
  }
  expect(allCommunes().filter((each) => facilitiesOf(each.code).length === 0)).toEqual([]);
});

test("the default commune has the regional centre of the sample request and its station", () => {
  const [centre, station] = facilitiesOf("31471");
  expect(centre).toMatchObject({ code: "93012", name: "Trung tâm Y tế khu vực (mẫu)" });
  expect(station).toMatchObject({ name: "Trạm Y tế Phường Long Mỹ (mẫu)", province: "92" });
  expect(facilitiesOf("99999")).toEqual([]);
});

test("the catalogue holds 77 procedures, each with a code and a name, and says where it comes from", () => {
  const path = projectPath("subgraphs", "one-stop", "data", "procedures.json");
  const catalogue = JSON.parse(readFileSync(path, "utf8")) as {
    source: string;
    procedures: { code: string; name: string }[];
  };
  expect(catalogue.source).not.toBe("");
  expect(distinct(catalogue.procedures.map((each) => each.code))).toBe(77);
  for (const each of catalogue.procedures) {
    expect(each.code).toMatch(/^\d\.\d{6}$/);
    expect(each.name).toBe(each.name.normalize("NFC"));
  }
});
