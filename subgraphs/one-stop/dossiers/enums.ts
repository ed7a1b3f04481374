import { type Described, describedEnum } from "../../_shared/serving/described-enum.ts";
import { type AgencyCode as AgencyName, subgraphs } from "../../agency-registry.ts";
import type { Channel, HandoverMethod } from "../acceptance/application.ts";
import type { DueStep } from "../clock/due-steps.ts";
import type { TermUnit } from "../clock/terms.ts";
import type { PaymentState } from "../payments/payment.ts";
import type { DeliveryState, DossierState, Outcome, RecordedState, StepState } from "../saga/state.ts";

const dossierStates: Described<DossierState> = {
  RECEIVED: "Received (được tiếp nhận).",
  IN_PROGRESS: "The agencies process it (đang xử lý).",
  AWAITING_CITIZEN:
    "Papers, or the confirmation of a draft certificate, are missing (yêu cầu bổ sung giấy tờ hoặc xác nhận dự thảo).",
  AWAITING_PAYMENT: "A fee is due (yêu cầu thực hiện nghĩa vụ tài chính).",
  COMPLETED: "Every agency has decided (đã xử lý xong).",
  RETURNED: "The result was handed over (đã trả kết quả).",
  NOT_ACCEPTED: "Not accepted at the desk (không được tiếp nhận).",
  WITHDRAWN: "Withdrawn by the citizen (công dân yêu cầu rút hồ sơ).",
  STOPPED: "Stopped (dừng xử lý).",
};
export const DossierStateEnum = describedEnum(
  "DossierState",
  "State of a dossier (trạng thái hồ sơ); Circular 03/2025/TT-VPCP.",
  dossierStates,
);

export const OutcomeEnum = describedEnum<Outcome>(
  "DossierOutcome",
  "Outcome of a completed dossier (kết quả giải quyết).",
  {
    GRANTED: "Every part was granted (được giải quyết).",
    PARTLY_GRANTED: "Some parts were granted (được giải quyết một phần).",
    REFUSED: "No part was granted (bị từ chối).",
  },
);

const partStates: Described<StepState> = {
  BLOCKED: "Waits for another part (chờ phần việc trước).",
  READY: "Ready to be sent to its agency (chờ gửi).",
  SENT: "Sent, the agency has not answered yet (đã gửi).",
  PROCESSING: "The agency has not decided yet (đang xử lý).",
  SUPPLEMENT_NEEDED: "The agency requests papers (yêu cầu bổ sung).",
  GRANTED: "Granted and registered (đã giải quyết).",
  REFUSED: "Refused with reason and legal basis (từ chối).",
  CANCELLED: "Cancelled (đã hủy).",
  NOT_APPLICABLE: "Not decided, because a part on which it depends was refused (không áp dụng).",
};
export const PartStateEnum = describedEnum(
  "PartState",
  "State of one part of a dossier (trạng thái phần việc).",
  partStates,
);

const paymentStates: Described<PaymentState> = {
  PENDING: "The fee is to be paid (chờ nộp phí, lệ phí).",
  PAID: "The fee is paid (đã nộp phí, lệ phí).",
  WAIVED: "The applicant is exempt from the fee (được miễn phí, lệ phí).",
  REFUND_DUE: "A part of the fee or all of it is to be refunded (phải hoàn trả).",
  REFUNDED: "What was to be refunded has been paid out (đã hoàn trả).",
  REVERSED: "The provider took the payment back: the fee is to be paid again (giao dịch bị đảo).",
  EXPIRED: "Nothing is to be paid any more: the dossier is over (không còn phải nộp).",
};
export const PaymentStateEnum = describedEnum(
  "PaymentState",
  "State of the payment order of a dossier (trạng thái nộp phí, lệ phí).",
  paymentStates,
);

export const HistoryStateEnum = describedEnum<RecordedState>(
  "HistoryState",
  "State of a dossier, of one of its parts or of its payment, in the history (trạng thái trong lịch sử xử lý).",
  { ...dossierStates, ...partStates, ...paymentStates },
);

export const DeliveryStateEnum = describedEnum<DeliveryState>(
  "DeliveryState",
  "State of the delivery to the agency, independent of its decision (trạng thái chuyển hồ sơ).",
  {
    QUEUED: "Not sent yet (chờ chuyển).",
    SENT: "Sent, without an answer yet (đang chuyển).",
    ACKNOWLEDGED: "The agency answered (đã nhận).",
    UNKNOWN: "It may have arrived; the agency is asked again (chưa rõ).",
  },
);

export const ChannelEnum = describedEnum<Channel>("Channel", "Channel of a submission (hình thức tiếp nhận).", {
  DESK: "At the desk (trực tiếp).",
  ONLINE: "Online (trực tuyến).",
  POST: "By post (bưu chính công ích).",
});

export const HandoverMethodEnum = describedEnum<HandoverMethod>(
  "HandoverMethod",
  "Handover of the results (hình thức trả kết quả).",
  {
    ELECTRONIC: "In the citizen's electronic store, or by e-mail (trực tuyến).",
    DESK: "At the desk (trực tiếp).",
    POST: "By post (bưu chính công ích).",
  },
);

export const TermUnitEnum = describedEnum<TermUnit>("TermUnit", "Unit of a term (đơn vị thời hạn).", {
  WORKING_DAY_SAME: "The working day of receipt (ngay trong ngày làm việc).",
  WORKING_DAY: "Working days (ngày làm việc).",
  DAY: "Calendar days (ngày).",
  HOUR: "Working hours (giờ làm việc).",
  MONTH: "Months (tháng).",
  YEAR: "Years (năm).",
});

export const DueRuleKindEnum = describedEnum<DueStep["rule"]>(
  "DueRuleKind",
  "Kind of a rule that determines a due date (loại căn cứ tính hạn).",
  {
    RECEIVED: "Receipt of the dossier (tiếp nhận hồ sơ).",
    RELEASED: "Another part was decided, for which this one waited (phần việc trước đã xong).",
    PLANNED: "Planned end of another part, for which this one waits (dự kiến phần việc trước xong).",
    AFTER_CUTOFF: "Receipt after the hour from which the next working day counts (tiếp nhận sau giờ quy định).",
    RECEIPT_DAY: "Legal day of receipt (ngày tiếp nhận).",
    TERM: "Term of the procedure (thời hạn giải quyết).",
    SERVICE_RULE: "A local service rule shortens the term (quy tắc phục vụ rút ngắn thời hạn).",
    EXTENDED: "More time by decision (gia hạn).",
    RESTARTED: "The term begins anew after a suspension (tính lại thời hạn).",
    ASSUMED_ANSWER: "The citizen is assumed to take the whole term (giả định công dân dùng hết thời hạn bổ sung).",
    COUNTED: "A day that counts (ngày được tính).",
    SUSPENDED: "A day on which the clock stands still (ngày tạm dừng tính hạn).",
    DAY_OFF: "A day off does not count (ngày nghỉ không tính).",
    MONTHS_LATER: "The same day some months later (cùng ngày của tháng sau).",
    HOURS_COUNTED: "Working hours of a day that count (giờ làm việc được tính).",
    ROLLED: "The last day is a day off, so the next working day is the due day (chuyển sang ngày làm việc kế tiếp).",
    STILL_SUSPENDED: "The clock stands still now (đang tạm dừng tính hạn).",
    DUE: "The due date (hạn trả kết quả).",
  },
);

const agencies = Object.fromEntries(subgraphs.map((s) => [s.agency, `${s.en} (${s.vi}).`])) as Described<AgencyName>;
export const AgencyCodeEnum = describedEnum("AgencyCode", "The agencies of this graph (cơ quan).", agencies);

export const DossierOrderEnum = describedEnum("DossierOrder", "Order of a list of dossiers (thứ tự sắp xếp).", {
  DUE_AT_ASC: "First due first (hạn trả sớm nhất trước).",
  DUE_AT_DESC: "Last due first (hạn trả muộn nhất trước).",
  RECEIVED_AT_ASC: "Oldest first (tiếp nhận sớm nhất trước).",
  RECEIVED_AT_DESC: "Newest first (tiếp nhận muộn nhất trước).",
});

export type Risk = "NONE" | "AT_RISK" | "LATE";

export const RiskEnum = describedEnum("Risk", "Risk that a due date is missed (nguy cơ trễ hạn).", {
  NONE: "In time (đúng hạn).",
  AT_RISK: "Due within a day (sắp đến hạn).",
  LATE: "The due date has passed (quá hạn).",
});
