import type { Problems } from "../../_shared/registers/act-problems.ts";
import type { Act } from "../../_shared/registers/perform-act.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { type ActOutcome, type Performed, performAct } from "../acts/perform-act.ts";
import type { ResidenceContext } from "../loaders.ts";
import { isSameDwelling } from "../residencies/addresses.ts";
import { enterEnd, enterResidency } from "../residencies/entries.ts";
import { householdEnded, householdsApart, householdsSame, householdUnknown } from "./errors.ts";
import { householdIdOf } from "./households.ts";
import type { HouseholdMergeInput } from "./input.ts";
import { lockHouseholds } from "./locked-households.ts";
import { readRelations } from "./relations.ts";

/** Merges a household into another one of the same dwelling (nhập hộ); the head of the latter stays. */
export function mergeHouseholds(
  ctx: ResidenceContext,
  input: HouseholdMergeInput,
  idempotencyKey: string,
): Promise<ActOutcome> {
  const requested = { kind: "MERGE" as const, input, idempotencyKey };
  return performAct(ctx, requested, (tx, act, problems) => merge(tx, act, input, problems));
}

async function merge(tx: Tx, act: Act, input: HouseholdMergeInput, problems: Problems): Promise<Performed> {
  const both = await lockedPair(tx, input, problems);
  if (!both) return undefined;
  const { from, into } = both;
  if (!isSameDwelling(from.last, into.last)) problems.add(["household"], householdsApart());
  const relations = readRelations(from.members, input.relations, ["relations"], problems);
  if (problems.found.length > 0) return undefined;
  for (const { personId, residency } of from.members)
    await enterResidency(
      tx,
      act,
      { personId, last: residency },
      {
        ...{ householdId: into.id, relationToHead: relations.get(personId) ?? "OTHER" },
        registeredOn: residency.registeredOn,
      },
    );
  await enterEnd(tx, act, from);
  return {
    ...{ persons: from.members, households: [from.id, into.id] },
    changed: ["residency_versions.*", "household_versions.*"],
  };
}

/** Both households, locked together, if they are in force and different. */
async function lockedPair(tx: Tx, { household, into }: HouseholdMergeInput, problems: Problems) {
  const [from, target] = await Promise.all([householdIdOf(tx, household), householdIdOf(tx, into)]);
  if (from !== undefined && from === target) problems.add(["into"], householdsSame());
  const locked = await lockHouseholds(
    tx,
    [from, target].flatMap((id) => id ?? []),
  );
  const inForce = (name: "household" | "into", id: string | undefined) => {
    const found = id === undefined ? undefined : locked.get(id);
    if (found && found.last.validTo === null) return found;
    problems.add([name], found ? householdEnded() : householdUnknown());
    return undefined;
  };
  const pair = { from: inForce("household", from), into: inForce("into", target) };
  return pair.from && pair.into && pair.from !== pair.into ? { from: pair.from, into: pair.into } : undefined;
}
