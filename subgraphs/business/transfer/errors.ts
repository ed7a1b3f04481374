import { fault } from "../../_shared/reference/identifiers/parsed.ts";

export const registeredInFuture = () =>
  fault(
    "REGISTERED_IN_FUTURE",
    "Ngày đăng ký ở tương lai; đề nghị kiểm tra lại",
    "The day of registration is in the future; check it",
  );
export const suspensionImpossible = () =>
  fault(
    "SUSPENSION_IMPOSSIBLE",
    "Thời gian tạm ngừng phải có ngày bắt đầu, không kết thúc trước ngày đó; doanh nghiệp phải ghi cả ngày kết thúc",
    "A suspension has a first day and does not end before it; that of an enterprise has a last day, too",
  );
export const formOfEnterprise = () =>
  fault(
    "FORM_OF_ENTERPRISE",
    "Loại hình chỉ ghi cho doanh nghiệp; đề nghị bỏ trống hoặc kiểm tra lại",
    "Only an enterprise has a form; leave it out, or check the kind",
  );
export const codeNotOfOwner = () =>
  fault(
    "CODE_NOT_OF_KIND",
    "Mã số không phù hợp với loại: doanh nghiệp có mã số thuế, chi nhánh có mã số của doanh nghiệp kèm số thứ tự; đề nghị kiểm tra lại",
    "The code does not fit the kind: an enterprise has a tax code, and a branch that of its enterprise with a number; check both",
  );
