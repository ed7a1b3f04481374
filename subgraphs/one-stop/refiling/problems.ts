import { fault } from "../../_shared/reference/identifiers/parsed.ts";

export const partStillOpen = () =>
  fault(
    "PART_STILL_OPEN",
    "Phần việc này đang được giải quyết; chỉ có thể nộp lại sau khi có kết quả",
    "The part is still open; it can be refiled after its decision",
  );
export const refileEarlierPart = () =>
  fault(
    "REFILE_EARLIER_PART",
    "Phần việc này không được giải quyết vì phần việc trước đó không được chấp nhận; đề nghị nộp lại phần việc trước",
    "The part was not decided because an earlier part was not granted; refile the earlier part, which includes this one",
  );
export const partAlreadyRefiled = () =>
  fault(
    "PART_ALREADY_REFILED",
    "Phần việc này đã được nộp lại bằng hồ sơ khác; đề nghị theo dõi hoặc nộp lại từ hồ sơ đó",
    "The part has already been refiled; follow that dossier, or refile its part",
  );
export const changeNotOfPart = () =>
  fault(
    "CHANGE_NOT_OF_PART",
    "Nội dung thay đổi không thuộc phần việc này; đề nghị chỉ khai các mục của phần việc này",
    "This change does not belong to the part; give only the fields for this part",
  );
export const partCompletedAtAgency = () =>
  fault(
    "PART_COMPLETED_AT_AGENCY",
    "Việc đăng ký đã có hiệu lực nên không nộp lại bước này; đề nghị liên hệ cơ quan giải quyết để hoàn thành các bước còn lại",
    "The registration stands, so this stage is not refiled; ask its agency, which completes the remaining stages",
  );
export const partSubmittedAnew = (procedure: string) =>
  fault(
    "PART_SUBMITTED_ANEW",
    `Tờ khai của phần việc này không lập được từ hồ sơ cũ; đề nghị nộp hồ sơ mới theo thủ tục ${procedure}`,
    `The form of this part does not follow from the earlier request; submit a new dossier for procedure ${procedure}`,
  );
