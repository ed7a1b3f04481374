import { familyNumber, ordinalOf } from "../_shared/demo/population-number.ts";
import { SEEDED_COMMUNES } from "../_shared/demo/population-places.ts";
import { dayIn, type SeededRandom, seededRandom } from "../_shared/demo/population-random.ts";
import type { SeededFamily } from "../_shared/demo/seeded-family.ts";
import { type Commune, commune } from "../_shared/reference/communes.ts";
import { communeUnknown, provinceUnknown } from "../_shared/reference/errors.ts";

/** Purpose of the land: urban or rural homestead, paddy, perennial crops. */
export type LandPurpose = "ODT" | "ONT" | "LUC" | "CLN";

/**
 * A parcel and its certificate: parcel identifier (12 characters of a geohash, Circular 09/2024/TT-BTNMT), map sheet
 * and parcel number within the commune, area in m² with at most one decimal, certificate serial (two letters, eight
 * digits) and day of issue, and which of the couple hold the land.
 */
export type SeededLand = {
  parcelId: string;
  commune: string;
  sheetNo: number;
  parcelNo: number;
  areaM2: number;
  purpose: LandPurpose;
  certificateSerial: string;
  issuedOn: string;
  /** Agricultural land has a term of 50 years (Land Law 31/2024, art. 172). */
  termEndsOn: string | null;
  holders: readonly ("mother" | "father")[];
};

// Latitude and longitude, in degrees, of a place on land near the seat of each province.
const SEATS: Readonly<Record<string, readonly [number, number]>> = {
  "01": [21.03, 105.85],
  "04": [22.5, 106.26],
  "08": [21.82, 105.21],
  "11": [21.39, 103.2],
  "12": [22.2, 103.46],
  "14": [21.33, 103.91],
  "15": [21.7, 104.87],
  "19": [21.59, 105.84],
  "20": [21.7, 106.7],
  "22": [20.95, 107.08],
  "24": [21.27, 106.19],
  "25": [21.32, 105.4],
  "31": [20.86, 106.68],
  "33": [20.65, 106.05],
  "37": [20.25, 105.97],
  "38": [19.81, 105.78],
  "40": [18.68, 105.68],
  "42": [18.34, 105.91],
  "44": [17.3, 106.6],
  "46": [16.3, 107.59],
  "48": [15.85, 108.15],
  "51": [15.12, 108.8],
  "52": [13.77, 109.22],
  "56": [12.24, 109.19],
  "66": [12.67, 108.04],
  "68": [11.94, 108.44],
  "75": [10.95, 106.82],
  "79": [10.78, 106.7],
  "80": [10.54, 106.41],
  "82": [10.36, 106.36],
  "86": [10.25, 105.97],
  "91": [10.01, 105.3],
  "92": [10.03, 105.78],
  "96": [9.18, 105.15],
};

/** The land of a seeded family, about every third one; null for the others. The sample couple has some. */
export function landHoldings({ household }: SeededFamily): SeededLand | null {
  const ordinal = ordinalOf(household.code);
  if (ordinal % 3 !== 0) return null;
  const place = commune(household.commune);
  if (place === undefined) throw communeUnknown(household.commune);
  const number = familyNumber(place.code, ordinal);
  const random = seededRandom(number + 1_000_000);
  const { areaM2, purpose, issuedOn, termEndsOn } = landUse(place, 2025, random);
  return {
    parcelId: geohash(parcelPosition(place.code, place.province, ordinal)),
    commune: place.code,
    sheetNo: 1 + Math.floor(ordinal / 100),
    parcelNo: 1 + (ordinal % 100),
    ...{ areaM2, purpose },
    certificateSerial: `AA${String(10_000_000 + number)}`,
    ...{ issuedOn, termEndsOn },
    holders: random.pick([["mother", "father"], ["mother", "father"], ["father"], ["mother"]] as const),
  };
}

/** Purpose, area and term of a parcel of a commune, and the day in `year` on which its certificate was issued. */
export function landUse(
  { name }: Pick<Commune, "name">,
  year: number,
  random: SeededRandom,
): Pick<SeededLand, "areaM2" | "purpose" | "issuedOn" | "termEndsOn"> {
  const homestead = name.startsWith("Phường") ? "ODT" : "ONT";
  const purpose = random.pick([homestead, homestead, "LUC", "CLN"] as const);
  return {
    areaM2: areaOf(purpose, random),
    purpose,
    issuedOn: dayIn(year, random),
    termEndsOn: purpose === "LUC" || purpose === "CLN" ? "2064-10-15" : null,
  };
}

/** Parcel code of a place near the seat of a province, which a number below 32^7 makes the only one of its kind. */
export function parcelIdNear(province: string, number: number): string {
  const seat = SEATS[province];
  if (seat === undefined) throw provinceUnknown(province);
  let rest = "";
  for (let left = number; rest.length < GEOHASH_LENGTH - SQUARE; left = Math.floor(left / GEOHASH_DIGITS.length))
    rest = GEOHASH_DIGITS.charAt(left % GEOHASH_DIGITS.length) + rest;
  return geohash(seat).slice(0, SQUARE) + rest;
}

function areaOf(purpose: LandPurpose, random: SeededRandom): number {
  const smallest = purpose === "ODT" ? 400 : purpose === "ONT" ? 900 : 5_000;
  return (smallest + random.below(smallest * 3)) / 10;
}

// Each commune has a square of 0.02 degrees north-west of the seat, and each household a square of 0.0002 degrees in that.
function parcelPosition(code: string, province: string, ordinal: number): readonly [number, number] {
  const seat = SEATS[province];
  if (seat === undefined) throw provinceUnknown(province);
  const [latitude, longitude] = seat;
  const square = SEEDED_COMMUNES.indexOf(code);
  return [
    latitude + (square % 12) * 0.02 + (ordinal % 50) * 0.0002,
    longitude - Math.floor(square / 12) * 0.02 - Math.floor(ordinal / 50) * 0.0002,
  ];
}

const GEOHASH_DIGITS = "0123456789bcdefghjkmnpqrstuvwxyz";
const GEOHASH_LENGTH = 12;
/** Digits of a geohash of a square of about five kilometres. */
const SQUARE = 5;

// Halve longitude and latitude in turn, west and south being 0; five halvings make a digit.
function geohash([latitude, longitude]: readonly [number, number]): string {
  const axes = [
    { low: -180, high: 180, value: longitude },
    { low: -90, high: 90, value: latitude },
  ] as const;
  let text = "";
  let bits = 0;
  for (let step = 0; step < GEOHASH_LENGTH * 5; step++) {
    const axis: { low: number; high: number; readonly value: number } = axes[step % 2 === 0 ? 0 : 1];
    const middle = (axis.low + axis.high) / 2;
    const upper = axis.value >= middle;
    if (upper) axis.low = middle;
    else axis.high = middle;
    bits = bits * 2 + (upper ? 1 : 0);
    if (step % 5 === 4) {
      text += GEOHASH_DIGITS.charAt(bits);
      bits = 0;
    }
  }
  return text;
}
