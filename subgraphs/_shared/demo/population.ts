import { type Commune, commune as communeOf } from "../reference/communes.ts";
import { provinceUnknown } from "../reference/errors.ts";
import { province as provinceOf } from "../reference/provinces.ts";
import { ethnicityIn, type Sex, syntheticName } from "./population-names.ts";
import { familyCount, familyNumber, householdCode } from "./population-number.ts";
import { addressLineOf, DEFAULT_COMMUNE } from "./population-places.ts";
import { dayIn, type SeededRandom, seededRandom, seededUuid, twoDigits } from "./population-random.ts";
import type { SeededFamily, SeededPerson } from "./seeded-family.ts";

export { DEFAULT_COMMUNE, SEEDED_COMMUNES } from "./population-places.ts";
export type { SeededFamily, SeededPerson } from "./seeded-family.ts";

// couple of the contract's sample request
const SAMPLE = {
  mother: {
    personalId: "093195000017",
    fullName: "Lê Thị Thử Nghiệm",
    dateOfBirth: "1995-04-12",
    ethnicity: "Kinh",
  },
  father: { personalId: "093093000023", fullName: "Phạm Văn Mẫu", dateOfBirth: "1993", ethnicity: "Kinh" },
  addressLine: "Số 12, khu vực 3",
  marriageYear: 2020,
};

const seeded = new Map<string, readonly SeededFamily[]>();

/**
 * The seeded couples of a commune, always the same: 2,400 in the default commune, the sample's couple first and all
 * married; 20 in each other seeded commune, the last not married; none elsewhere.
 */
export function families(commune: string = DEFAULT_COMMUNE): readonly SeededFamily[] {
  const known = seeded.get(commune);
  if (known !== undefined) return known;
  const place = communeOf(commune);
  const count = familyCount(commune);
  if (place === undefined || count === 0) return [];
  const made = Array.from({ length: count }, (_, ordinal) => familyOf(place, ordinal));
  seeded.set(commune, made);
  return made;
}

function familyOf(place: Commune, ordinal: number): SeededFamily {
  const number = familyNumber(place.code, ordinal);
  const sample = number === 0 ? SAMPLE : undefined;
  const random = seededRandom(number);
  const motherYear = 1984 + random.below(23);
  const fatherYear = Math.min(2004, motherYear - 8 + random.below(12));
  const ethnicity = ethnicityIn(place.province, random);
  const mother = personOf("FEMALE", number, motherYear, place, ethnicity, random);
  const inLaw = random.below(10) === 0 ? ethnicityIn(place.province, random) : ethnicity;
  const father = personOf("MALE", number, fatherYear, place, inLaw, random);
  // bride at least 18, groom at least 20 (Law on Marriage and Family 2014, art. 8), plus one year for any day of birth
  const youngest = Math.max(motherYear + 19, fatherYear + 21, 2006);
  const married = place.code === DEFAULT_COMMUNE || ordinal + 1 < familyCount(place.code);
  const marriageYear = sample?.marriageYear ?? youngest + random.below(2026 - youngest);
  return {
    mother: { ...mother, ...sample?.mother },
    father: { ...father, ...sample?.father },
    household: {
      id: seededUuid(number * 4 + 2),
      code: householdCode(place.code, ordinal),
      head: ordinal % 7 === 3 ? "mother" : "father",
      addressLine: sample?.addressLine ?? addressLineOf(place, ordinal),
      commune: place.code,
    },
    ...(married && { marriageYear }),
  };
}

function personOf(
  sex: Sex,
  family: number,
  year: number,
  place: Commune,
  ethnicity: string,
  random: SeededRandom,
): SeededPerson {
  const number = family * 2 + (sex === "MALE" ? 1 : 0);
  const yearOnly = sex === "MALE" && family % 25 === 0;
  return {
    id: seededUuid(family * 4 + (sex === "MALE" ? 1 : 0)),
    personalId: personalIdOf(sex, year, place.province, number, random),
    fullName: syntheticName(ethnicity, sex, random),
    dateOfBirth: yearOnly ? String(year) : dayIn(year, random),
    sex,
    ethnicity,
    nationality: "VNM",
  };
}

const FIRST_SERIAL = 1_000;

// Place of registration, century and sex, year, serial (Circular 07/2016/TT-BCA); serials 1000 on, each once in the country.
function personalIdOf(sex: Sex, year: number, province: string, number: number, random: SeededRandom): string {
  const former = provinceOf(province)?.formerCodes ?? [];
  const place = former[random.below(former.length)];
  if (place === undefined) throw provinceUnknown(province);
  const century = (year < 2000 ? 0 : 2) + (sex === "FEMALE" ? 1 : 0);
  return `${place}${century}${twoDigits(year % 100)}${String(FIRST_SERIAL + number).padStart(6, "0")}`;
}

/** Parent in the shape of the public contract's ParentInput. */
export type ParentFacts = Pick<SeededPerson, "fullName" | "dateOfBirth" | "personalId" | "ethnicity" | "nationality">;

/** Couple as returned by `GET /dev/families`, for the parents of a request. */
export type FamilyInput = {
  mother: ParentFacts;
  father: ParentFacts;
  household: { headPersonalId: string; address: { line: string; commune: string } };
};

export function familyInput({ mother, father, household }: SeededFamily): FamilyInput {
  return {
    mother: parentFacts(mother),
    father: parentFacts(father),
    household: {
      headPersonalId: (household.head === "mother" ? mother : father).personalId,
      address: { line: household.addressLine, commune: household.commune },
    },
  };
}

/** The `first` couples of a commune after `offset` of them; fewer or none when the list ends. */
export function familyInputs(first: number, offset: number, commune: string = DEFAULT_COMMUNE): FamilyInput[] {
  return families(commune)
    .slice(offset, offset + first)
    .map(familyInput);
}

function parentFacts({ fullName, dateOfBirth, personalId, ethnicity, nationality }: SeededPerson): ParentFacts {
  return { fullName, dateOfBirth, personalId, ethnicity, nationality };
}
