import { fault } from "../../../_shared/reference/identifiers/parsed.ts";

export const deceasedAlreadySubmitted = () =>
  fault(
    "DECEASED_ALREADY_SUBMITTED",
    "Đã có hồ sơ về việc chết của người này; đề nghị tra cứu hồ sơ đã có",
    "There is a dossier for the death of this person already; look up that dossier",
  );
export const declarantIsDeceased = () =>
  fault(
    "DECLARANT_IS_DECEASED",
    "Số định danh của người đi khai tử là của người chết; đề nghị kiểm tra lại",
    "The declarant's number is that of the deceased; check both numbers",
  );
export const submitterIsNotDeclarant = () =>
  fault(
    "SUBMITTER_NOT_NAMED",
    "Công dân chỉ được nộp hồ sơ mà mình là người đi khai tử",
    "A citizen submits only as the declarant of the death",
  );
export const dateInFuture = () =>
  fault(
    "DATE_IN_FUTURE",
    "Ngày này không được sau ngày hiện tại; đề nghị kiểm tra lại",
    "This day lies in the future; check it",
  );
export const deathBeforeBirth = () =>
  fault(
    "DEATH_BEFORE_BIRTH",
    "Ngày chết ở trước ngày sinh; đề nghị kiểm tra lại cả hai",
    "The death lies before the birth; check both dates",
  );
export const timeMalformed = () =>
  fault(
    "TIME_MALFORMED",
    "Giờ chết ghi theo dạng giờ:phút, ví dụ 14:05; nếu không rõ thì để trống",
    "The time of death is written HH:mm, such as 14:05; leave it out if it is not known",
  );
export const deathNoticeRequired = () =>
  fault(
    "DEATH_NOTICE_REQUIRED",
    "Cần giấy báo tử hoặc giấy tờ thay thế (Luật Hộ tịch 60/2014/QH13, Điều 34)",
    "Give the death notice, or withoutNotice in its place (Law on Civil Status 60/2014, art. 34)",
  );
export const deathNoticeTwice = () =>
  fault(
    "DEATH_NOTICE_TWICE",
    "Chỉ khai một trong hai: giấy báo tử hoặc giấy tờ thay thế",
    "Give either the death notice or withoutNotice",
  );
export const noticeBeforeDeath = () =>
  fault(
    "NOTICE_BEFORE_DEATH",
    "Giấy báo tử không thể được cấp trước ngày chết; đề nghị kiểm tra lại",
    "The notice cannot be issued before the death; check both days",
  );
export const numberOfDeceasedRequired = () =>
  fault(
    "PERSONAL_ID_REQUIRED",
    "Cần số định danh cá nhân của người chết để xóa đăng ký thường trú hoặc khóa thẻ bảo hiểm y tế",
    "The strike-off of the residence and the closing of the card need the personal number of the deceased",
  );
export const nothingBesideDeath = () =>
  fault(
    "NOTHING_TO_COMBINE",
    "Đề nghị chọn thêm xóa đăng ký thường trú, khóa thẻ bảo hiểm y tế hoặc trợ cấp mai táng; nếu chỉ đăng ký khai tử, nộp thủ tục 1.000656",
    "Ask for the strike-off, the closing of the card or the funeral allowance too; for the registration alone submit procedure 1.000656",
  );
