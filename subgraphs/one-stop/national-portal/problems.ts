import { fault } from "../../_shared/reference/identifiers/parsed.ts";

export const deliveryNotStopped = () =>
  fault(
    "DELIVERY_NOT_STOPPED",
    "Việc đồng bộ hồ sơ này lên Cổng dịch vụ công quốc gia không bị dừng; không cần gửi lại",
    "The delivery of this dossier to the national portal has not stopped; nothing is to be retried",
  );
export const retryReasonMissing = () =>
  fault(
    "RETRY_REASON_MISSING",
    "Đề nghị ghi lý do gửi lại, từ 1 đến 300 ký tự",
    "State why the delivery is retried, 1 to 300 characters",
  );
