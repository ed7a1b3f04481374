import type { Marks } from "../saga/dossier.ts";
import type { DeadlineMark, Outcome, RecordedState } from "../saga/state.ts";
import type { StoredEntry } from "../saga/stored-history.ts";
import type { MessageKind } from "./message-kinds.ts";

/** Facts of a dossier that tell what a change of it means. */
export type ChangedDossierFacts = { receivedAt: Date; marks: Marks; outcome: Outcome | null };

const RESULTS = {
  GRANTED: "RESULT_READY",
  PARTLY_GRANTED: "RESULT_PARTLY_READY",
  REFUSED: "REFUSED",
} as const satisfies Record<Outcome, MessageKind>;

/**
 * Kind of the one message about a change, from all entries that the change made in the history; null where the citizen need not
 * hear of it. Of several facts of one change the last one is told: a completed dossier that was paid at the same moment is ready.
 */
export function kindOfChange(
  entries: readonly StoredEntry[],
  at: Date,
  { receivedAt, marks, outcome }: ChangedDossierFacts,
): MessageKind | null {
  const has = (state: RecordedState) => entries.some(([step, each]) => step === null && each === state);
  const isMarked = (mark: DeadlineMark) => marks[mark] === at.toISOString();
  // a new dating repeats the state of a dossier in its history
  const isReceipt = has("RECEIVED") && at.getTime() === receivedAt.getTime();
  const isPaid = has("PAID") || has("WAIVED");
  if (has("WITHDRAWN")) return "WITHDRAWN";
  if (has("NOT_ACCEPTED")) return "NOT_ACCEPTED";
  if (has("COMPLETED")) return outcome && RESULTS[outcome];
  if (has("RETURNED")) return "RETURNED";
  if (entries.some(([step, state]) => step !== null && state === "SUPPLEMENT_NEEDED")) return "SUPPLEMENT_ASKED";
  if (has("AWAITING_CITIZEN") && (isReceipt || isPaid)) return "CERTIFICATE_TO_CONFIRM";
  if (isReceipt) return has("AWAITING_PAYMENT") ? "PAYMENT_AWAITED" : "RECEIVED";
  // a new dating repeats the state without the order
  if (has("AWAITING_PAYMENT") && has("PENDING")) return "PAYMENT_AWAITED";
  if (isMarked("APOLOGISED")) return "NEW_DATE";
  if (isMarked("SUPPLEMENT_REMINDED")) return "SUPPLEMENT_REMINDER";
  return has("PAID") ? "PAYMENT_RECEIVED" : null;
}
