import { procedure } from "../../_shared/parts/procedure.ts";
import { legalDayOf, parseLegalDay } from "../../_shared/reference/days.ts";
import { Problems } from "../../_shared/registers/act-problems.ts";
import type { LockedBusiness } from "../businesses/locked-business.ts";
import { type EndContent, endContent } from "./contents.ts";
import { enterForPart, householdOf } from "./household.ts";

/**
 * End of a household business (chấm dứt hoạt động), 1.001266; Decree 168/2025/NĐ-CP. An officer looks where the tax is not settled,
 * or where the day of the end has not come.
 */
export const householdEnd = procedure<EndContent, LockedBusiness | undefined>({
  procedure: "1.001266",
  content: endContent,

  async examine(tx, { content, receivedAt }) {
    const problems = new Problems();
    const business = await householdOf(tx, content, problems);
    const endsOn = problems.take(["endsOn"], parseLegalDay(content.endsOn));
    const verify = [
      ...(content.taxState === "PENDING" ? ["Nghĩa vụ thuế chưa hoàn thành"] : []),
      ...(endsOn && endsOn > legalDayOf(receivedAt) ? ["Ngày chấm dứt hoạt động chưa đến"] : []),
    ];
    return { problems: problems.found, verify, found: problems.found.length === 0 ? business : undefined };
  },

  async grant(tx, part, business, by, on) {
    if (!business) throw new Error("A notice with problems is not granted");
    const facts = { ...business.facts, suspendedFrom: null, suspendedTo: null };
    await enterForPart(tx, part, business, { kind: "END", facts, state: "ENDED" }, by, on);
    return { facts: {} };
  },
});
