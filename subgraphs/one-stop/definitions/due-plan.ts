import { type DueRequest, type Explained, explainDue } from "../clock/due.ts";
import type { ClockRules } from "../clock/rules.ts";
import { type StoredClock, suspensionsOf } from "../clock/stored-clock.ts";
import { cutoffOf, type Term } from "../clock/terms.ts";
import type { DossierDefinition, StepDefinition } from "./definition.ts";

/** Facts of a step that its due date depends on. `releasedAt` is null while the step is blocked. */
export type StepFacts = { key: string; releasedAt: string | Date | null; clock: StoredClock | null };

/** Facts of a dossier that its due dates depend on. */
export type ClockFacts = {
  definition: DossierDefinition;
  office: string;
  receivedAt: Date;
  clock: StoredClock | null;
  steps: readonly StepFacts[];
};

/** Due dates of a dossier and of its steps, each with its explanation. */
export type DueDates = { dossier: Dated; steps: ReadonlyMap<string, Dated> };
type Dated = Explained & { dueAt: Date };

/**
 * Due dates of a dossier and its steps. A step's term begins with its release; that of a blocked step is planned from the
 * latest due date of the steps that it depends on. A dossier without `groupWorkingDays` is due with its last step.
 */
export function dueDates(facts: ClockFacts, rules: ClockRules): DueDates {
  const steps = new Map<string, Dated>();
  const dueOf = (step: StepDefinition): Dated => {
    const known = steps.get(step.key) ?? explainStep(facts, step, rules, beginOf(step));
    steps.set(step.key, known);
    return known;
  };
  const beginOf = ({ dependsOn }: StepDefinition): Date => {
    const awaited = facts.definition.steps.filter(({ key }) => dependsOn.includes(key));
    return new Date(Math.max(facts.receivedAt.getTime(), ...awaited.map((step) => dueOf(step).dueAt.getTime())));
  };
  for (const step of facts.definition.steps) dueOf(step);
  const { groupWorkingDays } = facts.definition;
  const dossier = groupWorkingDays ? explainGroup(facts, groupWorkingDays.plain, rules) : latest([...steps.values()]);
  return { dossier, steps };
}

/** Due dates of a new dossier, none of whose steps is released. */
export function planDueDates(
  definition: DossierDefinition,
  { office, receivedAt, clock }: Pick<ClockFacts, "office" | "receivedAt" | "clock">,
  rules: ClockRules,
): DueDates {
  return dueDates({ definition, office, receivedAt, clock, steps: [] }, rules);
}

function explainGroup(facts: ClockFacts, days: number, rules: ClockRules): Dated {
  const { definition, office, receivedAt, clock } = facts;
  const term: Term = { quantity: days, unit: "WORKING_DAY" };
  const subject = { domain: definition.domain, procedure: definition.code, office };
  return dated({
    ...{ receivedAt, term, cutoff: cutoffOf(definition.domain, term.unit, rules.cutoffs) },
    ...{ suspensions: suspensionsOf(clock), extensions: clock?.extensions ?? [] },
    ...{ calendar: rules.calendarAt({ agency: "ONE_STOP", office }), serviceRules: rules.serviceRules, subject },
  });
}

function explainStep(
  { definition, office, receivedAt, steps }: ClockFacts,
  step: StepDefinition,
  rules: ClockRules,
  planned: Date,
): Dated {
  const stored = steps.find(({ key }) => key === step.key);
  const releasedAt = stored?.releasedAt ? new Date(stored.releasedAt) : null;
  const clock = stored?.clock ?? null;
  const cutoff = cutoffOf(definition.domain, step.term.unit, rules.cutoffs);
  const startsAt = releasedAt ?? (step.dependsOn.length === 0 ? receivedAt : null);
  const begin: Pick<DueRequest, "receivedAt" | "begins" | "cutoff"> =
    startsAt === null
      ? { receivedAt: planned, begins: "PLANNED", cutoff: null }
      : { receivedAt: startsAt, begins: Number(startsAt) === Number(receivedAt) ? "RECEIVED" : "RELEASED", cutoff };
  return dated({
    ...{ ...begin, term: step.term, suspensions: suspensionsOf(clock), extensions: clock?.extensions ?? [] },
    ...{ calendar: rules.calendarAt({ agency: step.agency, office }), serviceRules: rules.serviceRules },
    subject: { domain: definition.domain, procedure: step.procedure, office },
  });
}

function dated(request: DueRequest): Dated {
  const { dueAt, ...explained } = explainDue(request);
  if (!dueAt) throw new Error("A suspension of a stored clock has a planned end");
  return { ...explained, dueAt };
}

function latest(all: readonly Dated[]): Dated {
  const [first, ...others] = all;
  if (!first) throw new Error("A definition has steps");
  return others.reduce((late, next) => (next.dueAt > late.dueAt ? next : late), first);
}
