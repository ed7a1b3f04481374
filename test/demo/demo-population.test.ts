import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import {
  DEFAULT_COMMUNE,
  families,
  familyInput,
  familyInputs,
  SEEDED_COMMUNES,
} from "../../subgraphs/_shared/demo/population.ts";
import { commune } from "../../subgraphs/_shared/reference/communes.ts";
import { province } from "../../subgraphs/_shared/reference/provinces.ts";
import { shop } from "../../subgraphs/business/demo-shops.ts";
import { adultCardNumber } from "../../subgraphs/health-insurance/demo-cards.ts";
import { landHoldings } from "../../subgraphs/land/demo-holdings.ts";

const everyFamily = SEEDED_COMMUNES.flatMap((code) => families(code));
const everyone = everyFamily.flatMap((family) => [family.mother, family.father]);
const lands = everyFamily.map(landHoldings).filter((land) => land !== null);
const shops = everyFamily.map(shop).filter((each) => each !== null);
const yearOf = (date: string) => Number(date.slice(0, 4));
const allDiffer = (values: readonly string[]) => new Set(values).size === values.length;

test("the population has 2,400 couples in the default commune and 20 in each of 126 further communes, all of which exist", () => {
  expect(SEEDED_COMMUNES).toHaveLength(127);
  expect(allDiffer(SEEDED_COMMUNES)).toBe(true);
  expect(families()).toHaveLength(2400);
  for (const code of SEEDED_COMMUNES.slice(1)) expect(families(code)).toHaveLength(20);
  const provinces = SEEDED_COMMUNES.map((code) => commune(code)?.province);
  expect(new Set(provinces).size).toBe(34);
  expect(provinces).not.toContain(undefined);
});

test("a commune that is not seeded has no families", () => {
  expect(families("00025").length + families("99999").length).toBe(20);
  expect(families("00070")).toEqual([]);
});

test("the first couple is that of the contract's sample request", () => {
  const [first] = familyInputs(1, 0);
  expect(first).toEqual({
    mother: {
      fullName: "Lê Thị Thử Nghiệm",
      dateOfBirth: "1995-04-12",
      personalId: "093195000017",
      ethnicity: "Kinh",
      nationality: "VNM",
    },
    father: {
      fullName: "Phạm Văn Mẫu",
      dateOfBirth: "1993",
      personalId: "093093000023",
      ethnicity: "Kinh",
      nationality: "VNM",
    },
    household: { headPersonalId: "093093000023", address: { line: "Số 12, khu vực 3", commune: "31471" } },
  });
});

test("the population is the same on every machine and in every run", () => {
  const whole = JSON.stringify([everyFamily, lands, shops, everyone.map(adultCardNumber)]);
  expect(createHash("sha256").update(whole).digest("hex")).toBe(
    "48736dcfd598ea05ee0ea3d28a39d12df07e20949fb7ef8350a9202cbf300edd",
  );
});

test("personal numbers, identities, cards, households and addresses are unique", () => {
  expect(allDiffer(everyone.map((person) => person.personalId))).toBe(true);
  expect(allDiffer(everyone.map((person) => person.personalId.slice(6)))).toBe(true);
  expect(allDiffer(everyone.map(adultCardNumber))).toBe(true);
  expect(allDiffer(everyFamily.map(({ household }) => household.code))).toBe(true);
  expect(allDiffer(everyFamily.map(({ household }) => household.commune + household.addressLine))).toBe(true);
  const ids = [...everyone, ...everyFamily.map(({ household }) => household)].map(({ id }) => id);
  expect(allDiffer(ids)).toBe(true);
  for (const id of ids) expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
});

test("a personal number agrees with place, sex and year of birth and stays in the synthetic range", () => {
  for (const { mother, father, household } of everyFamily) {
    const places = province(commune(household.commune)?.province ?? "")?.formerCodes;
    for (const { personalId, sex, dateOfBirth } of [mother, father]) {
      expect(places).toContain(personalId.slice(0, 3));
      const century = Number(personalId[3]);
      expect(century % 2 === 1 ? "FEMALE" : "MALE").toBe(sex);
      expect(1900 + 100 * Math.floor(century / 2) + Number(personalId.slice(4, 6))).toBe(yearOf(dateOfBirth));
      expect(Number(personalId.slice(6))).toBeLessThan(100_000);
    }
    expect([mother.sex, father.sex]).toEqual(["FEMALE", "MALE"]);
  }
});

test("names are plainly synthetic, in NFC, and made of Latin letters, spaces and the apostrophe", () => {
  for (const { fullName } of everyone) {
    expect(fullName).toMatch(/Mẫu|Thử/);
    expect(fullName).toMatch(/^\p{Lu}[\p{Script=Latin}’]*( [\p{Script=Latin}’]+)+$/u);
    expect(fullName).toBe(fullName.normalize("NFC"));
  }
  expect(new Set(everyone.map((person) => person.fullName)).size).toBeGreaterThan(5000);
  expect(everyone.some((person) => person.fullName === "H’Mẫu Niê" || person.fullName === "H’Thử Niê")).toBe(true);
});

test("mothers turn 20 to 42 in 2026, and couples were of age when they married", () => {
  for (const { mother, father, marriageYear } of everyFamily) {
    expect(2026 - yearOf(mother.dateOfBirth)).toBeGreaterThanOrEqual(20);
    expect(2026 - yearOf(mother.dateOfBirth)).toBeLessThanOrEqual(42);
    if (marriageYear === undefined) continue;
    expect(marriageYear - yearOf(mother.dateOfBirth)).toBeGreaterThan(18);
    expect(marriageYear - yearOf(father.dateOfBirth)).toBeGreaterThan(20);
    expect(marriageYear).toBeLessThan(2026);
  }
  expect(families().every((family) => family.marriageYear !== undefined)).toBe(true);
  expect(everyFamily.filter((family) => family.marriageYear === undefined)).toHaveLength(126);
});

test("some fathers know only their year of birth, some mothers head the household, and some people are not Kinh", () => {
  const { length } = families();
  const share = (matching: readonly unknown[]) => matching.length / length;
  expect(share(families().filter(({ father }) => father.dateOfBirth.length === 4))).toBeCloseTo(0.04, 2);
  expect(families().every(({ mother }) => mother.dateOfBirth.length === 10)).toBe(true);
  expect(share(families().filter(({ household }) => household.head === "mother"))).toBeCloseTo(1 / 7, 2);
  const peoples = new Set(everyone.map((person) => person.ethnicity));
  for (const people of ["Kinh", "Khmer", "Hoa", "Tày", "Mông", "Ê Đê", "Gia Rai"]) expect(peoples).toContain(people);
});

test("an adult's insurance card has 15 characters and no number of the newborns' group", () => {
  for (const person of everyone) expect(adultCardNumber(person)).toMatch(/^(DN4|GD4|DT2)\d{2}90\d{8}$/);
});

test("every third household holds land with a unique and well-formed parcel and certificate", () => {
  expect(lands).toHaveLength(1682);
  expect(allDiffer(lands.map((land) => land.parcelId))).toBe(true);
  expect(allDiffer(lands.map((land) => land.certificateSerial))).toBe(true);
  expect(allDiffer(lands.map((land) => `${land.commune} ${land.sheetNo} ${land.parcelNo}`))).toBe(true);
  for (const { parcelId, certificateSerial, areaM2, purpose, commune: code } of lands) {
    expect(parcelId).toMatch(/^w[0-9b-hjkmnp-z]{11}$/);
    expect(certificateSerial).toMatch(/^[A-Z]{2}\d{8}$/);
    expect(areaM2).toBe(Math.round(areaM2 * 10) / 10);
    expect(["LUC", "CLN", commune(code)?.name.startsWith("Phường") ? "ODT" : "ONT"]).toContain(purpose);
  }
});

test("every tenth household keeps a shop under its owner's personal number", () => {
  expect(shops).toHaveLength(492);
  for (const family of everyFamily) {
    const kept = shop(family);
    if (kept === null) continue;
    expect(kept.code).toBe(family[kept.owner].personalId);
    expect(kept.name).toMatch(/ \(mẫu\)$/);
    expect(kept.industry).toMatch(/^\d{4}$/);
    expect(yearOf(kept.registeredOn) - yearOf(family[kept.owner].dateOfBirth)).toBeGreaterThan(18);
  }
});

test("licences are issued after the shop opens, and some end within the coming year", () => {
  const licences = shops.flatMap((each) => each.licences);
  expect(allDiffer(licences.map((licence) => licence.number))).toBe(true);
  for (const { registeredOn, licences } of shops)
    for (const { issuedOn, expiresOn } of licences) {
      expect(issuedOn > registeredOn && issuedOn < "2026-10").toBe(true);
      expect(expiresOn === null || expiresOn > issuedOn).toBe(true);
    }
  const ending = licences.filter(({ expiresOn }) => expiresOn && expiresOn > "2026-11-22" && expiresOn < "2027-11-22");
  expect(ending.length).toBeGreaterThan(20);
});

test("pages of family inputs follow one another and stop at the end", () => {
  expect(familyInputs(2, 1)).toEqual(families().slice(1, 3).map(familyInput));
  expect(familyInputs(10, 2395)).toHaveLength(5);
  expect(familyInputs(10, 2400)).toEqual([]);
  expect(familyInputs(100, 0, "00004")).toHaveLength(20);
  expect(families(DEFAULT_COMMUNE)).toBe(families());
});
