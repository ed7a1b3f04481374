import type { Problems } from "../../_shared/registers/act-problems.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { type Act, type ActOutcome, type Performed, performAct } from "../acts/perform-act.ts";
import { areaNotConserved, namedTwice, parcelsDiffer, partsTooFew } from "../errors.ts";
import type { LandContext } from "../loaders.ts";
import type { LandMergeInput, LandSplitInput } from "./input.ts";
import { demandTransferable, inForce, lockParcels, type ParcelInForce } from "./locked-parcels.ts";
import {
  demandDistinct,
  endParcel,
  enterParcel,
  type NewParcel,
  readNewParcel,
  tenthsOf,
  type Use,
} from "./new-parcels.ts";
import { parseParcelCode } from "./parcel-code.ts";

const CHANGED = ["parcels.*", "parcel_versions.*", "certificates.*", "certificate_holders.*"];

/** Splits a parcel (Land Law 31/2024, art. 220): the new ones have its area, its use and its holders. */
export function splitParcel(ctx: LandContext, input: LandSplitInput, idempotencyKey: string): Promise<ActOutcome> {
  const requested = { kind: "SPLIT" as const, input, idempotencyKey };
  return performAct(ctx, requested, (tx, act, problems) => split(tx, act, input, problems));
}

async function split(tx: Tx, act: Act, input: LandSplitInput, problems: Problems): Promise<Performed> {
  const code = problems.take(["parcel"], parseParcelCode(input.parcel));
  const parcel = code && inForce((await lockParcels(tx, [code])).get(code), ["parcel"], problems);
  if (parcel) demandTransferable(parcel, act.on, ["parcel"], problems);
  if (input.into.length < 2) problems.add(["into"], partsTooFew());
  const place = { communeCode: parcel?.live.communeCode, ending: code ? [code] : [] };
  const parts: NewParcel[] = [];
  for (const [index, part] of input.into.entries()) {
    const read = await readNewParcel(tx, part, place, ["into", index], problems);
    if (read) parts.push(read);
  }
  demandDistinct(parts, ["into"], problems);
  if (!parcel || problems.found.length > 0) return undefined;
  if (!demandSameArea([parcel], parts, problems)) return undefined;
  await endParcel(tx, act, parcel, "SPLIT");
  for (const part of parts) await enterParcel(tx, act, part, sharedUse(parcel), [parcel.id]);
  return { parcels: [parcel.id, ...parts.map((part) => part.code)], citizens: personsOf(parcel), changed: CHANGED };
}

/** Merges parcels of the same commune, use, holders and shares (Land Law 31/2024, art. 220). */
export function mergeParcels(ctx: LandContext, input: LandMergeInput, idempotencyKey: string): Promise<ActOutcome> {
  const requested = { kind: "MERGE" as const, input, idempotencyKey };
  return performAct(ctx, requested, (tx, act, problems) => merge(tx, act, input, problems));
}

async function merge(tx: Tx, act: Act, input: LandMergeInput, problems: Problems): Promise<Performed> {
  const ending = await endingParcels(tx, act, input.parcels, problems);
  const [first] = ending;
  const place = { communeCode: first?.live.communeCode, ending: ending.map(({ id }) => id) };
  const made = await readNewParcel(tx, input.into, place, ["into"], problems);
  if (!first || !made || problems.found.length > 0) return undefined;
  if (!ending.every((parcel) => haveSameUse(parcel, first))) {
    problems.add(["parcels"], parcelsDiffer());
    return undefined;
  }
  if (!demandSameArea(ending, [made], problems)) return undefined;
  for (const parcel of ending) await endParcel(tx, act, parcel, "MERGED");
  await enterParcel(tx, act, made, sharedUse(first), place.ending);
  return { parcels: [...place.ending, made.code], citizens: personsOf(first), changed: CHANGED };
}

/** The parcels that a merge ends, locked; whatever prevents it becomes a problem. */
async function endingParcels(tx: Tx, act: Act, input: readonly string[], problems: Problems): Promise<ParcelInForce[]> {
  if (input.length < 2) problems.add(["parcels"], partsTooFew());
  const codes = input.map((raw, index) => problems.take(["parcels", index], parseParcelCode(raw)));
  const locked = await lockParcels(
    tx,
    codes.flatMap((code) => code ?? []),
  );
  return codes.flatMap((code, index) => {
    const path = ["parcels", index];
    if (!code) return [];
    if (codes.indexOf(code) < index) {
      problems.add(path, namedTwice());
      return [];
    }
    const parcel = inForce(locked.get(code), path, problems);
    if (parcel) demandTransferable(parcel, act.on, path, problems);
    return parcel ?? [];
  });
}

function haveSameUse(one: ParcelInForce, other: ParcelInForce): boolean {
  return JSON.stringify(sharedUse(one)) === JSON.stringify(sharedUse(other));
}

/** Holders are in the order of their numbers, so that equal uses have equal texts. */
function sharedUse({ live: { communeCode, purpose, termEndsOn }, certificate }: ParcelInForce): Use {
  return { communeCode, purpose, termEndsOn, holders: certificate?.holders ?? [] };
}

/** @returns false, with a problem, unless the areas are the same to the tenth of a square metre */
function demandSameArea(ending: readonly ParcelInForce[], made: readonly NewParcel[], problems: Problems): boolean {
  const before = ending.reduce((sum, { live }) => sum + (tenthsOf(live.areaM2) ?? 0), 0);
  const after = made.reduce((sum, { areaTenths }) => sum + areaTenths, 0);
  if (before === after) return true;
  problems.add(["into"], areaNotConserved(decimal(after), decimal(before)));
  return false;
}

function decimal(tenths: number): string {
  return (tenths / 10).toFixed(1);
}

function personsOf({ certificate }: ParcelInForce): string[] {
  return (certificate?.holders ?? []).map(({ personalId }) => personalId);
}
