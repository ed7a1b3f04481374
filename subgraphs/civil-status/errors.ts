import type { PartProblem } from "../_shared/parts/procedure.ts";
import type { Fault } from "../_shared/reference/identifiers/parsed.ts";

const law = (articles: string) => `Luật Hộ tịch 60/2014/QH13, ${articles}`;

/** One event is registered once, at one office: Law on Civil Status 60/2014, art. 5 (4); a notice is of one child, art. 16. */
export function noticeAlreadyUsed(existingDossier: string | null): PartProblem {
  return {
    code: "CHILD_ALREADY_REGISTERED",
    message:
      "Giấy chứng sinh này đã được dùng để đăng ký khai sinh; đề nghị tra cứu hồ sơ đã có, hoặc sửa số giấy chứng sinh nếu nhập nhầm",
    messageEn:
      "A birth with this birth notice is registered already; look up the existing dossier, or correct the notice's code if it was mistyped",
    path: ["child", "birthNotice"],
    legalBasis: law("Điều 5 khoản 4, Điều 16"),
    ...(existingDossier !== null && { existingDossier }),
  };
}

/** The same mother, day and order. Its remedy for twins is the order, which only the declarant knows. */
export function birthOrderTaken(existingDossier: string | null): PartProblem {
  return {
    code: "CHILD_ALREADY_REGISTERED",
    message:
      "Con của người mẹ này sinh ngày này đã được đăng ký khai sinh; đề nghị tra cứu hồ sơ đã có, hoặc ghi đúng thứ tự sinh nếu là sinh đôi trở lên",
    messageEn:
      "A child of this mother and day is registered already; look up the existing dossier or, for twins and more, give the right order of birth",
    path: ["child", "multipleBirth"],
    legalBasis: law("Điều 5 khoản 4, Điều 16"),
    ...(existingDossier !== null && { existingDossier }),
  };
}

export function noticeRequired(): PartProblem {
  return {
    code: "BIRTH_NOTICE_REQUIRED",
    message: "Cần số giấy chứng sinh, hoặc văn bản của người làm chứng hay giấy cam đoan về việc sinh",
    messageEn: "Give the code of the birth notice or, without one, a witness's statement or an undertaking",
    path: ["child", "birthNotice"],
    legalBasis: law("Điều 16 khoản 1"),
  };
}

export function birthOrderImpossible(): PartProblem {
  return {
    code: "BIRTH_ORDER_IMPOSSIBLE",
    message: "Thứ tự sinh phải từ 1 đến số trẻ sinh ra, nhiều nhất là 10; đề nghị kiểm tra lại",
    messageEn: "The order lies between 1 and the number of children, which is at most 10; check both",
    path: ["child", "multipleBirth"],
    legalBasis: law("Điều 14"),
  };
}

export function notInCodeList(allowed: readonly string[]): Omit<PartProblem, "path"> {
  return {
    code: "NOT_IN_CODE_LIST",
    message: `Giá trị phải là một trong: ${allowed.join(", ")}`,
    messageEn: `The value must be one of: ${allowed.join(", ")}`,
    legalBasis: law("Điều 14"),
  };
}

/** An event, or a day of a paper, after today. */
export function eventInFuture(): Fault {
  return {
    code: "DATE_IN_FUTURE",
    message: "Ngày này ở sau ngày đăng ký; đề nghị kiểm tra lại",
    messageEn: "This day lies after the day of registration; check it",
  };
}

export function dateInFuture(): PartProblem {
  return {
    code: "DATE_IN_FUTURE",
    message: "Ngày sinh của trẻ ở sau ngày tiếp nhận hồ sơ; đề nghị kiểm tra lại ngày sinh",
    messageEn: "The child's date of birth lies after the day of receipt; check the date",
    path: ["child", "dateOfBirth"],
    legalBasis: law("Điều 14"),
  };
}

export function childTooOld(): PartProblem {
  return {
    code: "CHILD_TOO_OLD",
    message:
      "Liên thông chỉ dành cho trẻ em dưới 6 tuổi; đề nghị kiểm tra lại ngày sinh, hoặc nộp hồ sơ đăng ký khai sinh riêng",
    messageEn:
      "The combined request is for children under six; check the date of birth, or submit a birth registration by itself",
    path: ["child", "dateOfBirth"],
    legalBasis: "Nghị định 63/2024/NĐ-CP",
  };
}

export function parentTooYoung(who: "mother" | "father"): PartProblem {
  const [vi, en] = who === "mother" ? ["Người mẹ", "mother"] : ["Người cha", "father"];
  return {
    code: "PARENT_TOO_YOUNG",
    message: `${vi} quá trẻ so với con; đề nghị kiểm tra lại ngày sinh của cả hai`,
    messageEn: `The ${en} is too young for this child; check both dates of birth`,
    path: [who, "dateOfBirth"],
    legalBasis: law("Điều 14"),
  };
}

export function parentTooOld(who: "mother" | "father"): PartProblem {
  const [vi, en] = who === "mother" ? ["Người mẹ", "mother"] : ["Người cha", "father"];
  return {
    code: "PARENT_TOO_OLD",
    message: `${vi} quá nhiều tuổi so với con; đề nghị kiểm tra lại năm sinh của cả hai`,
    messageEn: `The ${en} is too old for this child; check both years of birth`,
    path: [who, "dateOfBirth"],
    legalBasis: law("Điều 14"),
  };
}

export function noticeContradictsBirth(fault: Fault): PartProblem {
  return { ...fault, path: ["child", "birthNotice"], legalBasis: law("Điều 16") };
}

export function communeUnknown(path: string[]): PartProblem {
  return {
    code: "COMMUNE_UNKNOWN",
    message: "Mã đơn vị hành chính cấp xã không có trong danh mục từ ngày 01/07/2025; đề nghị chọn mã hiện hành",
    messageEn: "No commune has this code in the list in force since 1 July 2025; choose a present one",
    path,
    legalBasis: `${law("Điều 13, Điều 14")}; Quyết định 19/2025/QĐ-TTg`,
  };
}

export function citizenUnknown(): PartProblem {
  return {
    code: "CITIZEN_UNKNOWN",
    message: "Sổ đăng ký không có khai sinh của công dân này; đề nghị kiểm tra lại mã công dân",
    messageEn: "No birth of this citizen is registered here; check the citizen's id",
    path: ["citizenId"],
    legalBasis: law("Điều 14"),
  };
}

/** The child has another number, or the number another child: a number is never replaced (Law on Identity 26/2023, art. 12). */
export function personalIdConflict(): PartProblem {
  return {
    code: "PERSONAL_ID_CONFLICT",
    message:
      "Số định danh này không khớp với sổ đăng ký: trẻ đã có số khác, hoặc số thuộc về người khác; đề nghị đối chiếu với cơ sở dữ liệu dân cư",
    messageEn:
      "The number contradicts the register: the child has another one, or it belongs to another person; compare with the population register",
    path: ["personalId"],
    legalBasis: "Luật Căn cước 26/2023/QH15, Điều 12",
  };
}

/** The register lost an entry and has since given its number, or the id of its child, to another: a person must look. */
export function formerEntryTaken(existingDossier: string | null): PartProblem {
  return {
    code: "FORMER_ENTRY_TAKEN",
    message:
      "Số vào sổ trước đây, hoặc mã của trẻ, nay thuộc về một mục khác trong sổ; cần công chức hộ tịch đối chiếu",
    messageEn:
      "The number under which it was entered, or the child's id, now belongs to another entry; a registrar must compare them",
    path: ["grantedBefore"],
    legalBasis: law("Điều 5"),
    ...(existingDossier !== null && { existingDossier }),
  };
}

// register books

export function bookOfRunningYear(): Fault {
  return {
    code: "BOOK_OF_RUNNING_YEAR",
    message: "Chỉ khóa sổ của năm đã kết thúc",
    messageEn: "Only a book of a year that has ended is closed",
  };
}

export function bookUnknown(): Fault {
  return {
    code: "BOOK_UNKNOWN",
    message: "Nơi đăng ký không có sổ loại này của năm này; đề nghị kiểm tra lại loại sổ và năm",
    messageEn: "The office has no such book of this year; check kind and year",
  };
}

export function bookClosed(): Fault {
  return { code: "BOOK_CLOSED", message: "Sổ này đã khóa trước đó", messageEn: "The book was closed before" };
}

export function bookHasGap(): Fault {
  return {
    code: "BOOK_HAS_GAP",
    message: "Sổ chưa có số liền trước; đề nghị nhập mục có số liền trước rồi nhập lại mục này",
    messageEn: "The book lacks the number before this one; enter that entry first, then this one again",
  };
}

// persons of entries

export function personDiffers(registered: string): Fault {
  return {
    code: "PERSON_DIFFERS_FROM_BIRTH",
    message: `Khác với nội dung đăng ký khai sinh: ${registered}; đề nghị kiểm tra lại, hoặc cải chính hộ tịch trước`,
    messageEn: `This differs from the registered birth: ${registered}; check it, or have the birth corrected first`,
  };
}

export function sexContradictsNumber(): Fault {
  return {
    code: "SEX_CONTRADICTS_NUMBER",
    message: "Giới tính không phù hợp với số định danh cá nhân; đề nghị kiểm tra lại cả hai",
    messageEn: "The sex contradicts the personal number; check both",
  };
}

export function formerRegistrationRequired(): Fault {
  return {
    code: "FORMER_REGISTRATION_REQUIRED",
    message: "Đăng ký lại hoặc ghi vào sổ phải nêu số và nơi đã đăng ký trước đây",
    messageEn: "A repeated registration, or a note of one abroad, names the former number and office",
  };
}

/** Decree 123/2015, art. 24: only what was registered before 2016 is registered again. */
export function reregistrationTooYoung(): Fault {
  return {
    code: "REREGISTRATION_TOO_YOUNG",
    message:
      "Chỉ đăng ký lại việc hộ tịch đã đăng ký trước ngày 01/01/2016 (Nghị định 123/2015/NĐ-CP, Điều 24); đề nghị cấp bản sao trích lục",
    messageEn:
      "Only what was registered before 1 January 2016 is registered again (Decree 123/2015, art. 24); issue an extract instead",
  };
}
