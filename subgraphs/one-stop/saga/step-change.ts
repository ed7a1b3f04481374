import type { Likeness } from "../../_shared/parts/likeness.ts";
import type { StoredAnswer } from "../../_shared/parts/procedure.ts";
import { type Moment, releaseOf, stepClockAfter, supplementDueAt } from "./clocks.ts";
import type { LiveDossier, StoredStep } from "./dossier.ts";
import { isSameRequest } from "./same-request.ts";
import { isTerminal, type StepState } from "./state.ts";

/** New values of a step. Its work is due `afterMs` from now; with `lease` the writer takes the lease in the same transaction. */
export type StepChange = StoredStep & {
  afterMs: number | null;
  lease: boolean;
  /** Similar entries to compare with, if the agency has found new ones. */
  likenesses?: readonly Likeness[];
};

/** Sets the times that the next state of the step begins or ends. */
export function setTimes(step: StepChange, next: StepState, now: Date): void {
  if (next === "SENT" && !step.firstSentAt) step.firstSentAt = now.toISOString();
  step.releasedAt ??= releaseOf(step, next, now);
  step.clock = stepClockAfter(step.clock, next, now);
  if (isTerminal(next)) step.completedAt = now.toISOString();
}

/** Keeps what the agency's answer says, with the time of a decision, unless the answer came too late to change anything. */
export function keepAnswer(step: StepChange, answer: StoredAnswer, dossier: LiveDossier, moment: Moment): void {
  if (step.state !== answer.state) return;
  if (answer.decidedAt && isTerminal(step.state)) step.completedAt = new Date(answer.decidedAt).toISOString();
  if (answer.result) Object.assign(step, { resultType: answer.result.type, resultId: answer.result.id });
  if (answer.facts) step.facts = answer.facts;
  if (answer.refusal) step.refusal = answer.refusal;
  // a decided part keeps those of its decision, with the officer who compared them
  if (answer.likenesses && step.state === "PROCESSING" && step.instruction === null)
    step.likenesses = answer.likenesses;
  if (answer.supplement && step.state === "SUPPLEMENT_NEEDED" && !isSameRequest(step, answer)) {
    const { dueAt, clock } = supplementDueAt(dossier, step, moment);
    step.clock = clock;
    step.supplement = { requestedAt: moment.now.toISOString(), dueAt, items: answer.supplement };
  }
}
