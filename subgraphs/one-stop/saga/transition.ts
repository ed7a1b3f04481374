import type { StoredAnswer } from "../../_shared/parts/procedure.ts";
import { endOfDay, legalDayOf } from "../../_shared/reference/days.ts";
import { type AgencyCode, subgraphOf } from "../../agency-registry.ts";
import { dueAfterWorkingDays, workingDaysAfter } from "../clock/working-days.ts";
import { planDueDates } from "../definitions/due.ts";
import { branchesLeftOut, withoutBranches } from "../definitions/versions.ts";
import type { Paces } from "./backoff.ts";
import { decide } from "./decide.ts";
import { type LiveDossier, type StoredStep, sagaState } from "./dossier.ts";
import { type DossierState, isTerminal, type SagaEvent, type SagaState, type StepState } from "./state.ts";
import { type DossierClock, dueAfterSuspension, resumed, suspended } from "./suspension.ts";

/** NĐ 63/2024: the applicant has seven working days for a supplement. */
const SUPPLEMENT_WORKING_DAYS = 7;

/** A step to write: its new values, in how long it is to be worked on, and whether the writer takes it on at once. */
export type StepChange = StoredStep & { afterMs: number | null; lease: boolean };
export type HistoryEntry = {
  stepKey: string | null;
  state: StepState | DossierState;
  actor: string;
  note: string | null;
};
export type Transition = {
  state: DossierState;
  outcome: LiveDossier["outcome"];
  completed: boolean;
  clock: DossierClock;
  steps: StepChange[];
  history: HistoryEntry[];
  /** A personal number that now belongs to the dossier's parties. */
  newParty: string | null;
  /** Nothing was granted: another dossier may be opened for the same case. */
  releasesDuplicateKeys: boolean;
};

export type TransitionOptions = { now: Date; chance: number; paces: Paces; actor: string; leaseFollowUps: boolean };
export type AnsweredStep = { key: string; answer: StoredAnswer };

/** Changes of a dossier that events have made so far. */
type Draft = {
  readonly dossier: LiveDossier;
  readonly answered: AnsweredStep | null;
  readonly options: TransitionOptions;
  readonly changes: Map<string, StepChange>;
  readonly history: HistoryEntry[];
  saga: SagaState;
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
  const draft: Draft = { dossier, answered, options, changes: new Map(), history: [], saga: sagaState(dossier) };
  for (const event of events) {
    const due = apply(draft, event);
    if (event.kind === "CALLED") leaseCall(draft, event.step);
    if (!options.leaseFollowUps) continue;
    for (const step of due) {
      apply(draft, { kind: "CALLED", step });
      leaseCall(draft, step);
    }
  }
  if (answered) keepAnswer(changeOf(draft, answered.key), answered.answer, options.now);
  const { saga, changes, history } = draft;
  return {
    state: saga.dossier,
    outcome: saga.outcome,
    completed: saga.outcome !== null && dossier.outcome === null,
    clock: clockAfter(draft),
    steps: [...changes.values()],
    history,
    newParty: answered?.answer.facts?.personalId ?? null,
    releasesDuplicateKeys: isOverWithoutGrant(saga),
  };
}

function isOverWithoutGrant({ outcome, dossier, steps }: SagaState): boolean {
  if (dossier !== "WITHDRAWN") return outcome === "REFUSED";
  return steps.every(({ state }) => isTerminal(state)) && !steps.some(({ part, state }) => part && state === "GRANTED");
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
  const { dossier, options } = draft;
  const decision = decide(draft.saga, event, options.chance, options.paces);
  const deliverNow: string[] = [];
  for (const command of decision.commands) {
    if (command.kind === "RECORD") draft.history.push(entry(draft, command, event));
    else if (command.kind === "REST")
      Object.assign(changeOf(draft, command.step), { work: null, afterMs: null, lease: false });
    else {
      Object.assign(changeOf(draft, command.step), { work: command.kind, afterMs: command.afterMs });
      if (command.kind === "DELIVER" && command.afterMs === 0) deliverNow.push(command.step);
    }
  }
  for (const step of decision.state.steps) {
    const before = draft.saga.steps.find(({ key }) => key === step.key);
    if (before === step) continue;
    const { state, delivery, attempts, failures, instruction } = step;
    const changed = changeOf(draft, step.key);
    if (changed.state !== state) setTimes(dossier, changed, state, options.now);
    Object.assign(changed, { state, delivery, attempts, failures, instruction });
  }
  draft.saga = decision.state;
  return deliverNow;
}

/** The writer of the transition makes the call itself, under a lease, unless the step has ended. */
function leaseCall(draft: Draft, key: string): void {
  if (draft.saga.steps.find((step) => step.key === key)?.state !== "SENT") return;
  Object.assign(changeOf(draft, key), { work: "DELIVER", afterMs: 0, lease: true });
}

/** The clock is suspended while the citizen is awaited. A part that needs verification sets the longer limit. */
function clockAfter({ dossier, saga, changes, options: { now } }: Draft): DossierClock {
  const { suspendedAt, dueAtSuspension } = dossier;
  const verified = [...changes.values()].some(({ state }) => state === "PROCESSING") ? verifiedLimit(dossier) : null;
  const longer = (due: Date) => (verified && verified > due ? verified : due);
  const clock: DossierClock = {
    ...{ suspendedAt, dueAtSuspension: dueAtSuspension && longer(dueAtSuspension) },
    dueAt: longer(dossier.dueAt),
  };
  if (saga.dossier !== "AWAITING_CITIZEN") return resumed(clock, now);
  const steps = dossier.steps.map((step) => changes.get(step.key) ?? step);
  const answers = steps.flatMap(({ state, supplement }) =>
    state === "SUPPLEMENT_NEEDED" && supplement ? [Date.parse(supplement.dueAt)] : [],
  );
  const last = new Date(Math.max(now.getTime(), ...answers));
  return suspended(clock, now, last);
}

/** A term runs from the day on which the step is released, by the 15:00 rule of the group. */
function setTimes(dossier: LiveDossier, step: StepChange, next: StepState, now: Date): void {
  const term = dossier.definition.steps.find(({ key }) => key === step.key)?.term;
  if (step.state === "BLOCKED" && next === "READY" && term?.kind === "WORKING_DAYS") {
    step.dueAt = endOfDay(dueAfterWorkingDays(now, term.days)).toISOString();
  }
  if (next === "SENT" && !step.firstSentAt) step.firstSentAt = now.toISOString();
  if (step.state === "SUPPLEMENT_NEEDED" && step.supplement?.partDueAt) {
    const { partDueAt, requestedAt } = step.supplement;
    step.dueAt = dueAfterSuspension(new Date(partDueAt), new Date(requestedAt), now).toISOString();
  }
  if (isTerminal(next)) step.completedAt = now.toISOString();
}

/** NĐ 63/2024: five working days instead of three if something is verified, known beforehand or not. */
function verifiedLimit({ definition, steps, receivedAt }: LiveDossier): Date {
  const leftOut = branchesLeftOut(
    definition,
    steps.map(({ key }) => key),
  );
  return planDueDates(withoutBranches(definition, leftOut), receivedAt, true).dossier;
}

function keepAnswer(step: StepChange, answer: StoredAnswer, now: Date): void {
  if (step.state !== answer.state) return; // the answer came too late to change anything
  if (answer.result) Object.assign(step, { resultType: answer.result.type, resultId: answer.result.id });
  if (answer.facts) step.facts = answer.facts;
  if (answer.refusal) step.refusal = answer.refusal;
  if (answer.supplement && step.state === "SUPPLEMENT_NEEDED" && !isSameRequest(step, answer)) {
    const dueAt = endOfDay(workingDaysAfter(legalDayOf(now), SUPPLEMENT_WORKING_DAYS));
    const partDueAt = step.dueAt;
    if (partDueAt) step.dueAt = dueAfterSuspension(new Date(partDueAt), now, dueAt).toISOString();
    step.supplement = {
      ...{ requestedAt: now.toISOString(), dueAt: dueAt.toISOString(), items: answer.supplement, partDueAt },
    };
  }
}

/** True if the agency repeats the request for papers that the dossier has already. */
function isSameRequest({ supplement }: StepChange, answer: StoredAnswer): boolean {
  return (
    supplement !== null &&
    !supplement.answeredAt &&
    JSON.stringify(supplement.items) === JSON.stringify(answer.supplement)
  );
}

function entry(
  { dossier, answered, options }: Draft,
  record: { step: string | null; state: StepState | DossierState },
  event: SagaEvent,
): HistoryEntry {
  const step = dossier.steps.find(({ key }) => key === record.step);
  const own = answered !== null && answered.key === record.step;
  const { title } = dossier.definition.steps.find(({ key }) => key === record.step) ?? {};
  const notes = [title, own ? answered.answer.refusal?.message : undefined];
  if (step && event.kind === "NOT_ANSWERED") notes.push(noResponse(step.agency));
  return {
    stepKey: record.step,
    state: record.state,
    actor: own && step ? step.agency : options.actor,
    note: notes.filter(Boolean).join(": ") || null,
  };
}

function noResponse(agency: AgencyCode): string {
  return `${subgraphOf(agency).vi} chưa trả lời; hệ thống sẽ tự động gửi lại`;
}
