import { type Described, describedEnum } from "../../_shared/serving/described-enum.ts";
import { CORRECTION_KINDS, type CorrectionKind } from "../corrections/correction-kinds.ts";

/** Act of a registrar, by its legal kind. */
export type ActKind =
  | "BIRTH"
  | "RECOGNITION"
  | "MARRIAGE"
  | "DIVORCE"
  | "ANNULMENT"
  | "DEATH"
  | CorrectionKind
  | "MARITAL_STATUS"
  | "EXTRACT"
  | "BOOK_CLOSING";

const KINDS: Described<ActKind> = {
  BIRTH: "Registration of a birth (đăng ký khai sinh), art. 13 to 16.",
  RECOGNITION: "Recognition of a parent (nhận cha, mẹ, con), art. 24 and 25.",
  DEATH: "Registration of a death (đăng ký khai tử), art. 32 to 34.",
  MARRIAGE: "Registration of a marriage (đăng ký kết hôn), art. 17 and 18.",
  DIVORCE: "Note of a divorce (ghi chú ly hôn), art. 30.",
  ANNULMENT: "Note of the annulment of a marriage (ghi chú hủy việc kết hôn), art. 30.",
  ...CORRECTION_KINDS,
  EXTRACT: "Issue of an extract (cấp trích lục hộ tịch), art. 62 to 64.",
  MARITAL_STATUS: "Confirmation of the marital status (xác nhận tình trạng hôn nhân), Decree 123/2015, art. 21 to 23.",
  BOOK_CLOSING: "Closing of a register book after the end of its year (khóa sổ hộ tịch), Circular 04/2020/TT-BTP.",
};

export const CivilStatusActKindEnum = describedEnum<ActKind>(
  "CivilStatusActKind",
  "Kind of an act in the civil status register (loại việc hộ tịch); articles of the Law on Civil Status 60/2014/QH13.",
  KINDS,
);
