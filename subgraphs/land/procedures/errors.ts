import { fault } from "../../_shared/reference/identifiers/parsed.ts";

/** Problems of dossiers about land, beside those of the register's acts. */

export const certificateUnknown = () =>
  fault(
    "CERTIFICATE_UNKNOWN",
    "Sổ địa chính không có giấy chứng nhận với số phát hành này; đề nghị kiểm tra lại số trên giấy",
    "The register has no certificate with this serial; check the serial on the paper",
  );
export const certificateEnded = () =>
  fault(
    "CERTIFICATE_ENDED",
    "Giấy chứng nhận này không còn hiệu lực; đề nghị dùng giấy chứng nhận được cấp thay thế",
    "The certificate is no longer in force; use the one that was issued in its place",
  );
export const certificateOfOtherParcel = () =>
  fault(
    "CERTIFICATE_OF_OTHER_PARCEL",
    "Giấy chứng nhận không phải của thửa đất này; đề nghị kiểm tra lại số phát hành và mã thửa đất",
    "The certificate is not that of this parcel; check the serial and the code of the parcel",
  );
export const parcelFactsDiffer = () =>
  fault(
    "PARCEL_FACTS_DIFFER",
    "Xã, tờ bản đồ, số thửa hoặc diện tích khác với giấy chứng nhận đang có hiệu lực; đề nghị ghi đúng như trên giấy",
    "Commune, map sheet, number or area differ from the certificate in force; state them as on the paper",
  );
export const contractInFuture = () =>
  fault(
    "CONTRACT_IN_FUTURE",
    "Ngày công chứng, chứng thực không được sau ngày nộp hồ sơ; đề nghị kiểm tra lại",
    "The contract cannot be notarised after the day of the submission; check the day",
  );
export const enteredByOfficer = () =>
  fault(
    "ENTERED_BY_OFFICER",
    "Nội dung này do cán bộ ghi sổ bằng văn bản riêng; đề nghị cán bộ đối chiếu và ghi lại nếu sổ không còn",
    "An officer entered this by a separate act; an officer has to look, and enter it again if the register lost it",
  );
export const obligationsNotEntered = () =>
  fault(
    "OBLIGATIONS_NOT_ENTERED",
    "Chưa ghi nghĩa vụ tài chính theo thông báo của cơ quan thuế; đề nghị ghi từng khoản trước khi chuyển bước",
    "No obligation of the tax office's notice is entered; enter each before the stage is granted",
  );
export const blankNotStated = () =>
  fault(
    "BLANK_NOT_STATED",
    "Cần ghi số phát hành (serial) và số vào sổ (bookNumber) của giấy chứng nhận mới",
    "State the serial and the book number of the new certificate",
  );
