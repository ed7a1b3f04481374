import { fault } from "../../_shared/reference/identifiers/parsed.ts";

export const officerUnknown = () =>
  fault(
    "OFFICER_UNKNOWN",
    "Không tìm thấy cán bộ này trong số những người đã nhận hoặc giải quyết việc của cơ quan tại nơi tiếp nhận",
    "No such officer has claimed or decided a part of this agency at this office; take an id from workload(by: OFFICER)",
  );
