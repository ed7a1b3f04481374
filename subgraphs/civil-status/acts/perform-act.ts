import type { Problems } from "../../_shared/registers/act-problems.ts";
import { insertMany } from "../../_shared/registers/insert-many.ts";
import {
  type ActOutcome as Outcome,
  type PerformedAct,
  performAct as performIn,
  type RequestedAct,
  type Act as SharedAct,
} from "../../_shared/registers/perform-act.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { notFound } from "../../_shared/serving/errors.ts";
import type { CivilStatusContext } from "../loaders.ts";
import type { ActKind } from "./act-kinds.ts";
import { actEntries, acts } from "./tables.ts";

export type ActOutcome = Outcome<ActKind>;

/** The act that is under way, with the commune of the office in whose books it is entered. */
export type Act = SharedAct & { office: string };

/** Result of an act with the entries that it concerns; undefined if there are problems. */
export type Performed = (PerformedAct & { entries: readonly string[] }) | undefined;

/**
 * Performs an act of a registrar once for each idempotency key; the entries that it concerns are kept for their history.
 *
 * @throws NOT_FOUND if the officer's token names no office
 */
export async function performAct<Input extends { ground: string }>(
  ctx: CivilStatusContext,
  requested: RequestedAct<ActKind, Input>,
  perform: (tx: Tx, act: Act, problems: Problems) => Promise<Performed>,
): Promise<ActOutcome> {
  const { office } = ctx.caller;
  if (!office) throw notFound("office");
  return performIn(acts, ctx, requested, async (tx, act, problems) => {
    const performed = await perform(tx, { ...act, office }, problems);
    await keepEntries(tx, act.id, performed?.entries ?? []);
    return performed;
  });
}

/** Keeps the entries that an act concerns. */
export function keepEntries(tx: Tx, actId: string, entries: readonly string[]): Promise<void> {
  return insertMany(
    tx,
    actEntries,
    [...new Set(entries)].map((entryId) => ({ actId, entryId })),
  );
}
