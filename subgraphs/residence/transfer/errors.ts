import { fault } from "../../_shared/reference/identifiers/parsed.ts";

export const numberContradictsPerson = () =>
  fault(
    "NUMBER_CONTRADICTS_PERSON",
    "Số định danh cá nhân chỉ giới tính hoặc năm sinh khác; đề nghị kiểm tra lại số, giới tính và ngày sinh",
    "The personal number says another sex or year of birth; check number, sex and date of birth",
  );
export const relationNotListed = () =>
  fault(
    "RELATION_NOT_LISTED",
    "Quan hệ với chủ hộ không có trong danh mục của mẫu CT01; đề nghị ghi đúng mã, ví dụ WIFE, CHILD",
    "The relation to the head is not in the list of form CT01; write its code, such as WIFE or CHILD",
  );
export const householdCodeMalformed = () =>
  fault(
    "HOUSEHOLD_CODE_MALFORMED",
    "Mã hộ gồm 10 hoặc 11 chữ số; đề nghị ghi đúng mã hộ của địa phương",
    "The code of a household has 10 or 11 digits; write the code as it was given",
  );
export const personRegisteredOtherwise = () =>
  fault(
    "PERSON_REGISTERED_OTHERWISE",
    "Cơ sở dữ liệu dân cư đã có số hoặc mã nội bộ này với thông tin khác; đề nghị đối chiếu với giấy khai sinh hoặc thẻ căn cước",
    "The population register has this number or id with other facts; compare it with the birth certificate or identity card",
  );
export const residentElsewhere = () =>
  fault(
    "RESIDENT_ELSEWHERE",
    "Người này đã có đăng ký thường trú trong cơ sở dữ liệu; đề nghị làm thủ tục chuyển hộ thay cho việc nhập tệp",
    "The person has a permanent residence in the register already; register a move instead of importing it",
  );
