/**
 * States of a step: one call to one agency. For a step that is a part of the dossier these are the part's public
 * states. `GRANTED`, `REFUSED`, `CANCELLED` and `NOT_APPLICABLE` are terminal.
 */
export const STEP_STATES = [
  "BLOCKED",
  "READY",
  "SENT",
  "PROCESSING",
  "SUPPLEMENT_NEEDED",
  "GRANTED",
  "REFUSED",
  "CANCELLED",
  "NOT_APPLICABLE",
] as const;
export type StepState = (typeof STEP_STATES)[number];

/**
 * The transport's truth about a step, apart from the agency's decision. `QUEUED`: surely not at the agency;
 * `SENT`: a first call is under way; `UNKNOWN`: some call may have arrived; `ACKNOWLEDGED`: the agency answered.
 */
export const DELIVERY_STATES = ["QUEUED", "SENT", "ACKNOWLEDGED", "UNKNOWN"] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** States of a dossier; the last three are exits. */
export const DOSSIER_STATES = [
  "RECEIVED",
  "IN_PROGRESS",
  "AWAITING_CITIZEN",
  "AWAITING_PAYMENT",
  "COMPLETED",
  "RETURNED",
  "NOT_ACCEPTED",
  "WITHDRAWN",
  "STOPPED",
] as const;
export type DossierState = (typeof DOSSIER_STATES)[number];

/** What became of a completed dossier, over its parts only. */
export const OUTCOMES = ["GRANTED", "PARTLY_GRANTED", "REFUSED"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** TrangThaiHoSo of the national portal (code list of TT 03/2025/TT-VPCP); 1 is a draft, which is never stored. */
export const NATIONAL_STATUS: Readonly<Record<DossierState, number>> = {
  RECEIVED: 2,
  NOT_ACCEPTED: 3,
  IN_PROGRESS: 4,
  AWAITING_CITIZEN: 5,
  AWAITING_PAYMENT: 6,
  WITHDRAWN: 7,
  STOPPED: 8,
  COMPLETED: 9,
  RETURNED: 10,
};

/** What a finished step can and cannot take back: a registered birth is a legal fact, whatever happens afterwards. */
export type Effect = "REVERSIBLE" | "CORRECTABLE" | "LEGAL_FACT";

/** Instruction of a person to an agency that has a part: a decision, the answer to a supplement, or a cancellation. */
export const INSTRUCTIONS = ["DECIDE", "ANSWER", "CANCEL"] as const;
export type Instruction = (typeof INSTRUCTIONS)[number];

/** One call of a saga to one agency, idempotent by the key of its part or step. */
export type Step = {
  readonly key: string;
  /** False for a step without a part of its own: it is in the history, not among the dossier's parts. */
  readonly part: boolean;
  readonly agency: string;
  readonly dependsOn: readonly string[];
  readonly effect: Effect;
  /** True if officers decide the step in the desk's own work list: the agency's service is not called. */
  readonly officer: boolean;
  /** Instruction that the agency has not answered yet. */
  readonly instruction: Instruction | null;
  readonly state: StepState;
  readonly delivery: DeliveryState;
  /** How often delivery was tried in all; questions about the status do not count. */
  readonly attempts: number;
  /** Consecutive calls that changed nothing (no answer, or "still working"); drives the backoff. */
  readonly failures: number;
};

/** All that `decide` knows of one dossier. */
export type SagaState = {
  readonly dossier: DossierState;
  /** Null until the dossier is completed. */
  readonly outcome: Outcome | null;
  /** True when the handover is `ELECTRONIC` without paper copies: the dossier is returned as soon as completed. */
  readonly returnsAtOnce: boolean;
  readonly steps: readonly Step[];
};

/** States an agency can answer with. */
export type AnswerState = Extract<StepState, "PROCESSING" | "SUPPLEMENT_NEEDED" | "GRANTED" | "REFUSED" | "CANCELLED">;

/** What can happen to a saga. `step` is a step's key. */
export type SagaEvent =
  /** The dossier is durable. */
  | { readonly kind: "ACCEPTED" }
  /** A worker has leased the step and is about to call the agency: committed before the call. */
  | { readonly kind: "CALLED"; readonly step: string }
  /** The agency answered, to a delivery or to a question about the status. */
  | {
      readonly kind: "ANSWERED";
      readonly step: string;
      readonly answer: { readonly state: AnswerState };
      /** True if this answers the pending instruction. */
      readonly instructed?: boolean;
    }
  /** A person decided a part, or answered its supplement. */
  | { readonly kind: "INSTRUCTED"; readonly step: string; readonly instruction: Exclude<Instruction, "CANCEL"> }
  /** The citizen withdraws the dossier: open parts are cancelled, granted ones stay. */
  | { readonly kind: "WITHDRAWN" }
  /** The desk handed the results over. */
  | { readonly kind: "HANDED_OVER" }
  /** No answer. `NO`: this call surely did not arrive (connection refused); `UNKNOWN`: timeout, broken pipe, 5xx. */
  | { readonly kind: "NOT_ANSWERED"; readonly step: string; readonly delivered: "NO" | "UNKNOWN" }
  /** Asked for the status, the agency does not know the part (its register was restored from a backup). */
  | { readonly kind: "NOT_FOUND"; readonly step: string }
  /** A reconciliation found these steps without work or behind their agency, or steps that wait for nothing. */
  | { readonly kind: "RESUMED"; readonly steps: readonly string[] };

/** What the store has to do in the same transaction, in this order. `afterMs` counts from the database's now. */
export type Command =
  | { readonly kind: "DELIVER"; readonly step: string; readonly afterMs: number }
  | { readonly kind: "ASK_STATUS"; readonly step: string; readonly afterMs: number }
  | { readonly kind: "INSTRUCT"; readonly step: string; readonly afterMs: number }
  /** Nothing more to do for this step: drop what is queued for it. */
  | { readonly kind: "REST"; readonly step: string }
  /** An entry of the history: of a step, or of the dossier where `step` is null. */
  | { readonly kind: "RECORD"; readonly step: string | null; readonly state: StepState | DossierState };

/** True if a step is over for good. */
export function isTerminal(state: StepState): boolean {
  return state === "GRANTED" || state === "REFUSED" || state === "CANCELLED" || state === "NOT_APPLICABLE";
}
