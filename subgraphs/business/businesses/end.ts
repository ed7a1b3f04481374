import { eq } from "drizzle-orm";
import type { Problems } from "../../_shared/registers/act-problems.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { type Act, type ActOutcome, type Performed, performAct } from "../acts/perform-act.ts";
import { branchesInForce } from "../errors.ts";
import type { BusinessContext } from "../loaders.ts";
import { businesses, liveBusinesses } from "../tables.ts";
import type { BusinessStateInput } from "./input.ts";
import { lockInForce } from "./locked-business.ts";
import { enterVersion, personsOf } from "./new-version.ts";

/** Ends a business, and with it its licences. The branches of an enterprise end first (Decree 168/2025/NĐ-CP). */
export function endBusiness(
  ctx: BusinessContext,
  input: BusinessStateInput,
  idempotencyKey: string,
): Promise<ActOutcome> {
  const requested = { kind: "END" as const, input, idempotencyKey };
  return performAct(ctx, requested, (tx, act, problems) => end(tx, act, input, problems));
}

async function end(tx: Tx, act: Act, input: BusinessStateInput, problems: Problems): Promise<Performed> {
  const business = await lockInForce(tx, input.business, ["business"], problems);
  if (!business) return undefined;
  if (await hasBranches(tx, business.id)) problems.add(["business"], branchesInForce());
  if (problems.found.length > 0) return undefined;
  const facts = { ...business.facts, suspendedFrom: null, suspendedTo: null };
  await enterVersion(tx, act, { businessId: business.id, version: business.version + 1 }, facts, "ENDED");
  return { business: business.id, citizens: personsOf(business.facts), changed: ["business_versions.state"] };
}

async function hasBranches(tx: Tx, enterprise: string): Promise<boolean> {
  const found = await tx
    .select({ id: businesses.id })
    .from(businesses)
    .innerJoin(liveBusinesses, eq(liveBusinesses.businessId, businesses.id))
    .where(eq(businesses.parentId, enterprise))
    .limit(1);
  return found.length > 0;
}
