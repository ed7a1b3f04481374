import type { Problems } from "../../_shared/registers/act-problems.ts";
import { insertMany } from "../../_shared/registers/insert-many.ts";
import {
  type Act,
  type ActOutcome as Outcome,
  type PerformedAct,
  performAct as performIn,
  type RequestedAct,
} from "../../_shared/registers/perform-act.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import type { LandContext } from "../loaders.ts";
import { actParcels } from "../tables.ts";
import type { ActKind } from "./act-kinds.ts";
import { acts } from "./tables.ts";

export type { Act };
export type ActOutcome = Outcome<ActKind>;

/** Result of an act with the parcels that it concerns; undefined if there are problems. */
export type Performed = (PerformedAct & { parcels: readonly string[] }) | undefined;

/** Performs an act once for each idempotency key; the parcels that it concerns are kept for their history. */
export function performAct<Input extends { ground: string }>(
  ctx: LandContext,
  requested: RequestedAct<ActKind, Input>,
  perform: (tx: Tx, act: Act, problems: Problems) => Promise<Performed>,
): Promise<ActOutcome> {
  return performIn(acts, ctx, requested, async (tx, act, problems) => {
    const performed = await perform(tx, act, problems);
    const parcels = performed?.parcels ?? [];
    await insertMany(
      tx,
      actParcels,
      parcels.map((parcelId) => ({ actId: act.id, parcelId })),
    );
    return performed;
  });
}
