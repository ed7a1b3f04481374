import { fault } from "../../_shared/reference/identifiers/parsed.ts";

export const bookNumberMalformed = () =>
  fault(
    "BOOK_NUMBER_MALFORMED",
    "Số vào sổ phải có dạng số/năm, ví dụ 12/2020, và năm là năm đăng ký; đề nghị kiểm tra lại",
    "A number in a book is written n/yyyy, such as 12/2020, with the year of the registration; check it",
  );
export const officeNotListed = () =>
  fault(
    "OFFICE_NOT_LISTED",
    "Mã đơn vị hành chính cấp xã không có trong danh mục từ ngày 01/07/2025; đề nghị chọn mã của đơn vị kế thừa sổ",
    "No commune has this code in the list in force since 1 July 2025; choose that of the commune that has the book now",
  );
export const bookIsClosed = () =>
  fault(
    "BOOK_IS_CLOSED",
    "Sổ của năm này đã khóa; mục còn thiếu phải được đăng ký bằng nghiệp vụ hộ tịch",
    "The book of this year is closed; a missing entry is registered by an act",
  );
export const birthPlaceUnclear = () =>
  fault(
    "BIRTH_PLACE_UNCLEAR",
    "Nơi sinh là một xã trong nước (birthCommune) hoặc một nước (birthCountry); đề nghị ghi một trong hai",
    "A place of birth is a commune (birthCommune) or a country (birthCountry); state one of them",
  );
export const citizenHasBirth = () =>
  fault(
    "CITIZEN_HAS_BIRTH",
    "Số định danh hoặc mã nội bộ này đã có trong một khai sinh khác; đề nghị đối chiếu hai bản ghi",
    "Another birth has this personal number or id; compare the two entries",
  );
export const orderOfBirthImpossible = () =>
  fault(
    "ORDER_OF_BIRTH_IMPOSSIBLE",
    "Thứ tự sinh từ 1 đến 20 và không quá số trẻ của ca sinh; đề nghị kiểm tra lại",
    "The order of birth is 1 to 20 and no more than the number of children; check it",
  );
export const declarantRelationUnknown = () =>
  fault(
    "DECLARANT_RELATION_UNKNOWN",
    "Quan hệ của người đi khai sinh không có trong danh mục; đề nghị ghi đúng mã, ví dụ FATHER, MOTHER",
    "The relation of the declarant is not in the list; write its code, such as FATHER or MOTHER",
  );
export const endBeforeItsMarriage = () =>
  fault(
    "END_BEFORE_ITS_MARRIAGE",
    "Hôn nhân chấm dứt trước ngày kết hôn; đề nghị kiểm tra lại hai ngày",
    "The marriage ends before it begins; check both days",
  );
export const decisionOfEnd = () =>
  fault(
    "DECISION_OF_END",
    "Ly hôn hoặc hủy kết hôn phải có bản án, quyết định; chấm dứt do chết thì không",
    "A divorce or annulment has a decision, and an end by death has none; correct it",
  );
