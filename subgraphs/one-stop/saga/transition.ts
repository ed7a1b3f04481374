import type { StoredClock } from "../clock/stored-clock.ts";
import { nextDeadline } from "../deadlines/deadlines.ts";
import type { StoredCertificate } from "../draft-certificates/stored-certificate.ts";
import { type NewOrder, statedOrder } from "../payments/new-order.ts";
import type { SagaPayment } from "../payments/payment.ts";
import { type Holding, holdingsAfter } from "../time-ledger/holdings.ts";
import { applyEvent } from "./apply-event.ts";
import { clockAfter, notBeforeParts } from "./clocks.ts";
import type { LiveDossier, Marks } from "./dossier.ts";
import type { AnsweredStep, HistoryEntry } from "./history-entry.ts";
import { redated } from "./redating.ts";
import { type DossierState, isEnded, isTerminal, type SagaEvent, type SagaState } from "./state.ts";
import { keepAnswer, type StepChange } from "./step-change.ts";
import { isSuspended } from "./suspension.ts";
import { changeOf, draftOf, isWorkedOn, leaseCall, marksAfter, type TransitionOptions } from "./transition-draft.ts";

export type Transition = {
  state: DossierState;
  outcome: LiveDossier["outcome"];
  completed: boolean;
  clock: StoredClock | null;
  dueAt: Date;
  holdings: readonly Holding[];
  marks: Marks;
  /** Business time at which the dossier has to be looked at next; null if it has ended. */
  deadlineAt: Date | null;
  /** Payment order, and the refunds to order in dong. */
  payment: SagaPayment | null;
  /** The order, if the events have made it. */
  newOrder: NewOrder | null;
  refunds: readonly number[];
  certificate: StoredCertificate | null;
  steps: StepChange[];
  history: HistoryEntry[];
  /** Personal number to add to the parties of the dossier. */
  newParty: string | null;
  /** True if another dossier may be opened for the same case: nothing was granted, or the kind is repeatable and complete. */
  releasesDuplicateKeys: boolean;
};

/**
 * Applies events to a dossier and returns the rows to write. Pure: `decide` makes the decisions; this adds due dates and the
 * agency's answer. The writer leases follow-up deliveries that are due at once, if `leaseFollowUps` is set.
 */
export function transition(
  dossier: LiveDossier,
  events: readonly SagaEvent[],
  answered: AnsweredStep | null,
  options: TransitionOptions,
): Transition {
  const draft = draftOf(dossier, answered, options);
  for (const event of events) {
    const due = applyEvent(draft, event);
    if (event.kind === "CALLED") leaseCall(draft, event.step);
    if (!options.leaseFollowUps) continue;
    for (const step of due) {
      applyEvent(draft, { kind: "CALLED", step });
      leaseCall(draft, step);
    }
  }
  const moment = { now: options.now, rules: draft.rules };
  if (answered) keepAnswer(changeOf(draft, answered.key), answered.answer, dossier, moment);
  const { saga, changes, history } = draft;
  const steps = dossier.steps.map((step) => changes.get(step.key) ?? step);
  const counted = isSuspended(saga) ? draft.clock : clockAfter(draft.clock, dossier, draft.runs, steps, moment);
  const clock = notBeforeParts(counted, { ...dossier, steps }, moment);
  const due = redated({ ...dossier, clock, steps }, draft.rules);
  for (const { key, dueAt } of due.steps) if (!isWorkedOn(draft, key)) changeOf(draft, key).dueAt = dueAt;
  const { certificate } = draft;
  const dated = { clock, dueAt: due.dossier, marks: marksAfter(draft), certificate };
  const after = { ...dossier, steps, state: saga.dossier, ...dated };
  return {
    state: saga.dossier,
    outcome: saga.outcome,
    completed: saga.outcome !== null && dossier.outcome === null,
    ...dated,
    deadlineAt: nextDeadline(after, draft.rules, options.now, options.looked === true),
    holdings: holdingsAfter(dossier.holdings, { state: saga.dossier, steps }, options.now),
    payment: saga.payment,
    newOrder: statedOrder(dossier, saga, draft.owed, options.paying),
    refunds: draft.refunds,
    steps: [...changes.values()],
    history,
    newParty: answered?.answer.facts?.personalId ?? null,
    releasesDuplicateKeys: isOverWithoutGrant(saga) || (dossier.kind.repeatable === true && isOver(saga)),
  };
}

function isOver({ dossier, steps }: SagaState): boolean {
  return isEnded(dossier) && steps.every(({ state }) => isTerminal(state));
}

function isOverWithoutGrant(saga: SagaState): boolean {
  return isOver(saga) && !saga.steps.some(({ part, state }) => part && state === "GRANTED");
}
