import { type Described, describedEnum } from "../../_shared/serving/described-enum.ts";

/** Act of an officer in the register of residence, by its legal kind. */
export type ActKind =
  | "REGISTRATION"
  | "STRIKE_OFF"
  | "HEAD_CHANGE"
  | "SPLIT"
  | "MERGE"
  | "TEMPORARY_RESIDENCE"
  | "TEMPORARY_RENEWAL"
  | "TEMPORARY_END";

const KINDS: Described<ActKind> = {
  REGISTRATION: "Registration of a permanent residence, which ends the former one (đăng ký thường trú), art. 20 to 22.",
  STRIKE_OFF: "Strike-off of a permanent residence (xóa đăng ký thường trú), art. 24.",
  HEAD_CHANGE: "Change of the head or of relations in a household (thay đổi chủ hộ, quan hệ với chủ hộ), art. 10.",
  SPLIT: "Split of a household (tách hộ), art. 25.",
  MERGE: "Merge of two households of one dwelling (nhập hộ).",
  TEMPORARY_RESIDENCE: "Registration of a temporary residence (đăng ký tạm trú), art. 27 and 28.",
  TEMPORARY_RENEWAL: "Renewal of a temporary residence (gia hạn tạm trú), art. 28.",
  TEMPORARY_END: "End of a temporary residence before its last day (xóa đăng ký tạm trú), art. 29.",
};

export const ResidenceActKindEnum = describedEnum<ActKind>(
  "ResidenceActKind",
  "Kind of an act in the register of residence (loại biến động); articles of the Law on Residence 68/2020/QH14.",
  KINDS,
);
