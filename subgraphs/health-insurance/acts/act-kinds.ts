import { type Described, describedEnum } from "../../_shared/serving/described-enum.ts";

/** Act of an officer in the register of cards, by its kind. */
export type ActKind = "ENROLMENT" | "RENEWAL" | "FACILITY_CHANGE" | "HOLDER_CORRECTION" | "END" | "CLOSING";

const KINDS: Described<ActKind> = {
  ENROLMENT: "Enrolment of participants, each with a card (báo tăng, cấp thẻ), art. 12.",
  RENEWAL: "Further term of a card (gia hạn thẻ), art. 16.",
  FACILITY_CHANGE: "Change of the facility of first care (đổi nơi đăng ký khám chữa bệnh ban đầu), art. 26.",
  HOLDER_CORRECTION: "Correction of the holder's name or date of birth (điều chỉnh thông tin trên thẻ), art. 16.",
  END: "End of a term before its last day (báo giảm), art. 16.",
  CLOSING: "Closing of a card after its holder's death (khóa thẻ), art. 16.",
};

export const HealthInsuranceActKindEnum = describedEnum<ActKind>(
  "HealthInsuranceActKind",
  "Kind of an act in the register of cards (loại biến động); articles of the Law on Health Insurance 25/2008/QH12.",
  KINDS,
);
