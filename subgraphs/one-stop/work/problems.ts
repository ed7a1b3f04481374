import { fault } from "../acceptance/problems.ts";

export const alreadyClaimed = (by: string) =>
  fault("ALREADY_CLAIMED", `Phần việc này đã được ${by} nhận giải quyết`, `${by} works on this part already`);
export const partNotOpen = () =>
  fault(
    "PART_NOT_OPEN",
    "Phần việc này không ở trạng thái chờ giải quyết",
    "The part is not open: it is decided, or its agency has not received it",
  );
export const decisionMalformed = () =>
  fault(
    "DECISION_MALFORMED",
    "Phải chọn đúng một quyết định: giải quyết, từ chối, yêu cầu bổ sung hoặc gia hạn",
    "Give exactly one of grant, refuse, supplement and extend",
  );
export const decisionNotTaken = () =>
  fault(
    "DECISION_NOT_TAKEN",
    "Cơ quan không thực hiện được quyết định vì hồ sơ còn vướng mắc",
    "The agency did not apply the decision: the part has problems",
  );
export const nothingToSupplement = () =>
  fault("NOTHING_TO_SUPPLEMENT", "Hồ sơ không có yêu cầu bổ sung", "No supplement of the dossier is open");
export const itemsMissing = (codes: readonly string[]) =>
  fault(
    "SUPPLEMENT_INCOMPLETE",
    `Còn thiếu nội dung bổ sung: ${codes.join(", ")}`,
    `Answers are missing for: ${codes.join(", ")}`,
  );
export const dossierEnded = () =>
  fault("DOSSIER_ENDED", "Hồ sơ đã kết thúc", "The dossier has ended and cannot be changed");
export const notToBeReturned = () =>
  fault(
    "NOT_TO_BE_RETURNED",
    "Chỉ trả kết quả của hồ sơ đã giải quyết xong và chưa trả kết quả",
    "Only the results of a completed dossier that were not returned yet can be handed over",
  );
