import { legalDayOf } from "../../_shared/reference/days.ts";
import { writtenDay } from "../../_shared/reference/written-day.ts";
import type { Channel } from "../acceptance/application.ts";
import { explainDue } from "../clock/due.ts";
import type { ClockRules } from "../clock/rules.ts";
import { runClock, type StoredClock, stopClock } from "../clock/stored-clock.ts";
import type { DossierDefinition, StepDefinition } from "../definitions/definition.ts";
import { awaitsConfirmation } from "../saga/decide-certificate.ts";
import type { DossierState, SagaEvent } from "../saga/state.ts";
import type { CertificateState, StoredCertificate } from "./stored-certificate.ts";

/** Birth registration, whose result is the certificate. */
const BIRTH_REGISTRATION = "1.001193";

/** Step that registers a birth by the rules of civil status; undefined if the dossier has none. */
export function birthStep({ steps }: Pick<DossierDefinition, "steps">): StepDefinition | undefined {
  return steps.find((step) => step.procedure === BIRTH_REGISTRATION && step.officer !== true);
}

/** Draft for a birth that was declared online; null for another dossier, and where no draft is shown. */
export function newCertificate(
  definition: DossierDefinition,
  channel: Channel,
  days: number,
): StoredCertificate | null {
  if (channel !== "ONLINE" || days === 0 || !birthStep(definition)) return null;
  return { state: "PLANNED", days, confirmBy: null, answeredAt: null, remark: null };
}

type Moment = { now: Date; office: string; rules: ClockRules };

/** Draft in the state that an event has led to. */
export function certificateAfter(
  certificate: StoredCertificate,
  state: CertificateState,
  event: SagaEvent,
  moment: Moment,
): StoredCertificate {
  if (state === "AWAITED") return { ...certificate, state, confirmBy: endOfTerm(certificate, moment) };
  if (state === "LAPSED") return { ...certificate, state };
  const remark = event.kind === "CERTIFICATE_DISPUTED" ? event.remark : null;
  return { ...certificate, state, answeredAt: moment.now.toISOString(), remark };
}

/** Calendar days: the day on which the draft is shown is excluded (Civil Code 2015, art. 147 and 148). */
function endOfTerm({ days }: StoredCertificate, { now, office, rules }: Moment): string {
  const calendar = rules.calendarAt({ agency: "CIVIL_STATUS", office });
  const { dueAt } = explainDue({ receivedAt: now, term: { quantity: days, unit: "DAY" }, cutoff: null, calendar });
  if (!dueAt) throw new Error("A term without suspensions ends");
  return dueAt.toISOString();
}

/** Clock while the applicant's answer is awaited; ends another suspension. */
export function certificateClock(clock: StoredClock | null, now: Date, confirmBy: string | null): StoredClock {
  return stopClock(runClock(clock, now), now, { reason: "CERTIFICATE", after: "RESUME", answerBy: confirmBy });
}

/** Last day to answer as Vietnamese read it; empty until the draft is shown. */
function lastDay({ confirmBy }: Pick<StoredCertificate, "confirmBy">): string {
  return confirmBy ? writtenDay(legalDayOf(new Date(confirmBy))) : "";
}

/** Request to the applicant while a dossier awaits the confirmation of its draft; none otherwise. */
export function toConfirm({ state, certificate }: { state: DossierState; certificate: StoredCertificate | null }) {
  if (!certificate || !awaitsConfirmation({ dossier: state, certificate: certificate.state })) return [];
  const day = lastDay(certificate);
  return [
    {
      text: `Kiểm tra và xác nhận dự thảo giấy khai sinh trước hết ngày ${day}; nếu có sai sót, đề nghị nêu nội dung cần sửa. Hết thời hạn mà không có ý kiến thì dự thảo được coi là đã được đồng ý`,
      textEn: `Check the draft of the birth certificate and confirm it by the end of ${day}, or state its errors. Without an answer until then the draft counts as accepted`,
    },
  ];
}

/** Vietnamese note of the history on a change of the draft. */
export function certificateNote(certificate: StoredCertificate): string {
  switch (certificate.state) {
    case "PLANNED":
    case "AWAITED":
      return `Chờ người nộp xác nhận dự thảo giấy khai sinh, chậm nhất hết ngày ${lastDay(certificate)}`;
    case "CONFIRMED":
      return "Người nộp đã xác nhận dự thảo giấy khai sinh";
    case "ACCEPTED_BY_SILENCE":
      return "Hết thời hạn xác nhận mà người nộp không có ý kiến: dự thảo giấy khai sinh được coi là đã được đồng ý";
    case "DISPUTED":
      return "Người nộp đề nghị sửa dự thảo giấy khai sinh; công chức hộ tịch xem xét trước khi đăng ký";
    case "LAPSED":
      return "Dự thảo giấy khai sinh không còn hiệu lực vì hồ sơ đã kết thúc";
  }
}
