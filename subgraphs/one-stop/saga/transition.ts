import type { ClockRules, RulesLog } from "../clock/rules.ts";
import { extendClock, isStopped, type StoredClock } from "../clock/stored-clock.ts";
import { nextDeadline } from "../deadlines/deadlines.ts";
import { certificateAfter } from "../draft-certificates/certificate.ts";
import type { StoredCertificate } from "../draft-certificates/stored-certificate.ts";
import type { PaymentConfiguration } from "../payments/configuration.ts";
import { type NewOrder, statedOrder } from "../payments/new-order.ts";
import type { Owed, SagaPayment } from "../payments/payment.ts";
import { type Holding, holdingsAfter } from "../time-ledger/holdings.ts";
import type { BackoffPolicies } from "./backoff.ts";
import { clockAfter, notBeforeParts } from "./clocks.ts";
import { decide } from "./decide.ts";
import { type LiveDossier, type Marks, sagaState } from "./dossier.ts";
import { type AnsweredStep, type HistoryEntry, historyEntry, refundEntry } from "./history-entry.ts";
import { redated } from "./redating.ts";
import { type Command, type DossierState, isEnded, isTerminal, type SagaEvent, type SagaState } from "./state.ts";
import { keepAnswer, type StepChange, setTimes } from "./step-change.ts";
import { isSuspended, suspensionOf } from "./suspension.ts";

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

export type TransitionOptions = {
  now: Date;
  jitter: number;
  backoff: BackoffPolicies;
  actor: string;
  leaseFollowUps: boolean;
  rules: RulesLog;
  /** True if the events are all whose time has come. */
  looked?: boolean;
  /** End of the term to pay the fee (ISO text), where the work waits for it. */
  payBy?: string | null;
  /** Needed where an agency can state what is to be paid. */
  paying?: PaymentConfiguration;
};

/** Changes of a dossier by the events applied so far. */
type Draft = {
  readonly dossier: LiveDossier;
  readonly answered: AnsweredStep | null;
  readonly options: TransitionOptions;
  readonly rules: ClockRules;
  readonly changes: Map<string, StepChange>;
  readonly history: HistoryEntry[];
  readonly refunds: number[];
  saga: SagaState;
  certificate: StoredCertificate | null;
  clock: StoredClock | null;
  runs: boolean;
  /** Amounts that an agency has stated to be paid. */
  owed: Owed | null;
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
  const draft: Draft = {
    ...{ dossier, answered, options, rules: options.rules.at(dossier.rulesRevision) },
    ...{ changes: new Map(), history: [], refunds: [], saga: sagaState(dossier) },
    certificate: dossier.certificate,
    ...{ clock: dossier.clock, runs: !isStopped(dossier.clock) },
    owed: null,
  };
  for (const event of events) {
    const due = apply(draft, event);
    if (event.kind === "CALLED") leaseCall(draft, event.step);
    if (!options.leaseFollowUps) continue;
    for (const step of due) {
      apply(draft, { kind: "CALLED", step });
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
    ...{
      payment: saga.payment,
      newOrder: statedOrder(dossier, saga, draft.owed, options.paying),
      refunds: draft.refunds,
    },
    steps: [...changes.values()],
    history,
    newParty: answered?.answer.facts?.personalId ?? null,
    releasesDuplicateKeys: isOverWithoutGrant(saga) || (dossier.kind.repeatable === true && isOver(saga)),
  };
}

/** Marks that stay and new ones, with their time. */
function marksAfter({ dossier, saga, options }: Draft): Marks {
  const at = options.now.toISOString();
  return Object.fromEntries(saga.marks.map((mark) => [mark, dossier.marks[mark] ?? at]));
}

/** Moves the due date of the dossier, or of its open parts where the dossier is due with its last part. */
function apologise(draft: Draft, workingDays: number): void {
  const extension = { by: workingDays, reason: "APOLOGY" } as const;
  if (draft.dossier.definition.groupWorkingDays) draft.clock = extendClock(draft.clock, extension);
  else
    for (const { key, state } of draft.saga.steps) {
      if (!isTerminal(state)) changeOf(draft, key).clock = extendClock(changeOf(draft, key).clock, extension);
    }
}

/** True if another worker may hold the step, whose lease a write here would end. */
function isWorkedOn({ dossier, changes }: Draft, key: string): boolean {
  return !changes.has(key) && dossier.steps.find((step) => step.key === key)?.work !== null;
}

function isOver({ dossier, steps }: SagaState): boolean {
  return isEnded(dossier) && steps.every(({ state }) => isTerminal(state));
}

function isOverWithoutGrant(saga: SagaState): boolean {
  return isOver(saga) && !saga.steps.some(({ part, state }) => part && state === "GRANTED");
}

function changeOf({ dossier, changes }: Draft, key: string): StepChange {
  const known = changes.get(key);
  if (known) return known;
  const stored = dossier.steps.find((step) => step.key === key);
  if (!stored) throw new Error(`Dossier ${dossier.code} has no step ${key}`);
  const fresh = { ...stored, afterMs: null, lease: false };
  changes.set(key, fresh);
  return fresh;
}

/** @returns keys of the steps that are to be delivered at once */
function apply(draft: Draft, event: SagaEvent): string[] {
  const { options } = draft;
  const decision = decide(draft.saga, event, options.jitter, options.backoff);
  if (!draft.saga.payment && event.kind === "ANSWERED" && event.owed) draft.owed = event.owed;
  const deliverNow: string[] = [];
  changeCertificate(draft, decision.state, event);
  for (const command of decision.commands) {
    if (command.kind === "DELIVER" && command.afterMs === 0) deliverNow.push(command.step);
    obey(draft, command, event);
  }
  for (const step of decision.state.steps) {
    const before = draft.saga.steps.find(({ key }) => key === step.key);
    if (before === step) continue;
    const { state, delivery, attempts, failures, instruction } = step;
    const changed = changeOf(draft, step.key);
    if (changed.state !== state) setTimes(changed, state, options.now);
    Object.assign(changed, { state, delivery, attempts, failures, instruction });
  }
  suspendClocks(draft, decision.state);
  draft.saga = decision.state;
  return deliverNow;
}

function changeCertificate(draft: Draft, { certificate: state }: SagaState, event: SagaEvent): void {
  const { certificate, saga, dossier, options, rules } = draft;
  if (!certificate || !state || state === saga.certificate) return;
  draft.certificate = certificateAfter(certificate, state, event, { now: options.now, office: dossier.office, rules });
}

/** Suspends the terms that run from the receipt when a payment or the confirmation of the draft certificate is awaited. */
function suspendClocks(draft: Draft, next: SagaState): void {
  const { now, payBy = null } = draft.options;
  const suspend = suspensionOf(draft.saga, next, { now, payBy, confirmBy: draft.certificate?.confirmBy ?? null });
  if (!suspend) return;
  draft.clock = suspend(draft.clock);
  const first = draft.saga.steps.filter(({ dependsOn, state }) => dependsOn.length === 0 && !isTerminal(state));
  for (const { key } of first) {
    const changed = changeOf(draft, key);
    changed.clock = suspend(changed.clock);
  }
}

function obey(draft: Draft, command: Command, event: SagaEvent): void {
  switch (command.kind) {
    case "RECORD":
      draft.history.push(historyEntry(draft, command, event));
      return;
    case "REFUND":
      draft.refunds.push(command.amountVnd);
      draft.history.push(refundEntry(command.amountVnd));
      return;
    case "STOP_CLOCK":
    case "RUN_CLOCK":
      draft.runs = command.kind === "RUN_CLOCK";
      return;
    case "APOLOGISE":
      apologise(draft, command.workingDays);
      return;
    case "EXTEND": {
      const changed = changeOf(draft, command.step);
      changed.clock = extendClock(changed.clock, { by: command.workingDays, reason: "VERIFICATION" });
      return;
    }
    case "CLEAR_WORK":
      Object.assign(changeOf(draft, command.step), { work: null, afterMs: null, lease: false });
      return;
    default:
      Object.assign(changeOf(draft, command.step), { work: command.kind, afterMs: command.afterMs });
  }
}

/** Leases the step for the writer of the transition, which makes the call itself, unless the step has ended or is cancelled. */
function leaseCall(draft: Draft, key: string): void {
  const step = draft.saga.steps.find((each) => each.key === key);
  if (step?.state !== "SENT" || step.instruction === "CANCEL") return;
  Object.assign(changeOf(draft, key), { work: "DELIVER", afterMs: 0, lease: true });
}
