import type { Problems } from "../../_shared/registers/act-problems.ts";
import type { Act } from "../../_shared/registers/perform-act.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { type ActOutcome, type Performed, performAct } from "../acts/perform-act.ts";
import { householdUnknown } from "../households/errors.ts";
import { householdIdOf } from "../households/households.ts";
import { lockHouseholds } from "../households/locked-households.ts";
import type { ResidenceContext } from "../loaders.ts";
import { readAddress } from "./addresses.ts";
import { destinationUnclear, moversMissing } from "./errors.ts";
import type { ResidenceRegistrationInput } from "./input.ts";
import { concernedBy, type Destination, enterMove, examineMove, readMovers } from "./moves.ts";

/**
 * Registers the permanent residence of persons who move together (đăng ký thường trú), Law on Residence 68/2020, art. 20 to 22. The
 * residence that a person had before ends on the same day.
 */
export function registerResidence(
  ctx: ResidenceContext,
  input: ResidenceRegistrationInput,
  idempotencyKey: string,
): Promise<ActOutcome> {
  const requested = { kind: "REGISTRATION" as const, input, idempotencyKey };
  return performAct(ctx, requested, (tx, act, problems) => register(tx, act, input, problems));
}

async function register(tx: Tx, act: Act, input: ResidenceRegistrationInput, problems: Problems): Promise<Performed> {
  if (input.persons.length === 0) problems.add(["persons"], moversMissing());
  const movers = input.persons.map((person, index) => ({ ...person, path: ["persons", index, "personalId"] }));
  const destination = await readDestination(tx, input, problems);
  if (!destination) {
    await readMovers(tx, movers, problems); // so that the officer gets all problems at once
    return undefined;
  }
  const heads = (input.newHeads ?? []).map((head, index) => ({ head, path: ["newHeads", index] }));
  const request = { movers, destination, newHeads: { heads, path: ["newHeads"] } };
  const move = await examineMove(tx, request, act.on, problems, lockHouseholds);
  if (!move || problems.found.length > 0) return undefined;
  const household = await enterMove(tx, act, move);
  return {
    persons: concernedBy(move),
    households: [household, ...move.departures.map((departure) => departure.household.id)],
    changed: ["residency_versions.*", "household_versions.*"],
  };
}

async function readDestination(
  tx: Tx,
  { household, newAddress }: ResidenceRegistrationInput,
  problems: Problems,
): Promise<Destination | undefined> {
  if (Boolean(household) === Boolean(newAddress)) problems.add(["household"], destinationUnclear());
  else if (newAddress) {
    const address = readAddress(newAddress, ["newAddress"], problems);
    return address && { address };
  } else if (household) {
    const householdId = await householdIdOf(tx, household);
    if (!householdId) problems.add(["household"], householdUnknown());
    return householdId === undefined ? undefined : { householdId, path: ["household"] };
  }
  return undefined;
}
