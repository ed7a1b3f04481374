import { fault } from "../../_shared/reference/identifiers/parsed.ts";

/** Problems of changes of the facility of first care, each with its remedy. */

export const facilityNotListed = () =>
  fault(
    "FACILITY_UNKNOWN",
    "Không có cơ sở khám chữa bệnh ban đầu mang mã này; đề nghị chọn một cơ sở trong danh mục",
    "No facility of first care has this code; choose one from the list",
  );
export const facilityUnchanged = () =>
  fault(
    "FACILITY_UNCHANGED",
    "Thẻ đang đăng ký khám chữa bệnh ban đầu tại cơ sở này; đề nghị chọn cơ sở khác hoặc bỏ yêu cầu",
    "The card names this facility already; choose another one, or leave the change out",
  );
export const facilityChangeNotYet = (from: string) =>
  fault(
    "FACILITY_CHANGE_NOT_YET",
    `Chưa đến thời gian đổi nơi đăng ký khám chữa bệnh ban đầu (Luật Bảo hiểm y tế, Điều 26); đề nghị nộp lại từ ngày ${from}`,
    `The facility of first care is not changed at this time (Law on Health Insurance, art. 26); request it from ${from}`,
  );
