import { procedure } from "../../_shared/parts/procedure.ts";
import { type LegalDay, legalDayOf, parseLegalDay } from "../../_shared/reference/days.ts";
import { Problems } from "../../_shared/registers/act-problems.ts";
import type { LockedBusiness } from "../businesses/locked-business.ts";
import { isSuspendedFrom } from "../businesses/state.ts";
import { businessNotSuspended, businessSuspended, suspensionEndsBefore, suspensionInThePast } from "../errors.ts";
import { type SuspensionContent, suspensionContent } from "./contents.ts";
import { enterForPart, householdOf } from "./household.ts";

type Found = { business: LockedBusiness; from: LegalDay | null; to: LegalDay | null } | undefined;

/** Suspension and early resumption of a household business (tạm ngừng, tiếp tục kinh doanh), 1.001570; Decree 168/2025/NĐ-CP. */
export const householdSuspension = procedure<SuspensionContent, Found>({
  procedure: "1.001570",
  content: suspensionContent,

  async examine(tx, { content, receivedAt }) {
    const problems = new Problems();
    const on = legalDayOf(receivedAt);
    const business = await householdOf(tx, content, problems);
    const period = content.request === "SUSPEND" ? readPeriod(content, on, problems) : { from: null, to: null };
    if (business) demandState(business, content, on, problems);
    const found = business && { business, ...period };
    return { problems: problems.found, verify: [], found: problems.found.length === 0 ? found : undefined };
  },

  async grant(tx, part, found, by, on) {
    if (!found) throw new Error("A notice with problems is not granted");
    const { business, from, to } = found;
    const kind = part.content.request === "SUSPEND" ? ("SUSPENSION" as const) : ("RESUMPTION" as const);
    const facts = { ...business.facts, suspendedFrom: from, suspendedTo: to };
    await enterForPart(tx, part, business, { kind, facts }, by, on);
    return { facts: {} };
  },
});

function readPeriod({ from: rawFrom, until }: SuspensionContent, on: LegalDay, problems: Problems) {
  const from = problems.take(["from"], parseLegalDay(rawFrom)) ?? null;
  const to = until ? (problems.take(["until"], parseLegalDay(until)) ?? null) : null;
  if (from && from < on) problems.add(["from"], suspensionInThePast());
  if (from && to && to < from) problems.add(["until"], suspensionEndsBefore());
  return { from, to };
}

function demandState(
  { facts }: LockedBusiness,
  { request }: SuspensionContent,
  on: LegalDay,
  problems: Problems,
): void {
  const isSuspended = isSuspendedFrom(facts, on);
  if (request === "SUSPEND" && isSuspended) problems.add(["code"], businessSuspended());
  if (request === "RESUME" && !isSuspended) problems.add(["code"], businessNotSuspended());
}
