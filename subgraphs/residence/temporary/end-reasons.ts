import { type Described, describedEnum } from "../../_shared/serving/described-enum.ts";
import type { StrikeOffReason } from "../residencies/strike-off-reasons.ts";

/** Reason for the end of a temporary residence before its last day, Law on Residence 68/2020, art. 29 (1). */
export type TemporaryEndReason = Exclude<StrikeOffReason, "SETTLED_ABROAD"> | "PERMANENT_THERE";

const REASONS: Described<TemporaryEndReason> = {
  DEATH: "Death (chết), point a.",
  DECLARED_MISSING: "Declared missing or dead by a court (Tòa án tuyên bố mất tích hoặc đã chết), point a.",
  REGISTRATION_CANCELLED: "Decision that cancels the registration (hủy bỏ đăng ký tạm trú, Điều 35), point b.",
  ABSENCE: "Absent for 6 months without a temporary residence elsewhere (vắng mặt từ 06 tháng trở lên), point c.",
  NATIONALITY_LOST: "Vietnamese nationality lost (thôi, bị tước quốc tịch Việt Nam), point d.",
  PERMANENT_THERE: "Permanent residence registered at the same place (đã đăng ký thường trú tại nơi tạm trú), point đ.",
  DWELLING_LOST: "No lawful dwelling there any more (không còn chỗ ở hợp pháp), points e, g and h.",
};

export const TemporaryEndReasonEnum = describedEnum<TemporaryEndReason>(
  "TemporaryEndReason",
  "Reason for the end of a temporary residence (lý do xóa đăng ký tạm trú); Law on Residence 68/2020/QH14, art. 29 (1).",
  REASONS,
);

/** Reason for which a strike-off of the permanent residence ends a temporary one as well; null if it does not. */
export function endedWith(reason: StrikeOffReason): TemporaryEndReason | null {
  return reason === "DEATH" || reason === "DECLARED_MISSING" || reason === "NATIONALITY_LOST" ? reason : null;
}
