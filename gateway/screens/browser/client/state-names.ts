import { language } from "./language.ts";

/** Names of the states of dossiers and of their parts. */
const NAMES: Record<typeof language, Record<string, string>> = {
  vi: {
    RECEIVED: "Đã tiếp nhận",
    IN_PROGRESS: "Đang giải quyết",
    AWAITING_CITIZEN: "Chờ bổ sung giấy tờ",
    AWAITING_PAYMENT: "Chờ nộp phí",
    COMPLETED: "Đã giải quyết xong",
    RETURNED: "Đã trả kết quả",
    NOT_ACCEPTED: "Không tiếp nhận",
    WITHDRAWN: "Đã rút",
    STOPPED: "Dừng xử lý",
    BLOCKED: "chờ việc trước",
    READY: "chờ gửi",
    SENT: "đang hỏi",
    PROCESSING: "đang xử lý",
    SUPPLEMENT_NEEDED: "đòi giấy tờ",
    GRANTED: "đã giải quyết",
    REFUSED: "từ chối",
    CANCELLED: "đã hủy",
    NOT_APPLICABLE: "không áp dụng",
  },
  en: {
    RECEIVED: "Received",
    IN_PROGRESS: "In progress",
    AWAITING_CITIZEN: "Waits for papers",
    AWAITING_PAYMENT: "Waits for the fee",
    COMPLETED: "Completed",
    RETURNED: "Results handed over",
    NOT_ACCEPTED: "Not accepted",
    WITHDRAWN: "Withdrawn",
    STOPPED: "Stopped",
    BLOCKED: "waits for a step before",
    READY: "about to be sent",
    SENT: "asked",
    PROCESSING: "being processed",
    SUPPLEMENT_NEEDED: "asks for papers",
    GRANTED: "granted",
    REFUSED: "refused",
    CANCELLED: "cancelled",
    NOT_APPLICABLE: "does not apply",
  },
};

export function stateName(state: string): string {
  return NAMES[language][state] ?? state;
}
