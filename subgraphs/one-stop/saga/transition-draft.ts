import type { ClockRules, RulesLog } from "../clock/rules.ts";
import { isStopped, type StoredClock } from "../clock/stored-clock.ts";
import type { StoredCertificate } from "../draft-certificates/stored-certificate.ts";
import type { PaymentConfiguration } from "../payments/configuration.ts";
import type { Owed } from "../payments/payment.ts";
import type { BackoffPolicies } from "./backoff.ts";
import { type LiveDossier, type Marks, sagaState } from "./dossier.ts";
import type { AnsweredStep, HistoryEntry } from "./history-entry.ts";
import type { SagaState } from "./state.ts";
import type { StepChange } from "./step-change.ts";

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
export type Draft = {
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

/** Draft without a change. */
export function draftOf(dossier: LiveDossier, answered: AnsweredStep | null, options: TransitionOptions): Draft {
  return {
    ...{ dossier, answered, options, rules: options.rules.at(dossier.rulesRevision) },
    ...{ changes: new Map(), history: [], refunds: [], saga: sagaState(dossier) },
    certificate: dossier.certificate,
    ...{ clock: dossier.clock, runs: !isStopped(dossier.clock) },
    owed: null,
  };
}

/** Change of a step, which begins as its row. */
export function changeOf({ dossier, changes }: Draft, key: string): StepChange {
  const known = changes.get(key);
  if (known) return known;
  const stored = dossier.steps.find((step) => step.key === key);
  if (!stored) throw new Error(`Dossier ${dossier.code} has no step ${key}`);
  const fresh = { ...stored, afterMs: null, lease: false };
  changes.set(key, fresh);
  return fresh;
}

/** Leases the step for the writer of the transition, which makes the call itself, unless the step has ended or is cancelled. */
export function leaseCall(draft: Draft, key: string): void {
  const step = draft.saga.steps.find((each) => each.key === key);
  if (step?.state !== "SENT" || step.instruction === "CANCEL") return;
  Object.assign(changeOf(draft, key), { work: "DELIVER", afterMs: 0, lease: true });
}

/** True if another worker may hold the step, whose lease a write here would end. */
export function isWorkedOn({ dossier, changes }: Draft, key: string): boolean {
  return !changes.has(key) && dossier.steps.find((step) => step.key === key)?.work !== null;
}

/** Marks that stay and new ones, with their time. */
export function marksAfter({ dossier, saga, options }: Draft): Marks {
  const at = options.now.toISOString();
  return Object.fromEntries(saga.marks.map((mark) => [mark, dossier.marks[mark] ?? at]));
}
