import { type Described, describedEnum } from "../../_shared/serving/described-enum.ts";

/** Reason of a strike-off, Law on Residence 68/2020, art. 24 (1). */
export type StrikeOffReason =
  | "DEATH"
  | "DECLARED_MISSING"
  | "SETTLED_ABROAD"
  | "REGISTRATION_CANCELLED"
  | "ABSENCE"
  | "NATIONALITY_LOST"
  | "DWELLING_LOST";

const REASONS: Described<StrikeOffReason> = {
  DEATH: "Death (chết), point a.",
  DECLARED_MISSING: "Declared missing or dead by a court (Tòa án tuyên bố mất tích hoặc đã chết), point a.",
  SETTLED_ABROAD: "Settled abroad (ra nước ngoài để định cư), point b.",
  REGISTRATION_CANCELLED: "Decision that cancels the registration (hủy bỏ đăng ký thường trú, Điều 35), point c.",
  ABSENCE: "Absent for 12 months without a temporary residence or notice (vắng mặt từ 12 tháng trở lên), point d.",
  NATIONALITY_LOST: "Vietnamese nationality lost (thôi, bị tước quốc tịch Việt Nam), point đ.",
  DWELLING_LOST: "No lawful dwelling there any more (không còn chỗ ở hợp pháp), points e, g, h and i.",
};

export const StrikeOffReasonEnum = describedEnum<StrikeOffReason>(
  "StrikeOffReason",
  "Reason of a strike-off (lý do xóa đăng ký thường trú); Law on Residence 68/2020/QH14, art. 24 (1).",
  REASONS,
);
