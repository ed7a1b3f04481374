import type { ClockRules } from "../clock/rules.ts";
import { dueDates } from "../definitions/due-plan.ts";
import { clockFacts } from "./clock-facts.ts";
import type { LiveDossier } from "./dossier.ts";
import { isEnded } from "./state.ts";

/** Due dates to write. An ended dossier keeps its dates. */
export type Redated = { dossier: Date; steps: { key: string; dueAt: string }[] };

/** Due dates of an open dossier and its parts by the given rules; parts with an unchanged date are omitted. */
export function redated(dossier: LiveDossier, rules: ClockRules): Redated {
  if (isEnded(dossier.state)) return { dossier: dossier.dueAt, steps: [] };
  const due = dueDates(clockFacts(dossier), rules);
  const parts = dossier.definition.steps.filter(({ part }) => part).map(({ key }) => key);
  const steps = dossier.steps.flatMap(({ key, dueAt: before }) => {
    const dueAt = due.steps.get(key)?.dueAt;
    const isMoved = dueAt && (before === null || Date.parse(before) !== dueAt.getTime());
    return parts.includes(key) && isMoved ? [{ key, dueAt: dueAt.toISOString() }] : [];
  });
  return { dossier: due.dossier.dueAt, steps };
}
