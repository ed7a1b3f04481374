import { addDays, endOfDay, type LegalDay } from "../../_shared/reference/days.ts";
import { dueAfterWorkingDays, sameDayResult, workingDaysAfter } from "../clock/working-days.ts";
import type { DossierDefinition, Term } from "./definition.ts";

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
    const due = step ? lastDayOf(step.term, start) : start;
    days.set(key, due);
    return due;
  };
  const steps = Object.fromEntries(definition.steps.map(({ key }) => [key, endOfDay(dayOf(key))]));
  const { groupWorkingDays } = definition;
  if (!groupWorkingDays) return { dossier: new Date(Math.max(...Object.values(steps).map(Number))), steps };
  const limit = verified ? groupWorkingDays.verified : groupWorkingDays.plain;
  return {
    dossier: endOfDay(dueAfterWorkingDays(receivedAt, limit)),
    steps,
  };
}

function lastDayOf(term: Term, start: LegalDay): LegalDay {
  switch (term.kind) {
    case "SAME_DAY":
      return start;
    case "WORKING_DAYS":
      return workingDaysAfter(start, term.days);
    case "CALENDAR_DAYS":
      return workingDaysAfter(addDays(start, term.days), 0);
  }
}
