import { familyNumber, ordinalOf } from "../_shared/demo/population-number.ts";
import { dayIn, type SeededRandom, seededRandom } from "../_shared/demo/population-random.ts";
import type { SeededFamily, SeededPerson } from "../_shared/demo/seeded-family.ts";

/** Licences of small trades. */
export type LicenceKind = "LIQUOR_RETAIL" | "TOBACCO_RETAIL" | "FOOD_SAFETY" | "SECURITY_ORDER";

/** A licence of a shop; `expiresOn` is null when it has no term. */
export type SeededLicence = {
  number: string;
  kind: LicenceKind;
  kindName: string;
  issuedOn: string;
  expiresOn: string | null;
};

/**
 * A household business (hộ kinh doanh). Its code is the owner's personal number, as since 1 July 2025; industry is a
 * level-4 code that Decisions 27/2018/QĐ-TTg and 36/2025/QĐ-TTg have in common.
 */
export type SeededShop = {
  code: string;
  name: string;
  industry: string;
  registeredOn: string;
  licences: readonly SeededLicence[];
};

type LicenceRule = { name: string; mark: string; years: number | null };

// Terms: Decree 105/2017/NĐ-CP, Decree 67/2013/NĐ-CP, Food Safety Law 2010 art. 37, Decree 96/2016/NĐ-CP art. 15.
const LICENCES: Readonly<Record<LicenceKind, LicenceRule>> = {
  LIQUOR_RETAIL: { name: "Giấy phép bán lẻ rượu", mark: "GPR", years: 5 },
  TOBACCO_RETAIL: { name: "Giấy phép bán lẻ sản phẩm thuốc lá", mark: "GPTL", years: 5 },
  FOOD_SAFETY: { name: "Giấy chứng nhận cơ sở đủ điều kiện an toàn thực phẩm", mark: "ATTP", years: 3 },
  SECURITY_ORDER: { name: "Giấy chứng nhận đủ điều kiện về an ninh, trật tự", mark: "ANTT", years: null },
};

type Trade = { title: string; industry: string; licences: readonly LicenceKind[] };

const TRADES: readonly [Trade, ...Trade[]] = [
  { title: "Tạp hoá", industry: "4711", licences: ["LIQUOR_RETAIL", "TOBACCO_RETAIL"] },
  { title: "Quán ăn", industry: "5610", licences: ["FOOD_SAFETY"] },
  { title: "Quán cà phê", industry: "5630", licences: ["FOOD_SAFETY"] },
  { title: "Lò bánh mì", industry: "1071", licences: ["FOOD_SAFETY"] },
  { title: "Nhà nghỉ", industry: "5510", licences: ["SECURITY_ORDER"] },
  { title: "Tiệm may", industry: "1410", licences: [] },
];

const FIRST_YEAR = 2015;
const LAST_YEAR = 2025;
const AGE_TO_OPEN = 19;

/** The shop of a seeded family, about every tenth one; null for the others. The sample couple has one. */
export function shop(family: SeededFamily): (SeededShop & { owner: "mother" | "father" }) | null {
  const { household } = family;
  const ordinal = ordinalOf(household.code);
  if (ordinal % 10 !== 0) return null;
  const random = seededRandom(familyNumber(household.commune, ordinal) + 2_000_000);
  const owner = random.pick(["mother", "father"] as const);
  const { code, ...made } = shopOf(family[owner], { householdCode: household.code, lastYear: LAST_YEAR }, random);
  return { code, owner, ...made };
}

/**
 * A shop of an owner that opened in `lastYear` at the latest, on a day that is drawn if none is given. Its licences are numbered by
 * the owner's household.
 */
export function shopOf(
  owner: SeededPerson,
  { householdCode, lastYear, registeredOn: given }: { householdCode: string; lastYear: number; registeredOn?: string },
  random: SeededRandom,
): SeededShop {
  const trade = random.pick(TRADES);
  const registeredOn = given ?? openingDay(owner, lastYear, random);
  const opened = Number(registeredOn.slice(0, 4));
  return {
    code: owner.personalId,
    name: `${trade.title} ${owner.fullName.split(" ").at(-1)} (mẫu)`,
    industry: trade.industry,
    registeredOn,
    licences: trade.licences.map((kind) => licence(kind, householdCode, { opened, lastYear }, random)),
  };
}

function openingDay({ dateOfBirth }: SeededPerson, lastYear: number, random: SeededRandom): string {
  const opens = Math.max(FIRST_YEAR, Number(dateOfBirth.slice(0, 4)) + AGE_TO_OPEN);
  return dayIn(opens + random.below(lastYear - opens + 1), random);
}

// Issued in a year that lets most still be valid at the end of the year after the last, some end soon, and a few have ended.
function licence(
  kind: LicenceKind,
  householdCode: string,
  { opened, lastYear }: { opened: number; lastYear: number },
  random: SeededRandom,
): SeededLicence {
  const { name, mark, years } = LICENCES[kind];
  const earliest = Math.max(opened + 1, lastYear + 1 - (years ?? 5));
  const year = earliest + random.below(lastYear + 2 - earliest);
  const issuedOn = year > lastYear ? `${year}-0${1 + random.below(9)}-15` : dayIn(year, random);
  return {
    number: `${householdCode}/${year}/${mark}`,
    kind,
    kindName: name,
    issuedOn,
    expiresOn: years === null ? null : `${year + years}${issuedOn.slice(4)}`,
  };
}
