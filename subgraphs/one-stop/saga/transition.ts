import type { StoredAnswer } from "../../_shared/parts/procedure.ts";
import { endOfDay, legalDayOf } from "../../_shared/reference/days.ts";
import { dueAfterWorkingDays, workingDaysAfter } from "../clock/working-days.ts";
import { planDueDates } from "../definitions/due.ts";
import { branchesLeftOut, withoutBranches } from "../definitions/versions.ts";
import type { Paces } from "./backoff.ts";
import { decide } from "./decide.ts";
import { type LiveDossier, type StoredStep, sagaState } from "./dossier.ts";
import { type DossierState, isTerminal, type SagaEvent, type StepState } from "./state.ts";

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
  steps: StepChange[];
  history: HistoryEntry[];
  /** A personal number that now belongs to the dossier's parties. */
  newParty: string | null;
  /** The group's longer limit, where an agency turned out to have something to verify: the dossier is not due before. */
  notDueBefore: Date | null;
  /** Nothing was granted: another dossier may be opened for the same case. */
  releasesDuplicateKeys: boolean;
};

export type TransitionOptions = { now: Date; chance: number; paces: Paces; actor: string; leaseFollowUps: boolean };
export type AnsweredStep = { key: string; answer: StoredAnswer };

/**
 * What events make of a dossier, as rows to write. Pure: `decide` says what happens, this adds what the law's calendar and
 * the agency's answer bring along. Follow-up deliveries that are due at once are leased by the writer, if it has room.
 */
export function transition(
  dossier: LiveDossier,
  events: readonly SagaEvent[],
  answered: AnsweredStep | null,
  options: TransitionOptions,
): Transition {
  const changes = new Map<string, StepChange>();
  const history: HistoryEntry[] = [];
  let saga = sagaState(dossier);
  const change = (key: string): StepChange => {
    const known = changes.get(key);
    if (known) return known;
    const stored = dossier.steps.find((step) => step.key === key);
    if (!stored) throw new Error(`Dossier ${dossier.code} has no step ${key}`);
    const fresh = { ...stored, afterMs: null, lease: false };
    changes.set(key, fresh);
    return fresh;
  };
  const apply = (event: SagaEvent): string[] => {
    const decision = decide(saga, event, options.chance, options.paces);
    const deliverNow: string[] = [];
    for (const command of decision.commands) {
      if (command.kind === "RECORD") history.push(entry(dossier, command, answered, options));
      else if (command.kind === "REST")
        Object.assign(change(command.step), { work: null, afterMs: null, lease: false });
      else {
        Object.assign(change(command.step), { work: command.kind, afterMs: command.afterMs });
        if (command.kind === "DELIVER" && command.afterMs === 0) deliverNow.push(command.step);
      }
    }
    for (const step of decision.state.steps) {
      const before = saga.steps.find((s) => s.key === step.key);
      if (before === step) continue;
      const { state, delivery, attempts, failures } = step;
      const changed = change(step.key);
      if (changed.state !== state) timeOf(dossier, changed, state, options.now);
      Object.assign(changed, { state, delivery, attempts, failures });
    }
    saga = decision.state;
    return deliverNow;
  };
  /** The writer of the transition makes the call itself, under a lease; not if the step is over. */
  const takeOn = (key: string): void => {
    if (saga.steps.find((step) => step.key === key)?.state !== "SENT") return;
    Object.assign(change(key), { work: "DELIVER", afterMs: 0, lease: true });
  };
  for (const event of events) {
    const due = apply(event);
    if (event.kind === "CALLED") takeOn(event.step);
    if (!options.leaseFollowUps) continue;
    for (const step of due) {
      apply({ kind: "CALLED", step });
      takeOn(step);
    }
  }
  if (answered) keepAnswer(change(answered.key), answered.answer, options.now);
  return {
    state: saga.dossier,
    outcome: saga.outcome,
    completed: saga.outcome !== null && dossier.outcome === null,
    steps: [...changes.values()],
    history,
    newParty: answered?.answer.facts?.personalId ?? null,
    notDueBefore: [...changes.values()].some((step) => step.state === "PROCESSING") ? verifiedLimit(dossier) : null,
    releasesDuplicateKeys: saga.outcome === "REFUSED",
  };
}

/** Terms run from the day a step is released, by the group's 15:00 rule; a finished step keeps the day it was decided. */
function timeOf(dossier: LiveDossier, step: StepChange, next: StepState, now: Date): void {
  const term = dossier.definition.steps.find((s) => s.key === step.key)?.term;
  if (step.state === "BLOCKED" && next === "READY" && term?.kind === "WORKING_DAYS") {
    step.dueAt = endOfDay(dueAfterWorkingDays(now, term.days)).toISOString();
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
  if (answer.supplement && !step.supplement) {
    const dueAt = endOfDay(workingDaysAfter(legalDayOf(now), SUPPLEMENT_WORKING_DAYS)).toISOString();
    step.supplement = { requestedAt: now.toISOString(), dueAt, items: answer.supplement };
  }
}

function entry(
  dossier: LiveDossier,
  record: { step: string | null; state: StepState | DossierState },
  answered: AnsweredStep | null,
  options: TransitionOptions,
): HistoryEntry {
  const step = dossier.steps.find((s) => s.key === record.step);
  const own = answered !== null && answered.key === record.step;
  const { title } = dossier.definition.steps.find(({ key }) => key === record.step) ?? {};
  const notes = [title, own ? answered.answer.refusal?.message : undefined];
  return {
    stepKey: record.step,
    state: record.state,
    actor: own && step ? step.agency : options.actor,
    note: notes.filter(Boolean).join(": ") || null,
  };
}
