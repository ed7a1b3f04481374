import { fault } from "../../_shared/reference/identifiers/parsed.ts";

export const draftNotAwaited = () =>
  fault(
    "DRAFT_CERTIFICATE_NOT_AWAITED",
    "Hồ sơ không có dự thảo giấy khai sinh đang chờ xác nhận",
    "No draft certificate of the dossier awaits an answer: there is none, or it was answered, or the term has ended",
  );
export const remarkMissing = () =>
  fault(
    "DRAFT_CERTIFICATE_REMARK_MISSING",
    "Đề nghị nêu nội dung cần sửa trong dự thảo giấy khai sinh, từ 1 đến 1.000 ký tự",
    "State the errors of the draft certificate, 1 to 1,000 characters",
  );
