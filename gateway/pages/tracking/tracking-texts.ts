import type { Bilingual, Language } from "../language.ts";

/** States of a dossier in words for its applicant. */
export const STATES: Readonly<Record<string, Bilingual>> = {
  RECEIVED: { vi: "Đã tiếp nhận", en: "Received" },
  IN_PROGRESS: { vi: "Đang giải quyết", en: "In progress" },
  AWAITING_CITIZEN: { vi: "Đang chờ ông/bà", en: "Waiting for you" },
  AWAITING_PAYMENT: { vi: "Chờ nộp phí, lệ phí", en: "Waiting for the payment of the fee" },
  COMPLETED: { vi: "Đã giải quyết xong", en: "Decided" },
  RETURNED: { vi: "Đã trả kết quả", en: "Results handed over" },
  NOT_ACCEPTED: { vi: "Không được tiếp nhận", en: "Not accepted" },
  WITHDRAWN: { vi: "Đã rút hồ sơ", en: "Withdrawn" },
  STOPPED: { vi: "Đã dừng giải quyết", en: "Stopped" },
};

export const OUTCOMES: Readonly<Record<string, Bilingual>> = {
  GRANTED: { vi: "được giải quyết", en: "granted" },
  PARTLY_GRANTED: { vi: "được giải quyết một phần", en: "granted in part" },
  REFUSED: { vi: "bị từ chối", en: "refused" },
};

export const PART_STATES: Readonly<Record<string, Bilingual>> = {
  BLOCKED: { vi: "Chờ phần việc trước", en: "Waits for an earlier part" },
  READY: { vi: "Chờ gửi đến cơ quan giải quyết", en: "Ready to be sent to the agency" },
  SENT: { vi: "Đã gửi, chờ cơ quan trả lời", en: "Sent; the agency has not answered yet" },
  PROCESSING: { vi: "Cơ quan đang giải quyết", en: "The agency works on it" },
  SUPPLEMENT_NEEDED: { vi: "Cần ông/bà bổ sung giấy tờ", en: "Papers from you are needed" },
  GRANTED: { vi: "Đã giải quyết", en: "Granted" },
  REFUSED: { vi: "Bị từ chối", en: "Refused" },
  CANCELLED: { vi: "Đã hủy", en: "Cancelled" },
  NOT_APPLICABLE: {
    vi: "Không giải quyết vì phần việc trước bị từ chối",
    en: "Not decided: an earlier part was refused",
  },
};

/** In whose hands a dossier lies. `{}` stands for the agency. */
export const HOLDERS: Readonly<Record<string, Bilingual>> = {
  OFFICER: { vi: "Cán bộ của {} đang giải quyết", en: "An officer of {} works on it" },
  AGENCY: { vi: "{} đang giải quyết", en: "{} works on it" },
  CITIZEN: { vi: "Đang chờ ông/bà", en: "It waits for you" },
  OUTAGE: {
    vi: "Đang chờ {}: kết nối gián đoạn, hồ sơ sẽ được tự động gửi lại",
    en: "{} cannot be reached now; the dossier is sent again automatically",
  },
};

export const TEXTS = {
  vi: {
    title: "Tra cứu hồ sơ",
    code: "Mã hồ sơ",
    codeHint: "Mã in trên giấy tiếp nhận và hẹn trả kết quả, ví dụ H13.155-261123-0001",
    find: "Tra cứu",
    digits: "4 số cuối của số điện thoại đã đăng ký",
    digitsHint: "Để bảo vệ thông tin của ông/bà; nhập sai 5 lần thì mã này bị khóa tra cứu một giờ",
    otherCode: "Tra cứu mã khác",
    malformed:
      "Mã hồ sơ không đúng dạng. Mã gồm mã cơ quan, ngày tiếp nhận và số thứ tự, ví dụ H13.155-261123-0001; đề nghị xem lại giấy tiếp nhận.",
    digitsWrong: "Đề nghị nhập đúng 4 chữ số.",
    notFound:
      "Không tìm thấy hồ sơ: mã hồ sơ hoặc 4 số cuối điện thoại không đúng. Đề nghị đối chiếu với giấy tiếp nhận và nhập lại.",
    locked: "Đã nhập sai quá nhiều lần. Đề nghị thử lại sau {} phút.",
    unavailable:
      "Chưa xem được hồ sơ vì hệ thống của Bộ phận Một cửa chưa trả lời. Hồ sơ của ông/bà vẫn an toàn; đề nghị thử lại sau ít phút.",
    again: "Thử lại",
    refresh: "Cập nhật tình hình",
    duties: "Ông/bà cần làm gì",
    noDuty: "Hiện ông/bà chưa cần làm gì.",
    handIn: "Đề nghị nộp giấy tờ bổ sung tại {} và cho biết mã hồ sơ.",
    where: "Hồ sơ đang ở đâu",
    since: "từ",
    office: "Nơi tiếp nhận",
    received: "Tiếp nhận lúc",
    due: "Hẹn trả kết quả",
    overdue: "đã quá hạn",
    updated: "Cập nhật lúc",
    why: "Vì sao hẹn ngày này",
    parts: "Các phần việc",
    partDue: "Hạn giải quyết",
    partDone: "Xong lúc",
    supplementDue: "Hạn bổ sung",
    silent: "Chưa nhận được trả lời của: {}. Các thông tin khác bên dưới vẫn đầy đủ.",
    desk: "Bộ phận Một cửa",
    decided: "Đã giải quyết xong, kết quả ở {}",
    ended: "Hồ sơ đã kết thúc",
    address: "Trang tra cứu hồ sơ này",
  },
  en: {
    title: "Track a dossier",
    code: "Code of the dossier",
    codeHint: "It is printed on the receipt, such as H13.155-261123-0001",
    find: "Track",
    digits: "Last 4 digits of the registered phone number",
    digitsHint: "They protect your data; five wrong attempts lock the tracking of this code for an hour",
    otherCode: "Track another code",
    malformed:
      "This is not the code of a dossier. A code is agency code, day of receipt and number, such as H13.155-261123-0001; please look at the receipt again.",
    digitsWrong: "Please enter exactly 4 digits.",
    notFound:
      "No dossier was found: the code or the last 4 digits of the phone are wrong. Please compare them with the receipt and try again.",
    locked: "Too many wrong attempts. Please try again in {} minutes.",
    unavailable:
      "The dossier cannot be shown now, because the system of the one-stop desk does not answer. Your dossier is safe; please try again in a few minutes.",
    again: "Try again",
    refresh: "Update",
    duties: "What you have to do",
    noDuty: "You need not do anything now.",
    handIn: "Please hand the papers in at {} and tell the code of the dossier.",
    where: "Where the dossier is",
    since: "since",
    office: "Received by",
    received: "Received at",
    due: "Results due",
    overdue: "overdue",
    updated: "Last change",
    why: "Why it is due then",
    parts: "Parts",
    partDue: "Due",
    partDone: "Decided at",
    supplementDue: "Papers due",
    silent: "No answer yet from: {}. All other information below is complete.",
    desk: "The one-stop desk",
    decided: "It is decided; the results are at {}",
    ended: "The dossier has ended",
    address: "This tracking page",
  },
} satisfies Record<Language, Record<string, string>>;
