import { fault } from "../../_shared/reference/identifiers/parsed.ts";

export const answerCodeWrong = () =>
  fault(
    "ANSWER_CODE_WRONG",
    "Mã trả lời không đúng, đã hết hạn hoặc đã bị khóa; đề nghị xem lại thông báo mới nhất, hoặc nộp tại Bộ phận Một cửa",
    "The answer code is wrong, expired or void; see the newest message, or hand the papers in at the one-stop desk",
  );
