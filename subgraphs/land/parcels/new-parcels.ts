import { and, eq } from "drizzle-orm";
import { COMMUNE_LIST } from "../../_shared/reference/communes.ts";
import type { LegalDay } from "../../_shared/reference/days.ts";
import type { Path, Problems } from "../../_shared/registers/act-problems.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import type { Act } from "../acts/perform-act.ts";
import { type Blank, endCertificate, enterCertificate, readBlank } from "../certificates/issue.ts";
import { areaImpossible, namedTwice, parcelExists, parcelNumberImpossible, parcelNumberTaken } from "../errors.ts";
import { liveParcels, type ParcelState, parcelAncestry, parcels, parcelVersions } from "../tables.ts";
import type { LandNewParcelInput } from "./input.ts";
import type { Holder, ParcelInForce } from "./locked-parcels.ts";
import { type ParcelCode, parseParcelCode } from "./parcel-code.ts";

/** A parcel that may be entered. The area is in tenths of a square metre, so that sums are exact. */
export type NewParcel = { code: ParcelCode; sheetNo: number; parcelNo: number; areaTenths: number; blank: Blank };
/** Facts that new parcels take over from those of which they are made. */
export type Use = { communeCode: string; purpose: string; termEndsOn: LegalDay | null; holders: readonly Holder[] };

/** Largest number of PostgreSQL's `integer`, and area of a column with twelve digits. */
const LARGEST_NUMBER = 2_147_483_647;
const LARGEST_AREA_M2 = 1e10;
const LARGEST_DEVIATION = 1e-6;

/** The parcel of an input; undefined, with problems, if it cannot be entered. `ending` are the codes whose numbers become free. */
export async function readNewParcel(
  tx: Tx,
  input: LandNewParcelInput,
  { communeCode, ending }: { communeCode: string | undefined; ending: readonly string[] },
  path: Path,
  problems: Problems,
): Promise<NewParcel | undefined> {
  const before = problems.found.length;
  const { sheetNumber: sheetNo, parcelNumber: parcelNo, areaM2 } = input;
  const code = problems.take([...path, "code"], parseParcelCode(input.code));
  const blank = await readBlank(tx, input.certificate, [...path, "certificate"], problems);
  if (code && (await isEntered(tx, code))) problems.add([...path, "code"], parcelExists());
  if ([sheetNo, parcelNo].some((number) => number < 1 || number > LARGEST_NUMBER))
    problems.add([...path, "parcelNumber"], parcelNumberImpossible());
  else if (communeCode && (await isTaken(tx, { communeCode, sheetNo, parcelNo }, ending)))
    problems.add([...path, "parcelNumber"], parcelNumberTaken());
  const areaTenths = tenthsOf(areaM2);
  if (areaTenths === null) problems.add([...path, "areaM2"], areaImpossible());
  if (!code || !blank || areaTenths === null || problems.found.length > before) return undefined;
  return { code, sheetNo, parcelNo, areaTenths, blank };
}

/** Adds a problem for each new parcel that shares its code, number or serial with one before it. */
export function demandDistinct(parcels: readonly NewParcel[], path: Path, problems: Problems): void {
  const keys: [string, (parcel: NewParcel) => string][] = [
    ["code", ({ code }) => code],
    ["parcelNumber", ({ sheetNo, parcelNo }) => `${sheetNo}/${parcelNo}`],
    ["certificate", ({ blank }) => blank.serial],
  ];
  parcels.forEach((parcel, index) => {
    for (const [name, keyOf] of keys)
      if (parcels.findIndex((other) => keyOf(other) === keyOf(parcel)) < index)
        problems.add([...path, index, name], namedTwice());
  });
}

/** Enters a parcel with its certificate. `parents` are the parcels of which it was made. */
export async function enterParcel(
  tx: Tx,
  act: Act,
  { code, sheetNo, parcelNo, areaTenths, blank }: NewParcel,
  { communeCode, purpose, termEndsOn, holders }: Use,
  parents: readonly string[],
): Promise<void> {
  await tx.insert(parcels).values({ id: code });
  await tx.insert(parcelVersions).values({
    ...{ parcelId: code, communeList: COMMUNE_LIST, communeCode, sheetNo, parcelNo, purpose, termEndsOn },
    ...{ areaM2: areaTenths / 10, validFrom: act.on, recordedBy: act.by, ground: act.ground, actId: act.id },
  });
  for (const parentId of parents) await tx.insert(parcelAncestry).values({ childId: code, parentId, actId: act.id });
  await enterCertificate(tx, act, { parcel: code, blank, holders });
}

/** Ends a parcel and its certificate. */
export async function endParcel(
  tx: Tx,
  act: Act,
  { live, certificate }: Pick<ParcelInForce, "live" | "certificate">,
  state: ParcelState,
): Promise<void> {
  if (certificate) await endCertificate(tx, act, certificate);
  const { recordedAt: _, ...last } = live;
  await tx.insert(parcelVersions).values({
    ...{ ...last, version: live.version + 1, state },
    ...{ validFrom: act.on, recordedBy: act.by, ground: act.ground, actId: act.id },
  });
}

/** Area in tenths of a square metre; null if it is not above 0 or has more decimals. */
export function tenthsOf(areaM2: number): number | null {
  const tenths = Math.round(areaM2 * 10);
  const isExact = Math.abs(areaM2 * 10 - tenths) < LARGEST_DEVIATION;
  return isExact && tenths > 0 && areaM2 <= LARGEST_AREA_M2 ? tenths : null;
}

async function isEntered(tx: Tx, code: ParcelCode): Promise<boolean> {
  const found = await tx.select().from(parcels).where(eq(parcels.id, code));
  return found.length > 0;
}

type Place = { communeCode: string; sheetNo: number; parcelNo: number };

async function isTaken(tx: Tx, place: Place, ending: readonly string[]): Promise<boolean> {
  const { communeCode, sheetNo, parcelNo } = liveParcels;
  const there = and(eq(communeCode, place.communeCode), eq(sheetNo, place.sheetNo), eq(parcelNo, place.parcelNo));
  const [found] = await tx.select({ id: liveParcels.parcelId }).from(liveParcels).where(there);
  return found !== undefined && !ending.includes(found.id);
}
