import type { CertificateState } from "../draft-certificates/stored-certificate.ts";
import type { Owed, PaymentState, SagaPayment } from "../payments/payment.ts";

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
 * State of the delivery of a step, independent of the agency's decision. `QUEUED`: certainly not at the agency; `SENT`: the
 * first call is in flight; `UNKNOWN`: a call may have arrived; `ACKNOWLEDGED`: the agency has answered.
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

/** Outcome of a completed dossier, over its parts only. */
export const OUTCOMES = ["GRANTED", "PARTLY_GRANTED", "REFUSED"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** TrangThaiHoSo of the national portal (code list of TT 03/2025/TT-VPCP); 1 is that of a draft, which is no dossier yet. */
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

/** Reversibility of a finished step: a registered birth is a legal fact, whatever happens afterwards. */
export type Effect = "REVERSIBLE" | "CORRECTABLE" | "LEGAL_FACT";

/** Instruction of a person to an agency that has a part: a decision, the answer to a supplement, or a cancellation. */
export const INSTRUCTIONS = ["DECIDE", "ANSWER", "CANCEL"] as const;
export type Instruction = (typeof INSTRUCTIONS)[number];

/** One call of a saga to one agency, idempotent by the key of its part or step. */
export type Step = {
  readonly key: string;
  /** False for an internal step: it is in the history, but is no part of the dossier. */
  readonly part: boolean;
  readonly agency: string;
  readonly dependsOn: readonly string[];
  readonly effect: Effect;
  /** True if officers decide the step in the desk's own work list: the agency's service is not called. */
  readonly officer: boolean;
  /** True if the step begins only when what an earlier agency has stated is paid. */
  readonly afterPayment: boolean;
  /** True if an officer works on it. */
  readonly claimed: boolean;
  /** Instruction that the agency has not answered yet. */
  readonly instruction: Instruction | null;
  readonly state: StepState;
  readonly delivery: DeliveryState;
  /** Number of deliveries; status queries do not count. */
  readonly attempts: number;
  /** Consecutive calls without a change (no answer, or the same state); determines the backoff. */
  readonly failures: number;
};

/** Acts of the desk that a deadline brings, each at most once; the reminder of a supplement once for each waiting. */
export const DEADLINE_MARKS = ["REMINDED", "SUPPLEMENT_REMINDED", "APOLOGISED", "OVERDUE"] as const;
export type DeadlineMark = (typeof DEADLINE_MARKS)[number];

/** Input state of `decide`: one dossier. */
export type SagaState = {
  readonly dossier: DossierState;
  readonly marks: readonly DeadlineMark[];
  /** Null until the dossier is completed. */
  readonly outcome: Outcome | null;
  /** True if the handover is `ELECTRONIC` without paper copies: the dossier is returned as soon as it is completed. */
  readonly returnsAtOnce: boolean;
  /** Payment order; null for a free dossier. */
  readonly payment: SagaPayment | null;
  /** Draft certificate that the applicant confirms before the work begins; null where none is shown. */
  readonly certificate: CertificateState | null;
  readonly steps: readonly Step[];
};

/** States that an agency can answer. */
export type AnswerState = Extract<StepState, "PROCESSING" | "SUPPLEMENT_NEEDED" | "GRANTED" | "REFUSED" | "CANCELLED">;

/** Events of a saga. `step` is a step's key. */
export type SagaEvent =
  /** The dossier is durable. `payFirst`: its work begins when the fee is paid. */
  | { readonly kind: "ACCEPTED"; readonly payFirst?: boolean }
  /** A worker has leased the step and will call the agency; committed before the call. */
  | { readonly kind: "CALLED"; readonly step: string }
  /** The agency answered a delivery or a status query. */
  | {
      readonly kind: "ANSWERED";
      readonly step: string;
      readonly answer: { readonly state: AnswerState };
      /** True if this answers the pending instruction. */
      readonly instructed?: boolean;
      /** Amounts that the agency states to be paid before a later step begins. */
      readonly owed?: Owed;
    }
  /** A person decided a part, or answered its supplement. */
  | { readonly kind: "INSTRUCTED"; readonly step: string; readonly instruction: Exclude<Instruction, "CANCEL"> }
  /** An officer extended the term of a part that has to be verified. */
  | { readonly kind: "EXTENDED"; readonly step: string; readonly workingDays: number; readonly reason: string }
  /** The time of a deadline has come. `workingDays`: by how much an apology moves the due date. */
  | { readonly kind: "TIME_CAME"; readonly mark: DeadlineMark; readonly workingDays: number }
  /** The citizen's term to answer a supplement has ended without an answer. */
  | { readonly kind: "SUPPLEMENT_EXPIRED"; readonly step: string }
  /** The citizen withdraws the dossier: open parts are cancelled, granted ones stay. */
  | { readonly kind: "WITHDRAWN" }
  /** The desk handed the results over. */
  | { readonly kind: "HANDED_OVER" }
  /** No answer. `NO`: this call has certainly not arrived (connection refused); `UNKNOWN`: timeout, broken pipe, 5xx. */
  | { readonly kind: "NOT_ANSWERED"; readonly step: string; readonly delivered: "NO" | "UNKNOWN" }
  /** The agency answered a status query that it does not know the part (its register was restored from a backup). */
  | { readonly kind: "NOT_FOUND"; readonly step: string }
  /** The fee has arrived, or an officer waived it. `note` is the Vietnamese note of the history. */
  | { readonly kind: "PAID" | "PAYMENT_WAIVED"; readonly note: string }
  /** The provider took a payment back. */
  | { readonly kind: "PAYMENT_REVERSED"; readonly note: string }
  /** The term to pay has ended without a payment. */
  | { readonly kind: "PAYMENT_EXPIRED" }
  /** A refund was paid out. */
  | { readonly kind: "REFUNDED"; readonly amountVnd: number; readonly note: string }
  /** The applicant confirmed the draft certificate, or the term to confirm it has ended without an answer. */
  | { readonly kind: "CERTIFICATE_CONFIRMED" | "CERTIFICATE_EXPIRED" }
  /** The applicant found errors in the draft certificate. */
  | { readonly kind: "CERTIFICATE_DISPUTED"; readonly remark: string }
  /** A reconciliation found these steps without planned work or behind their agency, or a lost transition. */
  | { readonly kind: "RESUMED"; readonly steps: readonly string[] };

/** Commands to the store, executed in order in the same transaction. `afterMs` counts from the database's now. */
export type Command =
  | { readonly kind: "DELIVER"; readonly step: string; readonly afterMs: number }
  | { readonly kind: "ASK_STATUS"; readonly step: string; readonly afterMs: number }
  | { readonly kind: "INSTRUCT"; readonly step: string; readonly afterMs: number }
  /** The dossier's clock stands still, or runs again. */
  | { readonly kind: "STOP_CLOCK" | "RUN_CLOCK"; readonly step?: undefined }
  /** An amount of a paid fee is to be refunded. */
  | { readonly kind: "REFUND"; readonly step?: undefined; readonly amountVnd: number }
  /** The dossier has a new due date, for which the desk apologises. */
  | { readonly kind: "APOLOGISE"; readonly step?: undefined; readonly workingDays: number }
  /** The term of the step is longer by working days. */
  | { readonly kind: "EXTEND"; readonly step: string; readonly workingDays: number }
  /** Nothing more to do for this step: drop what is queued for it. */
  | { readonly kind: "CLEAR_WORK"; readonly step: string }
  /** An entry of the history: of a step, or of the dossier or its payment where `step` is null. */
  | { readonly kind: "RECORD"; readonly step: string | null; readonly state: RecordedState };

/** State that an entry of the history shows. */
export type RecordedState = StepState | DossierState | PaymentState;

/** True if a step has its final state. */
export function isTerminal(state: StepState): boolean {
  return state === "GRANTED" || state === "REFUSED" || state === "CANCELLED" || state === "NOT_APPLICABLE";
}

/** True if the dossier is completed, returned or left by an exit: its open steps are not continued. */
export function isEnded(dossier: DossierState): boolean {
  switch (dossier) {
    case "RECEIVED":
    case "IN_PROGRESS":
    case "AWAITING_CITIZEN":
    case "AWAITING_PAYMENT":
      return false;
    case "COMPLETED":
    case "RETURNED":
    case "NOT_ACCEPTED":
    case "WITHDRAWN":
    case "STOPPED":
      return true;
  }
}
