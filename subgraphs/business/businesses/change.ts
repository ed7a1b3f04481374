import type { Problems } from "../../_shared/registers/act-problems.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { type Act, type ActOutcome, type Performed, performAct } from "../acts/perform-act.ts";
import { nothingChanges, notOfEnterprise, ownerHasHouseholdBusiness } from "../errors.ts";
import type { BusinessContext } from "../loaders.ts";
import type { BusinessKind } from "../tables.ts";
import { readDetails, readFurtherName } from "./details.ts";
import type { BusinessChangeInput } from "./input.ts";
import { type LockedBusiness, lockInForce } from "./locked-business.ts";
import { enterVersion, type Facts, personsOf } from "./new-version.ts";
import { ownsHousehold } from "./register-household.ts";

/** Registers a change of facts; the facts of before stay in the version before. The code stays whatever changes. */
export function changeBusiness(
  ctx: BusinessContext,
  input: BusinessChangeInput,
  idempotencyKey: string,
): Promise<ActOutcome> {
  const requested = { kind: "CHANGE" as const, input, idempotencyKey };
  return performAct(ctx, requested, (tx, act, problems) => change(tx, act, input, problems));
}

async function change(tx: Tx, act: Act, input: BusinessChangeInput, problems: Problems): Promise<Performed> {
  const business = await lockInForce(tx, input.business, ["business"], problems);
  const kind = business?.facts.kind;
  const given = { ...readDetails(input, kind, act.on, problems), ...readNames(input, kind, problems) };
  if (!business) return undefined;
  const facts = { ...business.facts, ...given };
  await demandFreeOwner(tx, business, input, facts, problems);
  if (problems.found.length === 0 && sameFacts(facts, business.facts)) problems.add(["business"], nothingChanges());
  if (problems.found.length > 0) return undefined;
  const next = { ...facts, changeNumber: facts.changeNumber + 1 };
  await enterVersion(tx, act, { businessId: business.id, version: business.version + 1 }, next);
  const citizens = [...personsOf(business.facts), ...personsOf(facts)];
  return { business: business.id, citizens, changed: ["business_versions.*", "business_people.*", "business_lines.*"] };
}

/** Names and form that only an enterprise has. */
function readNames(
  { form, foreignName, shortName }: BusinessChangeInput,
  kind: BusinessKind | undefined,
  problems: Problems,
): Partial<Facts> {
  const given = { form, foreignName, shortName };
  for (const [name, value] of Object.entries(given))
    if (value != null && kind && kind !== "ENTERPRISE") problems.add([name], notOfEnterprise());
  const foreign = readFurtherName(foreignName, "foreignName", problems);
  const short = readFurtherName(shortName, "shortName", problems);
  return { ...(form && { form }), ...(foreign && { foreignName: foreign }), ...(short && { shortName: short }) };
}

async function demandFreeOwner(
  tx: Tx,
  { id }: LockedBusiness,
  { people }: BusinessChangeInput,
  { kind, people: read }: Facts,
  problems: Problems,
): Promise<void> {
  const owner = read.find(({ role }) => role === "OWNER")?.personalId;
  if (kind !== "HOUSEHOLD" || !people || !owner || !(await ownsHousehold(tx, owner, id))) return;
  const index = people.findIndex(({ role }) => role === "OWNER");
  problems.add(["people", index, "personalId"], ownerHasHouseholdBusiness());
}

/** True if nothing differs; the order of people does not matter. */
export function sameFacts(one: Facts, other: Facts): boolean {
  return textOf(one) === textOf(other);
}

/** Text by which facts are compared; the order of people does not matter. */
function textOf({ people, ...facts }: Facts): string {
  const sorted = people.map(({ role, personalId, fullName }) => [role, personalId, fullName].join("/")).sort();
  return JSON.stringify([Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1)), sorted]);
}
