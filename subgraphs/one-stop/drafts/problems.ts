import { fault } from "../../_shared/reference/identifiers/parsed.ts";

export const draftMalformed = () =>
  fault(
    "DRAFT_MALFORMED",
    "Nội dung bản nháp phải là một đối tượng JSON",
    "The content of a draft must be a JSON object",
  );
export const draftTooLarge = (mostKb: number) =>
  fault(
    "DRAFT_TOO_LARGE",
    `Bản nháp không được vượt quá ${mostKb} kB; đề nghị tải giấy tờ lên dưới dạng tệp đính kèm`,
    `A draft must not exceed ${mostKb} kB; upload papers as attachments`,
  );
export const draftChanged = (revision: number) =>
  fault(
    "DRAFT_CHANGED",
    `Bản nháp đã được sửa ở nơi khác (lần sửa ${revision}); đề nghị tải lại trước khi tiếp tục`,
    `The draft was changed elsewhere and is now at revision ${revision}; read it again`,
  );
export const draftUsed = () =>
  fault("DRAFT_USED", "Bản nháp này đã được nộp thành hồ sơ", "A dossier has already been submitted from this draft");
export const fieldMissing = () =>
  fault("FIELD_MISSING", "Mục này là bắt buộc; đề nghị điền đầy đủ", "This field is required");
export const fieldUnknown = () =>
  fault("FIELD_UNKNOWN", "Mục này không có trong tờ khai", "The input has no field of this name");
export const fieldMalformed = () =>
  fault(
    "FIELD_MALFORMED",
    "Giá trị của mục này không đúng kiểu dữ liệu",
    "The value does not have the type of the field",
  );
