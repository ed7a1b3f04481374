import { type Described, describedEnum } from "../../_shared/serving/described-enum.ts";

/** Act of a land officer, by its legal kind. */
export type ActKind =
  | "REGISTRATION"
  | "TRANSFER"
  | "GIFT"
  | "INHERITANCE"
  | "CERTIFICATE"
  | "SPLIT"
  | "MERGE"
  | "MORTGAGE"
  | "DISPUTE"
  | "BLOCK"
  | "RELEASE"
  | "ASSESSMENT"
  | "SETTLEMENT";

const KINDS: Described<ActKind> = {
  REGISTRATION: "First registration of a parcel (đăng ký đất đai lần đầu), art. 132.",
  TRANSFER: "Transfer for a price (chuyển nhượng), art. 45.",
  GIFT: "Gift (tặng cho), art. 45.",
  INHERITANCE: "Inheritance (thừa kế), art. 45.",
  CERTIFICATE: "Issue of a certificate in place of the former one (cấp mới giấy chứng nhận).",
  SPLIT: "Split of a parcel (tách thửa), art. 220.",
  MERGE: "Merge of parcels (hợp thửa), art. 220.",
  MORTGAGE: "Mortgage (thế chấp), Decree 99/2022/NĐ-CP.",
  DISPUTE: "Dispute (tranh chấp), art. 45.",
  BLOCK: "Block by a court or an enforcement office (ngăn chặn), art. 45.",
  RELEASE: "End of a mortgage, dispute or block (xóa đăng ký, giải tỏa).",
  ASSESSMENT: "Entry of a financial obligation that the tax office has notified (nghĩa vụ tài chính).",
  SETTLEMENT: "End of a financial obligation (hoàn thành nghĩa vụ tài chính).",
};

export const LandActKindEnum = describedEnum<ActKind>(
  "LandActKind",
  "Kind of an act in the land register (loại biến động); articles of the Land Law 31/2024/QH15.",
  KINDS,
);
