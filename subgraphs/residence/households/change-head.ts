import type { Problems } from "../../_shared/registers/act-problems.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { type ActOutcome, performAct } from "../acts/perform-act.ts";
import type { ResidenceContext } from "../loaders.ts";
import { enterHeadship } from "../residencies/entries.ts";
import { householdEnded, householdUnknown } from "./errors.ts";
import { householdIdOf } from "./households.ts";
import type { HouseholdHeadChangeInput } from "./input.ts";
import { type HouseholdState, lockHouseholds } from "./locked-households.ts";
import { readHeadship } from "./relations.ts";

/** Changes the head of a household, or the relations in it (thay đổi chủ hộ), Law on Residence 68/2020, art. 10. */
export function changeHead(
  ctx: ResidenceContext,
  input: HouseholdHeadChangeInput,
  idempotencyKey: string,
): Promise<ActOutcome> {
  const requested = { kind: "HEAD_CHANGE" as const, input, idempotencyKey };
  return performAct(ctx, requested, async (tx, act, problems) => {
    const household = await lockedHousehold(tx, input.household, problems);
    if (!household) return undefined;
    const headship = readHeadship(household.members, input.head, act.on, ["head"], problems);
    if (!headship || problems.found.length > 0) return undefined;
    await enterHeadship(tx, act, household, household.members, headship);
    return {
      ...{ persons: household.members, households: [household.id] },
      changed: ["residency_versions.*", "household_versions.*"],
    };
  });
}

/** The household of a code, locked, if it is in force. Its absence or its end becomes a problem. */
export async function lockedHousehold(tx: Tx, code: string, problems: Problems): Promise<HouseholdState | undefined> {
  const id = await householdIdOf(tx, code);
  const household = id && (await lockHouseholds(tx, [id])).get(id);
  if (household && household.last.validTo === null) return household;
  problems.add(["household"], household ? householdEnded() : householdUnknown());
  return undefined;
}
