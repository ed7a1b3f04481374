import { fault } from "../../_shared/reference/identifiers/parsed.ts";

export const messageChannelMissing = () =>
  fault(
    "MESSAGE_CHANNEL_MISSING",
    "Đề nghị chọn ít nhất một kênh nhận thông báo; để không nhận thông báo, dùng stopMessages",
    "Choose at least one channel; to receive no messages, use stopMessages",
  );
export const declarantNotReachable = () =>
  fault(
    "DECLARANT_NOT_REACHABLE",
    "Hồ sơ không có số định danh, điện thoại hay thư điện tử của người nộp, nên không có thông báo nào được gửi",
    "The dossier has neither number, phone nor e-mail of its declarant, so no messages are sent",
  );
export const messageSettled = (by: string) =>
  fault("MESSAGE_SETTLED", `Thông báo này đã được ${by} xử lý`, `${by} has already settled this message`);
export const messageNotUndelivered = () =>
  fault(
    "MESSAGE_NOT_UNDELIVERED",
    "Thông báo này không ở trạng thái không gửi được nên không cần gửi lại",
    "This message is not undelivered, so there is nothing to send again",
  );
export const unsubscribeTokenWrong = () =>
  fault(
    "UNSUBSCRIBE_TOKEN_WRONG",
    "Liên kết không đúng hoặc không đầy đủ. Đề nghị mở lại liên kết trong thư, hoặc báo cho Bộ phận Một cửa",
    "The link is wrong or incomplete. Open the link in the e-mail again, or tell the one-stop desk",
  );
export const messageSettlementMissing = () =>
  fault(
    "MESSAGE_SETTLEMENT_MISSING",
    "Đề nghị ghi cách xử lý, từ 1 đến 1.000 ký tự",
    "State what was done, 1 to 1,000 characters",
  );
