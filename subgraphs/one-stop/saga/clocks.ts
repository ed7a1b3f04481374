import { legalDayOf } from "../../_shared/reference/days.ts";
import { explainDue } from "../clock/due.ts";
import type { ClockRules } from "../clock/rules.ts";
import { awaitUntil, extendClock, runClock, type StoredClock, stopClock } from "../clock/stored-clock.ts";
import { type SupplementRule, supplementRule } from "../clock/terms.ts";
import { dueDates } from "../definitions/due-plan.ts";
import { definitionOfSteps } from "../definitions/version-in-force.ts";
import { clockFacts } from "./clock-facts.ts";
import type { LiveDossier, StoredStep } from "./dossier.ts";
import { isTerminal, type StepState } from "./state.ts";

/** Business time, and the rules of the clock in force for the dossier. */
export type Moment = { now: Date; rules: ClockRules };

/**
 * Start of a step's term, if the change of state releases the step. A step that waited for the payment began with the receipt: the
 * waiting is a suspension.
 */
export function releaseOf({ state, clock }: Pick<StoredStep, "state" | "clock">, next: StepState, now: Date) {
  if (state !== "BLOCKED" || isTerminal(next)) return null;
  return clock?.suspensions[0]?.from ?? now.toISOString();
}

/** Clock while the fee is awaited. `payBy`: end of the term to pay (ISO text), null where there is none. */
export function paymentClock(clock: StoredClock | null, now: Date, payBy: string | null): StoredClock {
  // a supplement that was awaited until now ends with it
  return stopClock(runClock(clock, now), now, { reason: "PAYMENT", after: "RESUME", answerBy: payBy });
}

/** Clock of a step: suspended while its agency awaits papers, running in any other state. */
export function stepClockAfter(clock: StoredClock | null, next: StepState, now: Date): StoredClock | null {
  return next === "SUPPLEMENT_NEEDED" ? clock : runClock(clock, now);
}

/** End of the citizen's term to answer a supplement that is asked for now, and the clock of the step, which it stops. */
export function supplementDueAt(
  { definition, office }: LiveDossier,
  step: StoredStep,
  { now, rules }: Moment,
): { dueAt: string | null; clock: StoredClock | null } {
  const { term, after } = supplementRule(definition.domain, legalDayOf(now), rules.supplementRules);
  const calendar = rules.calendarAt({ agency: step.agency, office });
  const answerBy = term ? explainDue({ receivedAt: now, term, cutoff: null, calendar }).dueAt : null;
  const dueAt = answerBy?.toISOString() ?? null;
  return { dueAt, clock: awaitUntil(stopClock(step.clock, now, waiting(after, dueAt)), dueAt) };
}

/** Clock of the dossier: suspended while the citizen is awaited. A part that needs verification sets the longer limit. */
export function clockAfter(
  clock: StoredClock | null,
  { definition, steps: before }: LiveDossier,
  runs: boolean,
  steps: readonly StoredStep[],
  { now, rules }: Moment,
): StoredClock | null {
  const keys = steps.map(({ key }) => key);
  const { plain = 0, verified = 0 } = definitionOfSteps(definition, keys).groupWorkingDays ?? {};
  const isVerifying = steps.some(({ state }, index) => state === "PROCESSING" && before[index]?.state !== state);
  const isExtended = clock?.extensions.some(({ reason }) => reason === "VERIFICATION") ?? false;
  const longer =
    isVerifying && !isExtended && verified > plain
      ? extendClock(clock, { by: verified - plain, reason: "VERIFICATION" })
      : clock;
  if (runs) return runClock(longer, now);
  const { after } = supplementRule(definition.domain, legalDayOf(now), rules.supplementRules);
  const answers = steps.flatMap(({ state, supplement }) =>
    state === "SUPPLEMENT_NEEDED" && supplement?.dueAt ? [supplement.dueAt] : [],
  );
  const last = answers.sort().at(-1) ?? null;
  return awaitUntil(stopClock(longer, now, waiting(after, last)), last);
}

function waiting(after: SupplementRule["after"], answerBy: string | null) {
  return { reason: "CITIZEN", after, answerBy } as const;
}

/** Extends the clock of a group until the group is not due before a part that was extended. */
export function notBeforeParts(clock: StoredClock | null, dossier: LiveDossier, { rules }: Moment): StoredClock | null {
  const extended = dossier.steps.filter((step) => !isTerminal(step.state) && (step.clock?.extensions.length ?? 0) > 0);
  if (!dossier.definition.groupWorkingDays || extended.length === 0) return clock;
  const due = (candidate: StoredClock | null) => dueDates(clockFacts({ ...dossier, clock: candidate }), rules);
  const { steps } = due(clock);
  const last = Math.max(...extended.map(({ key }) => steps.get(key)?.dueAt.getTime() ?? 0));
  for (let by = 0; ; by++) {
    const candidate = by === 0 ? clock : extendClock(clock, { by, reason: "OFFICER" });
    if (due(candidate).dossier.dueAt.getTime() >= last) return candidate;
  }
}
