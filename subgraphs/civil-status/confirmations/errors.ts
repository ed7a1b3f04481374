import type { Fault } from "../../_shared/reference/identifiers/parsed.ts";
import type { MaritalStatus } from "../marriages/marital-status.ts";

const STATUS_VI: Readonly<Record<MaritalStatus, string>> = {
  NEVER_MARRIED: "chưa đăng ký kết hôn",
  MARRIED: "đang có vợ hoặc chồng",
  DIVORCED: "đã ly hôn",
  WIDOWED: "vợ hoặc chồng đã chết",
};

/** The register knows another marital status than the declared one. */
export function statusDiffers(known: MaritalStatus): Fault {
  return {
    code: "MARITAL_STATUS_DIFFERS",
    message: `Theo sổ hộ tịch, người này ${STATUS_VI[known]}; đề nghị kiểm tra lại, hoặc ghi chú thay đổi trước`,
    messageEn: `By the register this person is ${known}; check the declaration, or note the change first`,
  };
}

/** The declared marriage is not in the register. */
export function marriageNotRegistered(): Fault {
  return {
    code: "MARRIAGE_NOT_REGISTERED",
    message:
      "Sổ hộ tịch không có đăng ký kết hôn đang có hiệu lực của người này; đề nghị đăng ký lại hoặc ghi vào sổ trước",
    messageEn: "The register has no marriage in force of this person; have it registered again or noted first",
  };
}

export function periodReversed(): Fault {
  return {
    code: "PERIOD_REVERSED",
    message: "Ngày cuối ở trước ngày đầu của thời gian cần xác nhận; đề nghị kiểm tra lại",
    messageEn: "The last day of the period lies before the first; check both",
  };
}
