import type { Problems } from "../../_shared/registers/act-problems.ts";
import {
  type Act,
  type ActOutcome as Outcome,
  type PerformedAct,
  performAct as performIn,
  type RequestedAct,
} from "../../_shared/registers/perform-act.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import type { BusinessContext } from "../loaders.ts";
import { actBusinesses } from "../tables.ts";
import type { ActKind } from "./act-kinds.ts";
import { acts } from "./tables.ts";

export type { Act };
export type ActOutcome = Outcome<ActKind>;

/** Result of an act with the business that it concerns; undefined if there are problems. */
export type Performed = (PerformedAct & { business: string }) | undefined;

/** Performs an act once for each idempotency key; the business that it concerns is kept for its history. */
export function performAct<Input extends { ground: string }>(
  ctx: BusinessContext,
  requested: RequestedAct<ActKind, Input>,
  perform: (tx: Tx, act: Act, problems: Problems) => Promise<Performed>,
): Promise<ActOutcome> {
  return performIn(acts, ctx, requested, async (tx, act, problems) => {
    const performed = await perform(tx, act, problems);
    if (performed) await tx.insert(actBusinesses).values({ actId: act.id, businessId: performed.business });
    return performed;
  });
}
