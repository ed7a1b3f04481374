import { fault } from "../../_shared/reference/identifiers/parsed.ts";

/** Problems of acts on permanent residences, each with its remedy. */

export const personUnknown = () =>
  fault(
    "PERSON_NOT_FOUND",
    "Cơ sở dữ liệu dân cư không có số định danh này; đề nghị kiểm tra lại 12 chữ số trên thẻ căn cước",
    "The population register has no such number; check the 12 digits on the identity card",
  );
export const notResident = () =>
  fault(
    "NOT_RESIDENT",
    "Người này không có đăng ký thường trú đang có hiệu lực; đề nghị kiểm tra lại số định danh",
    "The person has no permanent residence in force; check the number",
  );
export const personNameDiffers = () =>
  fault(
    "PERSON_NAME_MISMATCH",
    "Họ tên khác với cơ sở dữ liệu dân cư; đề nghị nhập đúng như trên thẻ căn cước hoặc kiểm tra lại số định danh",
    "The name differs from the population register; enter it as on the identity card, or check the number",
  );
export const communeUnclear = () =>
  fault(
    "COMMUNE_UNCLEAR",
    "Đề nghị ghi mã xã, phường hoặc tên xã, phường cũ, chỉ một trong hai",
    "State either the code of the commune or the names of a former one",
  );
export const formerCommuneAmbiguous = (names: string) =>
  fault(
    "FORMER_COMMUNE_AMBIGUOUS",
    `Địa chỉ cũ ứng với nhiều đơn vị hành chính hiện nay: ${names}; đề nghị ghi thêm quận, huyện cũ hoặc chọn một đơn vị`,
    `The former commune became part of several: ${names}; add the former district, or state the code of one`,
  );
export const personDeceased = () =>
  fault(
    "PERSON_DECEASED",
    "Người này đã được xóa đăng ký thường trú do chết; đề nghị kiểm tra lại số định danh",
    "The person was struck off because of death; check the number",
  );
export const alreadyMember = () =>
  fault(
    "ALREADY_MEMBER",
    "Người này đã là thành viên của hộ; đề nghị bỏ khỏi yêu cầu",
    "The person is a member of the household already; leave the person out",
  );
export const destinationUnclear = () =>
  fault(
    "DESTINATION_UNCLEAR",
    "Đề nghị ghi mã hộ chuyển đến hoặc địa chỉ của hộ mới, chỉ một trong hai",
    "State either the code of the household to join or the address of a new one",
  );
export const moversMissing = () =>
  fault("MOVERS_MISSING", "Phải có ít nhất một người đăng ký", "At least one person is registered");
export const communeNotInForce = () =>
  fault(
    "COMMUNE_UNKNOWN",
    "Mã đơn vị hành chính cấp xã không có trong danh mục có hiệu lực từ 01/07/2025; đề nghị chọn xã, phường hiện hành",
    "No commune has this code; use the list in force since 2025-07-01",
  );
export const headOfNone = () =>
  fault(
    "HEAD_IS_NOT_HEAD",
    "Người này không phải là chủ hộ của hộ nào; đề nghị nhập số định danh của chủ hộ nơi chuyển đến, hoặc của chính người đăng ký nếu lập hộ mới",
    "This person is head of no household; enter the head of the household to join, or the person's own number for a new one",
  );
export const addressApart = () =>
  fault(
    "ADDRESS_COMMUNE_MISMATCH",
    "Địa chỉ thuộc xã khác với hộ của chủ hộ đã khai; đề nghị nhập địa chỉ của hộ hoặc chọn đúng chủ hộ",
    "The address lies in another commune than the head's household; enter the household's address or name the right head",
  );
export const consentMissing = () =>
  fault(
    "CONSENT_MISSING",
    "Chủ hộ, chủ sở hữu chỗ ở hợp pháp chưa đồng ý cho đăng ký thường trú (Luật Cư trú, Điều 20 và 21)",
    "The head of the household or the owner of the dwelling has not consented (Law on Residence, art. 20 and 21)",
  );
export const spouseElsewhere = () =>
  fault(
    "SPOUSE_NOT_IN_HOUSEHOLD",
    "Vợ hoặc chồng của người chuyển đến không phải là thành viên của hộ này; đề nghị nhập mã hộ của người đó",
    "The spouse of the person who moves is no member of this household; enter the code of the spouse's household",
  );
export const relationContradictsMarriage = () =>
  fault(
    "RELATION_CONTRADICTS_MARRIAGE",
    "Quan hệ là vợ, chồng của chủ hộ khi và chỉ khi chủ hộ là người kết hôn; đề nghị chọn lại quan hệ",
    "The relation is wife or husband if, and only if, the other spouse heads the household; choose another relation",
  );
export const dayInFuture = () =>
  fault(
    "DAY_IN_FUTURE",
    "Ngày này chưa đến; đề nghị nhập ngày đã xảy ra",
    "The day lies in the future; enter the day on which it happened",
  );
export const memberOfOtherHousehold = () =>
  fault(
    "MEMBER_OF_OTHER_HOUSEHOLD",
    "Người này không thuộc hộ của người nộp; đề nghị nộp tại Bộ phận Một cửa để người này ký tờ khai, hoặc để người này tự nộp hồ sơ",
    "The person is no member of the submitter's household; submit at a desk, where the person signs, or let the person submit an own request",
  );
