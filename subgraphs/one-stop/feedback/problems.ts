import { fault } from "../../_shared/reference/identifiers/parsed.ts";

export const feedbackEmpty = () =>
  fault(
    "FEEDBACK_EMPTY",
    "Đề nghị chọn mức độ hài lòng hoặc ghi nội dung phản ánh, kiến nghị",
    "Choose a rating, or write a complaint",
  );
export const ratingImpossible = () =>
  fault(
    "RATING_IMPOSSIBLE",
    "Mức độ hài lòng phải từ 1 (rất không hài lòng) đến 5 (rất hài lòng)",
    "The rating lies between 1 (very dissatisfied) and 5 (very satisfied)",
  );
export const feedbackGiven = () =>
  fault(
    "FEEDBACK_GIVEN",
    "Đánh giá, phản ánh về hồ sơ này đã được gửi; để bổ sung ý kiến, đề nghị gọi Bộ phận Một cửa",
    "Feedback on this dossier was given already; call the one-stop desk to add something",
  );
export const fieldUnknown = () =>
  fault(
    "FIELD_UNKNOWN",
    "Lĩnh vực không có trong danh mục thủ tục hành chính; ví dụ: civil_status",
    "No procedure of the catalogue is of this field; use one such as civil_status",
  );
export const nothingToAnswer = () =>
  fault(
    "FEEDBACK_WITHOUT_COMPLAINT",
    "Đánh giá này không có nội dung phản ánh, kiến nghị nên không cần trả lời",
    "This feedback is a rating without a complaint, so there is nothing to answer",
  );
export const feedbackAnswered = (by: string) =>
  fault("FEEDBACK_ANSWERED", `Phản ánh này đã được ${by} trả lời`, `${by} has already answered this complaint`);
