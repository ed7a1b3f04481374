import { fault } from "../../_shared/reference/identifiers/parsed.ts";

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
export const factNotCorrectable = (name: string) =>
  fault(
    "FACT_NOT_CORRECTABLE",
    `Quyết định không sửa được nội dung đã khai (${name}); đề nghị từ chối phần việc, ghi rõ nội dung cần sửa, để Bộ phận Một cửa nộp lại với nội dung đúng`,
    `A decision does not change what the request says (${name}): refuse the part and state the correction as the reason; the desk then refiles it with the right content (refilePart)`,
  );
export const likenessNotCompared = () =>
  fault(
    "LIKENESS_NOT_COMPARED",
    "Có trường hợp nghi trùng trong sổ đăng ký; cán bộ phải xem đối chiếu từng trường hợp trước khi giải quyết",
    "The register has entries that may be the same; look at each of the part's likenesses and name them in grant.compared",
  );
export const paperNeedsLegalBasis = () =>
  fault(
    "PAPER_NEEDS_LEGAL_BASIS",
    "Giấy tờ này không có trong danh mục niêm yết của thủ tục; đề nghị ghi căn cứ pháp lý của việc yêu cầu",
    "The paper is not in the posted list of the procedure; state the legal basis of the request",
  );
export const nothingToSupplement = () =>
  fault("NOTHING_TO_SUPPLEMENT", "Hồ sơ không có yêu cầu bổ sung", "No supplement of the dossier is open");
export const supplementItemsImpossible = (most: number) =>
  fault(
    "SUPPLEMENT_ITEMS_IMPOSSIBLE",
    `Yêu cầu bổ sung phải có từ 1 đến ${most} giấy tờ, mỗi mã giấy tờ chỉ ghi một lần`,
    `A request for papers has 1 to ${most} items, each with a code of its own`,
  );
export const answerEmpty = () =>
  fault(
    "SUPPLEMENT_ANSWER_EMPTY",
    "Đề nghị ghi nội dung trả lời hoặc đính kèm tệp",
    "The answer has neither a text nor an attachment",
  );
export const itemsMissing = (codes: readonly string[]) =>
  fault(
    "SUPPLEMENT_INCOMPLETE",
    `Còn thiếu nội dung bổ sung: ${codes.join(", ")}`,
    `Answers are missing for: ${codes.join(", ")}`,
  );
export const itemNotAsked = (asked: readonly string[]) =>
  fault(
    "SUPPLEMENT_ITEM_NOT_ASKED",
    `Nội dung này không có trong yêu cầu bổ sung; các nội dung cần bổ sung: ${asked.join(", ")}`,
    `No supplement asks for this item; answer these: ${asked.join(", ")}`,
  );
export const dossierEnded = () =>
  fault("DOSSIER_ENDED", "Hồ sơ đã kết thúc nên không thể thay đổi", "The dossier has ended and cannot be changed");
export const notToBeReturned = () =>
  fault(
    "NOT_TO_BE_RETURNED",
    "Chỉ trả kết quả của hồ sơ đã giải quyết xong và chưa trả kết quả",
    "Only the results of a completed dossier that were not returned yet can be handed over",
  );
