import type { StoredAnswer } from "../../_shared/parts/procedure.ts";
import { type AgencyCode, subgraphOf } from "../../agency-registry.ts";
import { certificateNote } from "../draft-certificates/certificate.ts";
import type { StoredCertificate } from "../draft-certificates/stored-certificate.ts";
import { dong, type Owed, PAYMENT_STATES } from "../payments/payment.ts";
import { deadlineNote } from "./deadline-note.ts";
import { isCertificateEvent } from "./decide-certificate.ts";
import type { LiveDossier } from "./dossier.ts";
import type { RecordedState, SagaEvent } from "./state.ts";

export type AnsweredStep = { key: string; answer: StoredAnswer };

export type HistoryEntry = {
  stepKey: string | null;
  state: RecordedState;
  actor: string;
  note: string | null;
};
type Entered = {
  dossier: LiveDossier;
  answered: AnsweredStep | null;
  options: { actor: string };
  certificate: StoredCertificate | null;
};

/** Entry of the history for a command, by its agency, the desk or the person who acted. */
export function historyEntry(
  { dossier, answered, options, certificate }: Entered,
  record: { step: string | null; state: RecordedState },
  event: SagaEvent,
): HistoryEntry {
  const step = dossier.steps.find(({ key }) => key === record.step);
  const own = answered !== null && answered.key === record.step;
  const { title } = dossier.definition.steps.find(({ key }) => key === record.step) ?? {};
  const notes = [title, own ? answered.answer.refusal?.message : undefined];
  if (step && event.kind === "NOT_ANSWERED") notes.push(noResponse(step.agency));
  if (event.kind === "TIME_CAME") notes.push(deadlineNote(event, dossier));
  if ("note" in event && isPaymentState(record.state)) notes.push(event.note);
  if (event.kind === "ANSWERED" && event.owed && record.state === "PENDING") notes.push(owedNote(event.owed));
  if (event.kind === "PAYMENT_EXPIRED" && record.step === null) notes.push("Hết thời hạn nộp phí, lệ phí");
  const isOfCertificate =
    certificate?.state === "AWAITED" ? record.state === "AWAITING_CITIZEN" : isCertificateEvent(event);
  if (certificate && record.step === null && isOfCertificate) notes.push(certificateNote(certificate));
  if (event.kind === "EXTENDED") notes.push(`Gia hạn thêm ${event.workingDays} ngày làm việc: ${event.reason}`);
  return {
    stepKey: record.step,
    state: record.state,
    actor: own && step ? step.agency : options.actor,
    note: notes.filter(Boolean).join(": ") || null,
  };
}

/** Entry of an ordered refund. */
export function refundEntry(amountVnd: number): HistoryEntry {
  const note = `Phải hoàn trả ${dong(amountVnd)} phí, lệ phí của phần việc không được giải quyết`;
  return { stepKey: null, state: "REFUND_DUE", actor: "ONE_STOP", note };
}

function owedNote({ lines }: Owed): string {
  const sum = lines.reduce((total, { amountVnd }) => total + amountVnd, 0);
  const named = lines.map(({ name, amountVnd }) => `${name} ${dong(amountVnd)}`);
  return `Nghĩa vụ tài chính phải nộp ${dong(sum)} (${named.join("; ")})`;
}

function isPaymentState(state: RecordedState): boolean {
  return (PAYMENT_STATES as readonly string[]).includes(state);
}

function noResponse(agency: AgencyCode): string {
  return `${subgraphOf(agency).vi} chưa trả lời; hệ thống sẽ tự động gửi lại`;
}
