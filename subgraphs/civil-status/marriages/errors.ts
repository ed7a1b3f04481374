import type { Fault } from "../../_shared/reference/identifiers/parsed.ts";

/** Problems of marriages and their ends, each with its remedy. */

const LAW = "Luật Hôn nhân và gia đình 52/2014/QH13, Điều";

export function tooYoungToMarry(sex: "MALE" | "FEMALE"): Fault {
  const [vi, en, years] = sex === "MALE" ? ["Nam", "A man", 20] : ["Nữ", "A woman", 18];
  return {
    code: "TOO_YOUNG_TO_MARRY",
    message: `${vi} phải từ đủ ${years} tuổi trở lên tại ngày kết hôn (${LAW} 8)`,
    messageEn: `${en} has completed ${years} years on the day of the marriage (Law on Marriage and Family 52/2014, art. 8)`,
  };
}

export function alreadyMarried(since: string): Fault {
  return {
    code: "ALREADY_MARRIED",
    message: `Người này đang có vợ hoặc chồng theo đăng ký kết hôn ngày ${since} (${LAW} 5); phải ghi chú ly hôn hoặc khai tử trước`,
    messageEn: `This person is married since ${since} (Law on Marriage and Family 52/2014, art. 5); note the divorce or the death first`,
  };
}

export function closeKin(): Fault {
  return {
    code: "CLOSE_KIN",
    message: `Hai người có cùng dòng máu trực hệ hoặc có họ trong phạm vi ba đời theo sổ hộ tịch (${LAW} 5)`,
    messageEn:
      "By the register the two are of one direct line or relatives within three generations (Law on Marriage and Family 52/2014, art. 5)",
  };
}

export function formerInLaws(): Fault {
  return {
    code: "FORMER_IN_LAWS",
    message: `Một người đang hoặc đã từng là vợ, chồng của cha, mẹ hoặc con của người kia (${LAW} 5)`,
    messageEn:
      "One is or was the spouse of a parent or child of the other (Law on Marriage and Family 52/2014, art. 5)",
  };
}

export function onePerson(): Fault {
  return {
    code: "SPOUSES_ARE_ONE_PERSON",
    message: "Hai bên là cùng một người; đề nghị kiểm tra lại số định danh",
    messageEn: "Both are the same person; check the personal numbers",
  };
}

export function spouseDeceased(): Fault {
  return {
    code: "PERSON_DECEASED",
    message: "Người này đã được đăng ký khai tử; đề nghị kiểm tra lại số định danh",
    messageEn: "The death of this person is registered; check the personal number",
  };
}

export function marriedOnRequired(): Fault {
  return {
    code: "MARRIED_ON_REQUIRED",
    message: "Đăng ký lại hoặc ghi vào sổ phải nêu ngày kết hôn; đăng ký mới có ngày kết hôn là ngày đăng ký",
    messageEn: "State the day of the marriage if it is repeated or noted; a first one has effect from its registration",
  };
}

export function marriageUnknown(): Fault {
  return {
    code: "MARRIAGE_UNKNOWN",
    message: "Sổ hộ tịch không có đăng ký kết hôn với mã này",
    messageEn: "No marriage of the register has this id",
  };
}

export function marriageEnded(on: string): Fault {
  return {
    code: "MARRIAGE_ENDED",
    message: `Hôn nhân này đã chấm dứt ngày ${on}`,
    messageEn: `The marriage ended on ${on}`,
  };
}

export function endBeforeMarriage(): Fault {
  return {
    code: "END_BEFORE_MARRIAGE",
    message: "Ngày chấm dứt ở trước ngày kết hôn; đề nghị kiểm tra lại",
    messageEn: "The end lies before the marriage; check the day",
  };
}
