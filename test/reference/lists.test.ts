import { expect, test } from "vitest";
import { BIRTH_DECLARANTS, isBirthDeclarant } from "../../subgraphs/_shared/reference/birth-declarants.ts";
import { searchCommunes } from "../../subgraphs/_shared/reference/commune-search.ts";
import { commune } from "../../subgraphs/_shared/reference/communes.ts";
import {
  allEthnicGroups,
  ethnicGroup,
  parseEthnicity,
  parseEthnicityOf,
} from "../../subgraphs/_shared/reference/ethnic-groups.ts";
import { allFormerCommunes, formerCommunesOf } from "../../subgraphs/_shared/reference/former-communes.ts";
import { allNationalities, parseNationality } from "../../subgraphs/_shared/reference/nationalities.ts";
import { RELATIONS } from "../../subgraphs/_shared/reference/relations.ts";
import { allPapers } from "../../subgraphs/one-stop/procedures/papers.ts";
import { postedTextFault } from "../../subgraphs/one-stop/procedures/posted-text.ts";

const distinct = (values: readonly string[]) => new Set(values).size;
const found = (search: string, province: string | null = null) =>
  searchCommunes(search, province, 200).map(({ code }) => code);

test("the 249 countries of ISO 3166-1 and the stateless each have a code, a Vietnamese and an English name", () => {
  const codes = allNationalities().map(({ code }) => code);
  expect([codes.length, distinct(codes)]).toEqual([250, 250]);
  for (const { code, name, nameEn } of allNationalities()) {
    expect(code).toMatch(/^[A-Z]{3}$/);
    expect(name).toBe(name.normalize("NFC"));
    expect([name, nameEn].every((each) => each.trim() !== "")).toBe(true);
  }
  expect(allNationalities().find(({ code }) => code === "VNM")?.name).toBe("Việt Nam");
});

test.each([
  ["VNM", true, undefined],
  ["ISL", true, undefined],
  ["XXA", true, undefined],
  ["ZZZ", false, "NATIONALITY_UNKNOWN"],
  ["VMN", false, "NATIONALITY_UNKNOWN"],
  ["VIE", false, "NATIONALITY_UNKNOWN"],
  ["vnm", false, "NATIONALITY_MALFORMED"],
  ["VN", false, "NATIONALITY_MALFORMED"],
  ["", false, "NATIONALITY_MALFORMED"],
])("the nationality %j is read: %o %s", (raw, ok, code) => {
  const parsed = parseNationality(raw);
  expect([parsed.ok, parsed.ok ? undefined : parsed.fault.code]).toEqual([ok, code]);
});

test("the 54 ethnic groups have the codes 01 to 54, and no name belongs to two of them", () => {
  expect(allEthnicGroups().map(({ code }) => Number(code))).toEqual(Array.from({ length: 55 }, (_, at) => at + 1));
  for (const group of allEthnicGroups())
    for (const name of [group.code, group.name, ...group.otherNames]) expect(ethnicGroup(name)).toBe(group);
});

test.each([
  ["Kinh", "Kinh"],
  ["kinh", "Kinh"],
  ["Việt", "Kinh"],
  ["01", "Kinh"],
  ["Ê-đê", "Ê Đê"],
  ["ÊĐÊ", "Ê Đê"],
  ["H'Mông", "Mông"],
  ["H\u2019Mông", "Mông"],
  ["Bru-Vân Kiều", "Bru - Vân Kiều"],
  ["Khơ Me", "Khmer"],
])("the ethnic group %j is %s", (raw, name) => {
  expect(parseEthnicity(raw)).toMatchObject({ ok: true, value: name });
});

test("an ethnic group outside the list is refused for a citizen and kept for a foreigner", () => {
  for (const raw of ["Abc", "Kinhh", "56", "00"])
    expect(parseEthnicityOf("VNM", raw)).toMatchObject({ ok: false, fault: { code: "ETHNICITY_UNKNOWN" } });
  expect(parseEthnicityOf("JPN", "Yamato")).toMatchObject({ ok: true, value: "Yamato" });
  expect(parseEthnicityOf("JPN", "\u200b")).toMatchObject({ ok: false });
});

test("the relations of declarants are a separate list from the relations to the head of household", () => {
  for (const name of Object.values(BIRTH_DECLARANTS)) expect(name).toMatch(/^\p{Lu}\p{Ll}/u);
  expect(Object.keys(BIRTH_DECLARANTS)).not.toEqual(Object.keys(RELATIONS));
  const household = ["WIFE", "HUSBAND", "HEAD", "TENANT", "BORROWER", "SON_IN_LAW", "CHILD", "WARD", "YOUNGER_SIBLING"];
  expect(household.filter(isBirthDeclarant)).toEqual([]);
});

test("every one of the ten thousand former communes leads to a commune in force", () => {
  expect(allFormerCommunes().length).toBeGreaterThan(10_000);
  for (const { successor, name, district, province } of allFormerCommunes()) {
    expect(commune(successor)).toBeDefined();
    expect([name, district, province].filter((each) => each === "" || each !== each.normalize("NFC"))).toEqual([]);
  }
  const codes = allFormerCommunes().flatMap(({ code }) => code ?? []);
  expect(distinct(codes)).toBeGreaterThan(10_000);
});

test.each(["Long Mỹ", "long my", "LONG MY", "phường long mỹ", "p long my can tho", "31471", "long mỹ, cần thơ"])(
  "a search for %j finds Phường Long Mỹ first",
  (typed) => {
    expect(found(typed).slice(0, 3)).toContain("31471");
  },
);

test.each([
  ["Phường Long Mỹ, Thành phố Cần Thơ", "31471"],
  ["P. Long Mỹ, TP. Cần Thơ", "31471"],
  ["P.Long Mỹ, TP Cần Thơ", "31471"],
  ["Bến Nghé, Q.1, TP.HCM", "26740"],
  ["bến nghé q1 tphcm", "26740"],
  ["X. Vĩnh Viễn A, H. Long Mỹ, T. Hậu Giang", "31489"],
  ["TT Tràm Chim", "30001"],
  ["đặc khu Côn Đảo", "26732"],
])("a search for %j, as people write an address, finds its commune first", (typed, code) => {
  expect(found(typed)[0]).toBe(code);
});

test("a search for a former district finds its communes before those whose names have the same words apart", () => {
  const inDistrict = found("Huyện Long Mỹ").map((code) =>
    formerCommunesOf(code).some(({ district }) => district === "Huyện Long Mỹ"),
  );
  expect(inDistrict.filter(Boolean).length).toBeGreaterThan(2);
  expect(inDistrict.lastIndexOf(true)).toBe(inDistrict.filter(Boolean).length - 1);
});

test("a commune is found by its name and code from before July 2025", () => {
  const [former] = formerCommunesOf("31471").filter(({ code }) => code !== null && code !== "31471");
  expect(former).toBeDefined();
  expect(found(former?.code ?? "")).toContain("31471");
  expect(found(`${former?.name} ${former?.district}`)).toContain("31471");
});

test("a commune search is limited to a province, lists all of it without words, and finds nothing for nonsense", () => {
  expect(found("", "92").length).toBeGreaterThan(50);
  expect(found("", "92").every((code) => commune(code)?.province === "92")).toBe(true);
  expect(found("long my", "01")).toEqual([]);
  expect(found("%")).toHaveLength(200);
  expect(found("zzzz")).toEqual([]);
});

test("every paper has a code, a Vietnamese name and a Vietnamese legal basis", () => {
  expect(distinct(allPapers().map(({ code }) => code))).toBe(allPapers().length);
  for (const { code, name, basis } of allPapers()) {
    expect(code).toMatch(/^[A-Z][A-Z0-9_]+$/);
    expect([postedTextFault(name), postedTextFault(basis)]).toEqual([null, null]);
  }
});
