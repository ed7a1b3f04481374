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
import type { ResidenceContext } from "../loaders.ts";
import { actHouseholds, actPersons } from "../tables.ts";
import type { ActKind } from "./act-kinds.ts";
import { acts } from "./tables.ts";

export type ActOutcome = Outcome<ActKind>;

/** Day, author and ground of an entry: what an act and a dossier have in common; and the code of a household that it makes, if one is fixed. */
export type Entry = Pick<Act, "on" | "by" | "ground"> & { householdCode?: string };
/** A person as an act concerns one. */
export type Concerned = { personId: string; personalId: string };
/** Result of an act with the persons and households that it concerns; undefined if there are problems. */
export type Performed =
  | (Pick<PerformedAct, "changed"> & { persons: readonly Concerned[]; households: readonly string[] })
  | undefined;

/** Performs an act once for each idempotency key; the persons and households that it concerns are kept for their history. */
export function performAct<Input extends { ground: string }>(
  ctx: ResidenceContext,
  requested: RequestedAct<ActKind, Input>,
  perform: (tx: Tx, act: Act, problems: Problems) => Promise<Performed>,
): Promise<ActOutcome> {
  return performIn(acts, ctx, requested, async (tx, act, problems) => {
    const performed = await perform(tx, act, problems);
    if (!performed) return undefined;
    const persons = new Map(performed.persons.map((person) => [person.personId, person.personalId]));
    const households = new Set(performed.households);
    await insertMany(
      tx,
      actPersons,
      [...persons.keys()].map((personId) => ({ actId: act.id, personId })),
    );
    await insertMany(
      tx,
      actHouseholds,
      [...households].map((householdId) => ({ actId: act.id, householdId })),
    );
    return { citizens: [...persons.values()], changed: performed.changed };
  });
}
