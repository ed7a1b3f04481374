import { endOfDay, type LegalDay } from "../../_shared/reference/days.ts";
import { dueAfterWorkingDays, sameDayResult, workingDaysAfter } from "../clock/working-days.ts";
import type { DossierDefinition } from "./definition.ts";

export type DuePlan = { dossier: Date; steps: Record<string, Date> };

/**
 * Due dates of a dossier and its steps: 23:59:59+07:00 of the day. The dossier's limit counts from receipt with the 15:00
 * rule (NĐ 63/2024). The plan of a blocked step begins on the latest due day of the steps that it depends on.
 */
export function planDueDates(definition: DossierDefinition, receivedAt: Date, verified: boolean): DuePlan {
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
