import type { LegalDay } from "../../_shared/reference/days.ts";
import type { Problems } from "../../_shared/registers/act-problems.ts";
import type { Act } from "../../_shared/registers/perform-act.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { type ActOutcome, type Entry, type Performed, performAct } from "../acts/perform-act.ts";
import type { ResidenceContext } from "../loaders.ts";
import { enterResidency } from "../residencies/entries.ts";
import { lockedHousehold } from "./change-head.ts";
import { type Departure, enterDeparture, readDepartures } from "./departures.ts";
import { splitLeavesNobody, splitWithoutAdult } from "./errors.ts";
import { enterHousehold } from "./households.ts";
import type { HouseholdSplitInput } from "./input.ts";
import type { HouseholdState, Member } from "./locked-households.ts";
import { type DeclaredHead, type Headship, isAdult, readHeadship } from "./relations.ts";

/** Members of the new household, and the next head of the former one if its head leaves. */
export type SplitRequest = { newHousehold: DeclaredHead; newHead?: DeclaredHead | null };
/** A split that is possible, with the head and the relations of the new household. */
export type Split = { departure: Departure; headship: Headship };

/** Splits a household: some members make another one at the same address (tách hộ), Law on Residence 68/2020, art. 25. */
export function splitHousehold(
  ctx: ResidenceContext,
  input: HouseholdSplitInput,
  idempotencyKey: string,
): Promise<ActOutcome> {
  const requested = { kind: "SPLIT" as const, input, idempotencyKey };
  return performAct(ctx, requested, (tx, act, problems) => split(tx, act, input, problems));
}

async function split(tx: Tx, act: Act, input: HouseholdSplitInput, problems: Problems): Promise<Performed> {
  const household = await lockedHousehold(tx, input.household, problems);
  if (!household) return undefined;
  const found = examineSplit(household, input, act.on, problems);
  if (!found || problems.found.length > 0) return undefined;
  const made = await enterSplit(tx, act, found);
  return {
    ...{ persons: household.members, households: [household.id, made] },
    changed: ["residency_versions.*", "household_versions.*"],
  };
}

/** Finds what a split changes; whatever prevents it becomes a problem at `newHousehold` or `newHead`. */
export function examineSplit(
  household: HouseholdState,
  { newHousehold, newHead }: SplitRequest,
  on: LegalDay,
  problems: Problems,
): Split | undefined {
  const before = problems.found.length;
  const leaving = leavingMembers(household, newHousehold);
  const headship = readHeadship(leaving, newHousehold, on, ["newHousehold"], problems);
  demandSplittable(household, leaving, on, problems);
  const heads = newHead ? [{ head: newHead, path: ["newHead"] }] : [];
  const [departure] = readDepartures([{ household, leaving }], { heads, path: ["newHead"] }, on, problems);
  return headship && departure && problems.found.length === before ? { departure, headship } : undefined;
}

/** The members whom the request names for the new household. */
function leavingMembers({ members }: HouseholdState, { personalId: head, relations }: DeclaredHead): Member[] {
  const named = new Set([head, ...relations.map(({ personalId }) => personalId)]);
  return members.filter(({ personalId }) => named.has(personalId));
}

function demandSplittable(
  { members }: HouseholdState,
  leaving: readonly Member[],
  on: LegalDay,
  problems: Problems,
): void {
  if (leaving.length === members.length) problems.add(["newHousehold"], splitLeavesNobody());
  if (leaving.length > 0 && !leaving.some((member) => isAdult(member, on)))
    problems.add(["newHousehold"], splitWithoutAdult());
}

/**
 * Enters a split: those who leave make a household at the same address. The day of their registration stays, because the address does.
 * @returns the id of the new household
 */
export async function enterSplit(
  tx: Tx,
  entry: Entry,
  { departure, headship: { head, relations } }: Split,
): Promise<string> {
  await enterDeparture(tx, entry, departure);
  const { addressLine, communeList, communeCode } = departure.household.last;
  const householdId = await enterHousehold(tx, entry, head.personId, { addressLine, communeList, communeCode });
  for (const { personId, residency } of departure.leaving) {
    const { registeredOn } = residency;
    const facts = { householdId, relationToHead: relations.get(personId) ?? "OTHER", registeredOn };
    await enterResidency(tx, entry, { personId, last: residency }, facts);
  }
  return householdId;
}
