import type { Fault } from "../../_shared/reference/identifiers/parsed.ts";

/** Problems of the registration of deaths, each with its remedy. */

export function deathAlreadyRegistered(registration: string): Fault {
  return {
    code: "DEATH_ALREADY_REGISTERED",
    message: `Người này đã được đăng ký khai tử ngày ${registration}; đề nghị tra cứu mục đã có`,
    messageEn: `The death of this person was registered on ${registration}; look up the existing entry`,
  };
}

export function deathBeforeBirth(): Fault {
  return {
    code: "DEATH_BEFORE_BIRTH",
    message: "Ngày chết ở trước ngày sinh; đề nghị kiểm tra lại cả hai",
    messageEn: "The death lies before the birth; check both dates",
  };
}

export function timeMalformed(): Fault {
  return {
    code: "TIME_MALFORMED",
    message: "Giờ chết ghi theo dạng giờ:phút, ví dụ 14:05; nếu không rõ thì để trống",
    messageEn: "The time is written HH:mm, such as 14:05; leave it out if it is not known",
  };
}

export function deathNoticeRequired(): Fault {
  return {
    code: "DEATH_NOTICE_REQUIRED",
    message: "Cần giấy báo tử hoặc giấy tờ thay thế (Luật Hộ tịch 60/2014/QH13, Điều 34)",
    messageEn: "Give the death notice or the document in its place (Law on Civil Status 60/2014, art. 34)",
  };
}
