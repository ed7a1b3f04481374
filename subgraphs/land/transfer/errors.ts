import { fault } from "../../_shared/reference/identifiers/parsed.ts";

export const dayInFuture = () =>
  fault("DAY_IN_FUTURE", "Ngày này ở tương lai; đề nghị kiểm tra lại", "The day is in the future; check it");
export const shareTotalImpossible = () =>
  fault(
    "SHARE_TOTAL_IMPOSSIBLE",
    "Mỗi người có ít nhất một phần và tổng không quá 1.000.000 phần; đề nghị rút gọn các phần",
    "Each holder has one share or more, and all together 1,000,000 at most; reduce the shares",
  );
