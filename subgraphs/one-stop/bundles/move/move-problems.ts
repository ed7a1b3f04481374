import { fault } from "../../../_shared/reference/identifiers/parsed.ts";

export const personAlreadyMoving = () =>
  fault(
    "PERSON_ALREADY_MOVING",
    "Một trong những người này đã có hồ sơ chuyển nơi ở, hoặc đổi nơi khám chữa bệnh, địa chỉ kinh doanh đang giải quyết; đề nghị tra cứu hồ sơ đã có",
    "One of these persons has an open dossier of a move, or of a change of the care facility or business address, already; look up that dossier",
  );
export const submitterDoesNotMove = () =>
  fault(
    "SUBMITTER_NOT_NAMED",
    "Công dân chỉ được nộp hồ sơ mà mình là người nộp và là người chuyển nơi ở",
    "A citizen submits only as the declarant, and only the own move",
  );
export const residenceTwice = () =>
  fault(
    "RESIDENCE_TWICE",
    "Chỉ đề nghị một trong hai: đăng ký thường trú hoặc đăng ký tạm trú tại nơi ở mới",
    "Ask either for the permanent or for a temporary residence at the new address",
  );
export const nothingChosen = () =>
  fault(
    "NOTHING_TO_COMBINE",
    "Đề nghị chọn ít nhất một việc: đăng ký cư trú, đổi nơi khám chữa bệnh ban đầu hoặc địa chỉ hộ kinh doanh",
    "Ask for at least one of these: residence, facility of first care, address of the household business",
  );
export const membersWithoutResidence = () =>
  fault(
    "MEMBERS_WITHOUT_RESIDENCE",
    "Thành viên cùng chuyển chỉ khai khi đề nghị đăng ký cư trú; đề nghị bỏ mục này hoặc đăng ký cư trú",
    "Members move together only in a registration of residence; leave them out, or ask for the residence",
  );
export const addressMissing = () =>
  fault(
    "BUSINESS_ADDRESS_MISSING",
    "Cần địa chỉ mới của hộ kinh doanh khi không đăng ký cư trú tại nơi ở mới",
    "Without a residence at the new address, state the new address of the household business",
  );
export const headNameMissing = () =>
  fault(
    "HEAD_NAME_MISSING",
    "Cần họ tên của chủ hộ nơi chuyển đến",
    "State the full name of the head of the household to join",
  );
export const relationToHeadMissing = () =>
  fault(
    "RELATION_TO_HEAD_MISSING",
    "Cần quan hệ với chủ hộ nơi chuyển đến để đăng ký thường trú",
    "State the relation to the head of the household for the permanent residence",
  );
