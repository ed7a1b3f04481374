import type { LegalDay } from "../../_shared/reference/days.ts";
import type { Problems } from "../../_shared/registers/act-problems.ts";
import {
  type Act,
  type ActOutcome as Outcome,
  type PerformedAct,
  performAct as performIn,
  type RequestedAct,
} from "../../_shared/registers/perform-act.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import type { HealthInsuranceContext } from "../loaders.ts";
import type { ActKind } from "./act-kinds.ts";
import { acts } from "./tables.ts";

export type ActOutcome = Outcome<ActKind>;
export type Performed = PerformedAct | undefined;

/** Day, author and ground of an entry: what an act and a dossier have in common. A dossier has no act. */
export type Entry = { on: LegalDay; by: string | null; ground: string | null; actId: string | null };

/** Performs an act once for each idempotency key. */
export function performAct<Input extends { ground: string }>(
  ctx: HealthInsuranceContext,
  requested: RequestedAct<ActKind, Input>,
  perform: (tx: Tx, act: Act, problems: Problems) => Promise<Performed>,
): Promise<ActOutcome> {
  return performIn(acts, ctx, requested, perform);
}

export function entryOf({ id, on, by, ground }: Act): Entry {
  return { on, by, ground, actId: id };
}
