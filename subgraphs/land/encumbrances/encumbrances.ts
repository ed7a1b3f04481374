import { eq } from "drizzle-orm";
import { parseFreeText } from "../../_shared/reference/person-names.ts";
import { isUuid } from "../../_shared/reference/uuid.ts";
import type { Problems } from "../../_shared/registers/act-problems.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { type Act, type ActOutcome, type Performed, performAct } from "../acts/perform-act.ts";
import { encumbranceEnded, encumbranceUnknown } from "../errors.ts";
import type { LandContext } from "../loaders.ts";
import { demandTransferable, inForce, lockParcels } from "../parcels/locked-parcels.ts";
import { parseParcelCode } from "../parcels/parcel-code.ts";
import type { LandEncumbranceInput, LandReleaseInput } from "./input.ts";
import { encumbranceEnds, encumbrances } from "./tables.ts";

const LONGEST_PARTY = 150;

/** Registers a mortgage, a dispute or a block. What stops a transfer stops a mortgage, but for other mortgages. */
export function encumberLand(
  ctx: LandContext,
  input: LandEncumbranceInput,
  idempotencyKey: string,
): Promise<ActOutcome> {
  const requested = { kind: input.kind, input, idempotencyKey };
  return performAct(ctx, requested, (tx, act, problems) => encumber(tx, act, input, problems));
}

async function encumber(tx: Tx, act: Act, input: LandEncumbranceInput, problems: Problems): Promise<Performed> {
  const code = problems.take(["parcel"], parseParcelCode(input.parcel));
  const party = problems.take(["party"], parseFreeText(input.party, LONGEST_PARTY));
  const parcel = code && inForce((await lockParcels(tx, [code])).get(code), ["parcel"], problems);
  if (!parcel) return undefined;
  if (input.kind === "MORTGAGE") {
    const others = parcel.encumbrances.filter(({ kind }) => kind !== "MORTGAGE");
    demandTransferable({ ...parcel, encumbrances: others }, act.on, ["parcel"], problems);
  }
  if (!party || problems.found.length > 0) return undefined;
  await tx.insert(encumbrances).values({ id: act.id, parcelId: parcel.id, kind: input.kind, party });
  const citizens = (parcel.certificate?.holders ?? []).map(({ personalId }) => personalId);
  return { parcels: [parcel.id], citizens, changed: ["encumbrances.*"] };
}

/** Ends a mortgage, a dispute or a block. */
export function releaseEncumbrance(
  ctx: LandContext,
  input: LandReleaseInput,
  idempotencyKey: string,
): Promise<ActOutcome> {
  const requested = { kind: "RELEASE" as const, input, idempotencyKey };
  return performAct(ctx, requested, (tx, act, problems) => release(tx, act, input, problems));
}

async function release(
  tx: Tx,
  act: Act,
  { encumbrance: id }: LandReleaseInput,
  problems: Problems,
): Promise<Performed> {
  const [found] = isUuid(id) ? await tx.select().from(encumbrances).where(eq(encumbrances.id, id)) : [];
  if (!found) {
    problems.add(["encumbrance"], encumbranceUnknown());
    return undefined;
  }
  const parcel = (await lockParcels(tx, [found.parcelId])).get(found.parcelId);
  const [ended] = await tx.select().from(encumbranceEnds).where(eq(encumbranceEnds.encumbranceId, id));
  if (ended) {
    problems.add(["encumbrance"], encumbranceEnded());
    return undefined;
  }
  await tx.insert(encumbranceEnds).values({ encumbranceId: id, actId: act.id });
  const citizens = (parcel?.certificate?.holders ?? []).map(({ personalId }) => personalId);
  return { parcels: [found.parcelId], citizens, changed: ["encumbrance_ends.*"] };
}
