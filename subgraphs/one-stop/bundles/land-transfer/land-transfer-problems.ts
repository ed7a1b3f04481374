import { fault } from "../../../_shared/reference/identifiers/parsed.ts";

export const transferAlreadySubmitted = () =>
  fault(
    "TRANSFER_ALREADY_SUBMITTED",
    "Đã có hồ sơ đang giải quyết về giấy chứng nhận này; đề nghị tra cứu hồ sơ đã có",
    "There is an open dossier about this certificate already; look up that dossier",
  );
export const submitterIsNoParty = () =>
  fault(
    "SUBMITTER_NOT_NAMED",
    "Công dân chỉ được nộp hồ sơ mà mình là người nộp và là bên chuyển quyền hoặc bên nhận quyền",
    "A citizen submits as the declarant, and only as one who gives or receives the land",
  );
export const contractInFuture = () =>
  fault(
    "CONTRACT_IN_FUTURE",
    "Ngày công chứng, chứng thực không được sau ngày nộp hồ sơ; đề nghị kiểm tra lại",
    "The contract cannot be notarised after the day of the submission; check the day",
  );
