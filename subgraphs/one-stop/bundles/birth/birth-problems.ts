import { type Fault, fault } from "../../../_shared/reference/identifiers/parsed.ts";

export const submitterNotNamed = () =>
  fault(
    "SUBMITTER_NOT_NAMED",
    "Công dân chỉ được nộp hồ sơ mà mình là người yêu cầu, cha hoặc mẹ của trẻ; trường hợp khác đề nghị nộp tại Bộ phận Một cửa",
    "A citizen submits only as the declarant, the mother or the father; in other cases go to the desk",
  );
export const parentRequired = () =>
  fault(
    "PARENT_REQUIRED",
    "Cần khai mẹ hoặc cha của trẻ; nếu trẻ bị bỏ rơi, cần biên bản về việc trẻ bị bỏ rơi (Nghị định 123/2015/NĐ-CP, Điều 14)",
    "Name the mother or the father; for a foundling give the record of the finding (Decree 123/2015/NĐ-CP, art. 14)",
  );
export const placeAmbiguous = () =>
  fault(
    "PLACE_OF_BIRTH_AMBIGUOUS",
    "Trẻ sinh tại Việt Nam thì ghi mã xã, phường; trẻ sinh ở nước ngoài thì chỉ ghi mã nước",
    "Give the commune of a birth in Viet Nam, or the country of a birth abroad alone",
  );
export const dateInFuture = () =>
  fault(
    "DATE_IN_FUTURE",
    "Ngày sinh không được sau ngày hiện tại; đề nghị kiểm tra lại",
    "The date of birth lies in the future; check it",
  );
export const childTooOld = () =>
  fault(
    "CHILD_TOO_OLD",
    "Thủ tục liên thông chỉ áp dụng cho trẻ em dưới 6 tuổi; đề nghị nộp riêng từng thủ tục",
    "The combined request is for children under six; submit each procedure separately",
  );
export const parentTooYoung = () =>
  fault(
    "PARENT_TOO_YOUNG",
    "Tuổi của cha hoặc mẹ không phù hợp với tuổi của con; đề nghị kiểm tra lại ngày sinh",
    "The parent is too young for this child; check the dates of birth",
  );
export const parentTooOld = () =>
  fault(
    "PARENT_TOO_OLD",
    "Tuổi của cha hoặc mẹ không phù hợp với tuổi của con; đề nghị kiểm tra lại năm sinh",
    "The parent is too old for this child; check the years of birth",
  );
export const declarantNotEntitled = () =>
  fault(
    "DECLARANT_NOT_ENTITLED",
    "Người có quan hệ này không được đi đăng ký khai sinh cho trẻ. Cha hoặc mẹ đăng ký; nếu không thể thì ông, bà, người thân thích khác hoặc người đang nuôi dưỡng trẻ đăng ký (Luật Hộ tịch 60/2014/QH13, Điều 15)",
    "A person of this relation may not declare the birth. A parent does; if neither can, a grandparent, another relative or the person who cares for the child (Law on Civil Status 60/2014, art. 15)",
  );
export const declarantIsNotParent = () =>
  fault(
    "DECLARANT_IS_NOT_PARENT",
    "Người đi khai sinh được khai là cha hoặc mẹ nhưng không trùng với cha, mẹ trong hồ sơ; đề nghị kiểm tra họ tên và số định danh cá nhân",
    "The declarant is named as a parent and differs from that parent in the request; check name and personal number",
  );
export const declarantIsParent = () =>
  fault(
    "DECLARANT_IS_PARENT",
    "Số định danh của người đi khai sinh là của cha hoặc mẹ trong hồ sơ; đề nghị chọn đúng quan hệ với trẻ",
    "The declarant's number is that of a parent in the request; choose the right relation to the child",
  );
export const numberOfOtherSex = () =>
  fault(
    "PERSONAL_ID_SEX_MISMATCH",
    "Giới tính không khớp với số định danh cá nhân; đề nghị kiểm tra lại",
    "This number belongs to a person of the other sex; check the number",
  );
export const personalIdRequired = () =>
  fault(
    "PERSONAL_ID_REQUIRED",
    "Công dân Việt Nam phải khai số định danh cá nhân",
    "The personal number of a Vietnamese citizen is required",
  );
export const parentsAreOne = () =>
  fault(
    "PARENTS_ARE_ONE_PERSON",
    "Cha và mẹ không thể có cùng một số định danh cá nhân",
    "Mother and father cannot have the same number",
  );
export const noticeRequired = () =>
  fault(
    "BIRTH_NOTICE_REQUIRED",
    "Cần có số giấy chứng sinh, hoặc văn bản làm chứng hay giấy cam đoan thay thế",
    "Give the birth notice, or withoutNotice in its place",
  );
export const noticeAndSubstitute = () =>
  fault(
    "BIRTH_NOTICE_TWICE",
    "Chỉ khai một trong hai: giấy chứng sinh hoặc giấy tờ thay thế",
    "Give either the birth notice or withoutNotice",
  );
export const birthOrderImpossible = () =>
  fault(
    "BIRTH_ORDER_IMPOSSIBLE",
    "Thứ tự sinh phải từ 1 đến số trẻ được sinh ra, và số trẻ phải từ 2 đến 10",
    "The order lies between 1 and the number of children, which is 2 to 10",
  );
export const nothingToCombine = () =>
  fault(
    "NOTHING_TO_COMBINE",
    "Đề nghị chọn thêm đăng ký thường trú, cấp thẻ bảo hiểm y tế hoặc cấp thẻ căn cước; nếu chỉ đăng ký khai sinh, nộp thủ tục 1.001193",
    "Ask for residence, insurance or identity card too; for a birth alone submit procedure 1.001193",
  );
export const identityCardNotOffered = () =>
  fault(
    "NOT_OFFERED_YET",
    "Thủ tục liên thông bao gồm việc cấp thẻ căn cước đối với hồ sơ nhận từ ngày 01/09/2026 (Nghị định 301/2026/NĐ-CP); đề nghị để trống mục này",
    "The identity card is offered for dossiers received from 2026-09-01 (Decree 301/2026/NĐ-CP); leave it out",
  );

export const branchAlreadyOpen = () =>
  fault(
    "BRANCH_ALREADY_OPEN",
    "Phần việc này của trẻ đang được giải quyết hoặc đã có kết quả trong hồ sơ khác",
    "Another dossier for this branch of the child is open or granted",
  );
export const childAlreadySubmitted = (): Fault =>
  fault(
    "CHILD_ALREADY_SUBMITTED",
    "Đã có hồ sơ đăng ký cho trẻ này; đề nghị tra cứu hồ sơ đã có",
    "There is a dossier for this child already; look up that dossier",
  );
