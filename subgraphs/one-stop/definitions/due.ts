import { endOfDay, type LegalDay } from "../../_shared/reference/days.ts";
import type { BundleDefinition } from "../bundles/birth/versions.ts";
import { dueAfterWorkingDays, sameDayResult, workingDaysAfter } from "../clock/working-days.ts";

export type DuePlan = { dossier: Date; steps: Record<string, Date> };

/**
 * When a dossier and its steps are due: 23:59:59+07:00 of the day. The group's limit counts from receipt with the 15:00
 * rule (NĐ 63/2024); a step that waits is planned from the due day of what it waits for.
 */
export function planDueDates(definition: BundleDefinition, receivedAt: Date, verified: boolean): DuePlan {
  const days = new Map<string, LegalDay>();
  const dayOf = (key: string): LegalDay => {
    const known = days.get(key);
    if (known) return known;
    const step = definition.steps.find((s) => s.key === key);
    const start = step?.dependsOn.map(dayOf).sort().at(-1) ?? sameDayResult(receivedAt);
    const due = step?.term.kind === "WORKING_DAYS" ? workingDaysAfter(start, step.term.days) : start;
    days.set(key, due);
    return due;
  };
  const limit = verified ? definition.groupWorkingDays.verified : definition.groupWorkingDays.plain;
  return {
    dossier: endOfDay(dueAfterWorkingDays(receivedAt, limit)),
    steps: Object.fromEntries(definition.steps.map(({ key }) => [key, endOfDay(dayOf(key))])),
  };
}
