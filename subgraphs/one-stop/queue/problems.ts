import { fault } from "../../_shared/reference/identifiers/parsed.ts";

export const ticketOpen = () =>
  fault(
    "TICKET_ALREADY_TAKEN",
    "Người này đang có số thứ tự chưa kết thúc trong ngày tại nơi tiếp nhận này",
    "The person already has an open ticket at this office today",
  );
export const priorityUnknown = (allowed: readonly string[]) =>
  fault(
    "TICKET_PRIORITY_UNKNOWN",
    `Đối tượng ưu tiên phải là một trong các mã: ${allowed.join(", ")}`,
    `The priority group must be one of: ${allowed.join(", ")}`,
  );
export const queueEmpty = () => fault("QUEUE_EMPTY", "Hiện không có người đang chờ", "No ticket is waiting");
export const counterBusy = () =>
  fault(
    "COUNTER_BUSY",
    "Quầy đang phục vụ một số thứ tự khác; đề nghị kết thúc số đó trước khi gọi số tiếp theo",
    "The counter serves another ticket; end that one first",
  );
export const counterMalformed = () =>
  fault(
    "COUNTER_MALFORMED",
    "Tên quầy phải có từ 1 đến 20 ký tự",
    "The name of the counter must have 1 to 20 characters",
  );
export const ticketNotCalled = () =>
  fault(
    "TICKET_NOT_CALLED",
    "Số thứ tự này chưa được gọi hoặc đã kết thúc phục vụ",
    "The ticket is not being served: it has not been called yet, or it has ended",
  );
