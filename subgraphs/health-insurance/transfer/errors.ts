import { fault } from "../../_shared/reference/identifiers/parsed.ts";

export const facilityCodeMalformed = () =>
  fault(
    "FACILITY_CODE_MALFORMED",
    "Mã cơ sở khám chữa bệnh gồm 5 chữ số; đề nghị ghi đúng mã",
    "The code of a care facility has 5 digits; write it so",
  );
export const facilityCommuneUnknown = () =>
  fault(
    "FACILITY_COMMUNE_UNKNOWN",
    "Mã đơn vị hành chính cấp xã không có trong danh mục từ ngày 01/07/2025; đề nghị chọn mã hiện hành",
    "No commune has this code in the list in force since 1 July 2025; choose a present one",
  );
export const cardEndsBefore = () =>
  fault(
    "CARD_ENDS_BEFORE",
    "Thẻ có ngày hết hạn trước ngày bắt đầu; đề nghị kiểm tra lại hai ngày",
    "The card ends before it begins; check both days",
  );
export const closedCardNeedsEnd = () =>
  fault(
    "CLOSED_CARD_NEEDS_END",
    "Thẻ đã khóa phải có ngày hết hạn; đề nghị ghi validTo",
    "A closed card has an end; state validTo",
  );
export const groupNotListed = () =>
  fault(
    "GROUP_NOT_LISTED",
    "Danh mục không có đối tượng với mức hưởng này; đề nghị kiểm tra ba ký tự đầu của mã thẻ",
    "The list has no group with this benefit; check the first three characters of the number",
  );
export const holderHasOtherCard = () =>
  fault(
    "HOLDER_HAS_OTHER_CARD",
    "Người này đã có thẻ với mã khác; mỗi người chỉ có một thẻ, đề nghị đối chiếu mã thẻ",
    "The person has a card with another number; everybody has one card, so compare the numbers",
  );
export const insuranceNumberTaken = () =>
  fault(
    "INSURANCE_NUMBER_TAKEN",
    "Mười chữ số cuối của mã thẻ là của người khác; đề nghị kiểm tra lại mã thẻ",
    "The last ten digits of the number are another person's; check the number",
  );
