import { type Described, describedEnum } from "../../_shared/serving/described-enum.ts";

/** Act of a business officer, by its kind. */
export type ActKind =
  | "REGISTRATION"
  | "BRANCH"
  | "CHANGE"
  | "SUSPENSION"
  | "RESUMPTION"
  | "END"
  | "LICENCE"
  | "RENEWAL"
  | "REVOCATION";

const KINDS: Described<ActKind> = {
  REGISTRATION: "Registration of a household business or an enterprise (đăng ký thành lập).",
  BRANCH: "Registration of a branch (đăng ký hoạt động chi nhánh).",
  CHANGE: "Change of the registered facts (đăng ký thay đổi nội dung).",
  SUSPENSION: "Suspension for a period (tạm ngừng kinh doanh).",
  RESUMPTION: "Resumption before the end of a suspension (tiếp tục kinh doanh trước thời hạn).",
  END: "End of the business (chấm dứt hoạt động, giải thể).",
  LICENCE: "Issue of a licence to trade (cấp giấy phép).",
  RENEWAL: "Renewal of a licence (gia hạn giấy phép).",
  REVOCATION: "Revocation of a licence (thu hồi giấy phép).",
};

export const BusinessActKindEnum = describedEnum<ActKind>(
  "BusinessActKind",
  "Kind of an act in the business register (loại thay đổi).",
  KINDS,
);
