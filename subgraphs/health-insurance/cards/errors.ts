import { fault } from "../../_shared/reference/identifiers/parsed.ts";

/** Problems of acts on cards, each with its remedy. */

export const participantUnknown = () =>
  fault(
    "PARTICIPANT_UNKNOWN",
    "Người này chưa có thẻ bảo hiểm y tế; đề nghị kiểm tra lại số định danh hoặc đăng ký tham gia",
    "The person has no health-insurance card; check the number, or enrol the person",
  );
export const participantNameDiffers = () =>
  fault(
    "PARTICIPANT_NAME_DIFFERS",
    "Họ tên khác với họ tên trên thẻ bảo hiểm y tế; đề nghị kiểm tra lại hoặc điều chỉnh thông tin trên thẻ trước",
    "The name differs from that on the card; check it, or have the card corrected first",
  );
export const cardClosed = () =>
  fault(
    "CARD_CLOSED",
    "Thẻ bảo hiểm y tế đã được khóa vì người tham gia đã chết; đề nghị kiểm tra lại số định danh",
    "The card is closed because its holder has died; check the number",
  );
export const cardExpired = (lastDay: string) =>
  fault(
    "CARD_EXPIRED",
    `Thẻ bảo hiểm y tế đã hết hạn ngày ${lastDay}; đề nghị gia hạn thẻ trước`,
    `The card ended on ${lastDay}; renew it first`,
  );
