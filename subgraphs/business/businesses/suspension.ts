import { addMonths, type LegalDay, parseLegalDay } from "../../_shared/reference/days.ts";
import type { Problems } from "../../_shared/registers/act-problems.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { type Act, type ActOutcome, type Performed, performAct } from "../acts/perform-act.ts";
import {
  businessNotSuspended,
  businessSuspended,
  suspensionEndMissing,
  suspensionEndsBefore,
  suspensionInThePast,
  suspensionTooLong,
} from "../errors.ts";
import type { BusinessContext } from "../loaders.ts";
import type { BusinessKind } from "../tables.ts";
import type { BusinessStateInput, BusinessSuspensionInput } from "./input.ts";
import { lockInForce } from "./locked-business.ts";
import { enterVersion, personsOf } from "./new-version.ts";
import { isSuspendedFrom } from "./state.ts";

/** Longest suspension of an enterprise by one notice (Decree 168/2025/NĐ-CP); a household states any period. */
const LONGEST_MONTHS = 12;

type Period = { from: LegalDay | undefined; to: LegalDay | null | undefined };

/** Suspends a business for a period, after which it is active again without an act. */
export function suspendBusiness(
  ctx: BusinessContext,
  input: BusinessSuspensionInput,
  idempotencyKey: string,
): Promise<ActOutcome> {
  const requested = { kind: "SUSPENSION" as const, input, idempotencyKey };
  return performAct(ctx, requested, (tx, act, problems) => suspend(tx, act, input, problems));
}

async function suspend(tx: Tx, act: Act, input: BusinessSuspensionInput, problems: Problems): Promise<Performed> {
  const from = problems.take(["from"], parseLegalDay(input.from));
  const to = input.to == null ? null : problems.take(["to"], parseLegalDay(input.to));
  const business = await lockInForce(tx, input.business, ["business"], problems);
  demandPeriod({ from, to }, business?.facts.kind, act.on, problems);
  if (!business) return undefined;
  if (isSuspendedFrom(business.facts, act.on)) problems.add(["business"], businessSuspended());
  if (!from || to === undefined || problems.found.length > 0) return undefined;
  const facts = { ...business.facts, suspendedFrom: from, suspendedTo: to };
  await enterVersion(tx, act, { businessId: business.id, version: business.version + 1 }, facts);
  return { business: business.id, citizens: personsOf(facts), changed: ["business_versions.suspended_from"] };
}

function demandPeriod({ from, to }: Period, kind: BusinessKind | undefined, on: LegalDay, problems: Problems): void {
  const isHousehold = kind === undefined || kind === "HOUSEHOLD";
  if (from && from < on) problems.add(["from"], suspensionInThePast());
  if (to === null && !isHousehold) problems.add(["to"], suspensionEndMissing());
  if (!from || !to) return;
  if (to < from) problems.add(["to"], suspensionEndsBefore());
  else if (to > addMonths(from, LONGEST_MONTHS) && !isHousehold) problems.add(["to"], suspensionTooLong());
}

/** Ends a suspension that is under way or announced. */
export function resumeBusiness(
  ctx: BusinessContext,
  input: BusinessStateInput,
  idempotencyKey: string,
): Promise<ActOutcome> {
  const requested = { kind: "RESUMPTION" as const, input, idempotencyKey };
  return performAct(ctx, requested, (tx, act, problems) => resume(tx, act, input, problems));
}

async function resume(tx: Tx, act: Act, input: BusinessStateInput, problems: Problems): Promise<Performed> {
  const business = await lockInForce(tx, input.business, ["business"], problems);
  if (!business) return undefined;
  if (!isSuspendedFrom(business.facts, act.on)) problems.add(["business"], businessNotSuspended());
  if (problems.found.length > 0) return undefined;
  const facts = { ...business.facts, suspendedFrom: null, suspendedTo: null };
  await enterVersion(tx, act, { businessId: business.id, version: business.version + 1 }, facts);
  return { business: business.id, citizens: personsOf(facts), changed: ["business_versions.suspended_from"] };
}
