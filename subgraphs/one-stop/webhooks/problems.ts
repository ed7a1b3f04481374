import { fault } from "../../_shared/reference/identifiers/parsed.ts";

export const urlMalformed = (demandsHttps: boolean) =>
  fault(
    "WEBHOOK_URL_MALFORMED",
    `Địa chỉ nhận phải là địa chỉ ${demandsHttps ? "https" : "https hoặc http"} đầy đủ, không có tên đăng nhập, mật khẩu, dấu #, tối đa 2.000 ký tự`,
    `The address must be an absolute ${demandsHttps ? "https" : "https or http"} URL without user name, password or fragment, of at most 2,000 characters`,
  );
export const addressRefused = () =>
  fault(
    "WEBHOOK_ADDRESS_REFUSED",
    "Địa chỉ nhận thuộc dải địa chỉ nội bộ hoặc dành riêng; đề nghị dùng địa chỉ công khai",
    "The address is private, loopback, link-local or of another special range; use a public one",
  );
export const outsideReach = () =>
  fault(
    "WEBHOOK_OUTSIDE_REACH",
    "Bộ lọc nằm ngoài phạm vi được giao nên sẽ không có thay đổi nào được gửi",
    "The filter lies outside the caller's reach, so no change would ever be sent",
  );
export const withoutReach = () =>
  fault(
    "WEBHOOK_WITHOUT_REACH",
    "Tài khoản chưa gắn với nơi tiếp nhận hoặc tỉnh nào",
    "The token names neither an office nor a province, so no change would ever be sent",
  );
export const tooManyWebhooks = (most: number) =>
  fault(
    "WEBHOOKS_TOO_MANY",
    `Mỗi nơi tiếp nhận hoặc tỉnh có tối đa ${most} địa chỉ nhận; đề nghị xóa địa chỉ không còn dùng`,
    `An office or province has at most ${most} webhooks; delete one that is no longer used`,
  );
export const overlapImpossible = (most: number) =>
  fault(
    "WEBHOOK_OVERLAP_IMPOSSIBLE",
    `Thời gian dùng đồng thời hai khóa phải từ 0 đến ${most} giờ`,
    `The overlap lies between 0 and ${most} hours`,
  );
export const webhookPaused = () =>
  fault(
    "WEBHOOK_PAUSED",
    "Địa chỉ nhận đang tạm dừng; đề nghị mở lại trước khi gửi thử",
    "The webhook is paused; resume it before a ping",
  );
