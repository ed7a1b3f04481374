import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { LegalDay } from "../../_shared/reference/days.ts";
import type { Problems } from "../../_shared/registers/act-problems.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { type Act, type ActOutcome, type Performed, performAct } from "../acts/perform-act.ts";
import { businessCodeTaken, ownerHasHouseholdBusiness } from "../errors.ts";
import type { BusinessContext } from "../loaders.ts";
import { businesses, liveBusinesses } from "../tables.ts";
import { firstFacts, readDetails } from "./details.ts";
import type { HouseholdBusinessInput } from "./input.ts";
import { type LockedBusiness, lockBusiness } from "./locked-business.ts";
import { enterVersion, type Facts, personsOf } from "./new-version.ts";

export const REGISTERED = ["businesses.*", "business_versions.*", "business_people.*", "business_lines.*"];

/**
 * Registers a household business. Its code is the owner's personal number, which is also the tax code. An owner whose business has
 * ended registers the same entry again.
 */
export function registerHousehold(
  ctx: BusinessContext,
  input: HouseholdBusinessInput,
  idempotencyKey: string,
): Promise<ActOutcome> {
  const requested = { kind: "REGISTRATION" as const, input, idempotencyKey };
  return performAct(ctx, requested, (tx, act, problems) => register(tx, act, input, problems));
}

async function register(tx: Tx, act: Act, input: HouseholdBusinessInput, problems: Problems): Promise<Performed> {
  const household = await newHousehold(tx, input, act.on, problems, lockBusiness);
  if (!household || problems.found.length > 0) return undefined;
  const { facts } = household;
  const business = await enterHead(tx, household);
  await enterVersion(tx, act, { businessId: business.id, version: business.version + 1 }, facts);
  return { business: business.id, citizens: personsOf(facts), changed: REGISTERED };
}

/** A household business that may be registered: its code, its facts, and its former entry if it has ended. */
export type NewHousehold = { code: string; facts: Facts; former: LockedBusiness | undefined };

/** Reads the household business of an input; undefined, with problems, if its facts are not complete. */
export async function newHousehold(
  tx: Tx,
  input: Omit<HouseholdBusinessInput, "ground">,
  on: LegalDay,
  problems: Problems,
  find: (tx: Tx, code: string) => Promise<LockedBusiness | undefined>,
): Promise<NewHousehold | undefined> {
  const facts = firstFacts("HOUSEHOLD", on, readDetails(input, "HOUSEHOLD", on, problems));
  const code = facts?.people.find(({ role }) => role === "OWNER")?.personalId;
  if (!facts || !code) return undefined;
  const path = ["people", input.people.findIndex(({ role }) => role === "OWNER"), "personalId"];
  const former = await find(tx, code);
  if (await ownsHousehold(tx, code)) problems.add(path, ownerHasHouseholdBusiness());
  else if (former && !former.isEnded) problems.add(path, businessCodeTaken());
  return { code, facts, former };
}

/** Enters the row of a household business under its code, unless a former entry has it. */
export async function enterHead(
  tx: Tx,
  { code, former }: Pick<NewHousehold, "code" | "former">,
): Promise<Pick<LockedBusiness, "id" | "version">> {
  if (former) return former;
  const id = uuidv7();
  await tx.insert(businesses).values({ id, code });
  return { id, version: 0 };
}

/** True if a household business in force has this owner. */
export async function ownsHousehold(tx: Tx, personalId: string, except?: string): Promise<boolean> {
  const [found] = await tx
    .select({ id: liveBusinesses.businessId })
    .from(liveBusinesses)
    .where(eq(liveBusinesses.householdOwner, personalId));
  return found !== undefined && found.id !== except;
}
