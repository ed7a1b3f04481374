import { fault } from "../../_shared/reference/identifiers/parsed.ts";

export const itemMalformed = () =>
  fault(
    "BATCH_ITEM_MALFORMED",
    "Mỗi mục của lô phải có đúng một nội dung: hồ sơ một thủ tục hoặc hồ sơ liên thông khai sinh",
    "An item has exactly one of dossier and birthBundle",
  );
export const keyMalformed = () =>
  fault(
    "IDEMPOTENCY_KEY_MALFORMED",
    "Khóa chống trùng phải có từ 1 đến 200 ký tự ASCII in được",
    "The idempotency key is 1 to 200 printable ASCII characters",
  );
export const codeVoid = () =>
  fault(
    "RESERVED_CODE_VOID",
    "Mã hồ sơ này đã hết hạn sử dụng và bị hủy; đề nghị giữ dải mã mới",
    "The term of the code is over and the code is void; reserve a new block",
  );
export const takenAtImpossible = () =>
  fault(
    "TAKEN_AT_IMPOSSIBLE",
    "Thời điểm tiếp nhận phải sau thời điểm giữ mã hồ sơ và không muộn hơn thời điểm hiện tại",
    "The time of receipt lies after the reservation of the code and not in the future",
  );
export const countImpossible = (most: number) =>
  fault("COUNT_IMPOSSIBLE", `Số mã giữ trước phải từ 1 đến ${most}`, `The number of codes lies between 1 and ${most}`);
export const voidReasonMissing = () =>
  fault(
    "VOID_REASON_MISSING",
    "Đề nghị ghi lý do hủy mã hồ sơ (tối đa 500 ký tự)",
    "State why the code becomes void, in at most 500 characters",
  );
