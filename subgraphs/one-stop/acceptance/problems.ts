import { type Fault, fault, type Parsed } from "../../_shared/reference/identifiers/parsed.ts";
import type { AgencyCode } from "../../agency-registry.ts";

/** Problem of a request. `existingDossier` is set only for callers who may see that dossier. */
export type Problem = Fault & { path: string[]; agency: AgencyCode | null; existingDossier: string | null };

/** Collects all problems of a request: validation continues after the first one, with a stand-in for an unreadable value. */
export class Problems {
  readonly found: Problem[] = [];
  readonly #unreadable: string[][] = [];

  add(path: string[], fault: Fault): void {
    this.found.push(ownProblem(path, fault));
  }

  /**
   * Returns the parsed value. Keeps the fault and returns the stand-in where the value is unreadable: a stand-in is well-formed
   * and in no register, so the agencies can check the rest of the request. A request with a stand-in is never accepted.
   */
  take<T, S extends T | string | null>(path: string[], parsed: Parsed<T>, standIn: S): T | Extract<S, null> {
    if (parsed.ok) return parsed.value;
    this.add(path, parsed.fault);
    this.#unreadable.push(path);
    return standIn as T; // has the shape of the value, without the brand
  }

  /** Marks a value that cannot be judged, because another value that it is compared with is a stand-in. */
  distrust(path: string[]): void {
    this.#unreadable.push(path);
  }

  /** True if the value at `path` is a stand-in or lies within one. An agency's problem with it is meaningless. */
  isStandIn(path: readonly string[]): boolean {
    return this.#unreadable.some((place) => place.every((name, at) => path[at] === name));
  }
}

/** Problem found by the desk itself. */
export function ownProblem(path: string[], fault: Fault, existingDossier: string | null = null): Problem {
  return { ...fault, path, agency: null, existingDossier };
}

export const officeUnknown = () =>
  fault(
    "OFFICE_UNKNOWN",
    "Mã nơi tiếp nhận không có trong danh mục đơn vị hành chính hiện hành; đề nghị kiểm tra lại",
    "No office has this commune code; use the list in force since 2025-07-01",
  );
export const officeNotYours = () =>
  fault(
    "OFFICE_NOT_YOURS",
    "Cán bộ chỉ được nộp hồ sơ tại Bộ phận Một cửa nơi mình làm việc",
    "A clerk submits at his or her own office only; use the office of the token",
  );
export const communeUnknown = () =>
  fault(
    "COMMUNE_UNKNOWN",
    "Mã đơn vị hành chính cấp xã không có trong danh mục có hiệu lực từ 01/07/2025",
    "No commune has this code; use the list in force since 2025-07-01",
  );
export const facilityMalformed = () =>
  fault(
    "FACILITY_MALFORMED",
    "Mã cơ sở khám bệnh, chữa bệnh ban đầu phải gồm đúng 5 chữ số",
    "A care facility's code is exactly five digits",
  );
export const sexContradictsNumber = () =>
  fault(
    "SEX_CONTRADICTS_NUMBER",
    "Giới tính không phù hợp với số định danh cá nhân; đề nghị kiểm tra lại cả hai",
    "The sex contradicts the personal number; check both",
  );
export const yearContradictsNumber = () =>
  fault(
    "PERSONAL_ID_YEAR_MISMATCH",
    "Năm sinh không khớp với số định danh cá nhân; đề nghị kiểm tra lại",
    "The year of birth contradicts the personal number; check both",
  );
export const emailMalformed = () =>
  fault(
    "EMAIL_MALFORMED",
    "Địa chỉ thư điện tử không đúng định dạng; ví dụ: ten@mien.vn",
    "The e-mail address must look like name@example.vn",
  );
export const copiesImpossible = () =>
  fault("PAPER_COPIES_IMPOSSIBLE", "Số bản sao phải từ 0 đến 50", "The number of paper copies lies between 0 and 50");
export const notInForce = () =>
  fault(
    "NO_BUNDLE_IN_FORCE",
    "Tại ngày tiếp nhận, thủ tục liên thông chưa có hiệu lực",
    "No combined procedure was in force on the day of receipt",
  );
export const idempotencyConflict = (): Fault =>
  fault(
    "IDEMPOTENCY_CONFLICT",
    "Khóa chống trùng này đã được dùng cho một hồ sơ có nội dung khác; đề nghị dùng khóa mới",
    "This idempotency key was used with another body; use a new key",
  );
export const agencyUnavailable = (reason: string): Fault =>
  fault(
    "AGENCY_UNAVAILABLE",
    "Cơ quan chưa trả lời. Việc nộp hồ sơ không bị ảnh hưởng; cơ quan sẽ giải quyết khi hệ thống hoạt động trở lại",
    `The agency did not respond (${reason}). The submission is not affected; the agency decides when it is available again`,
  );
export const reservedCodeUsed = () =>
  fault(
    "RESERVED_CODE_USED",
    "Mã hồ sơ này đã được dùng cho hồ sơ khác; đề nghị dùng mã khác và cấp lại giấy tiếp nhận",
    "Another dossier has this code; use another one and issue the receipt again",
  );
export const codeNotReserved = () =>
  fault(
    "CODE_NOT_RESERVED",
    "Mã hồ sơ này không thuộc dải mã đã giữ trước của nơi tiếp nhận",
    "The code is not in a block that this office has reserved",
  );
export const codeAlreadyVoid = () =>
  fault(
    "RESERVED_CODE_ALREADY_VOID",
    "Mã hồ sơ này đã được hủy trước đó",
    "The code is void already: a desk or the end of its term made it so",
  );
export const attachmentsTooMany = (most: number) =>
  fault(
    "ATTACHMENTS_TOO_MANY",
    `Hồ sơ có tối đa ${most} giấy tờ, tệp đính kèm; đề nghị gộp các trang của một giấy tờ vào một tệp`,
    `A dossier has at most ${most} papers or attachments; put the pages of a paper into one file`,
  );
export const attachmentUnknown = () =>
  fault(
    "ATTACHMENT_UNKNOWN",
    "Tệp đính kèm không có trên hệ thống hoặc đã hết hạn; đề nghị tải lên lại",
    "No attachment has this id, or it was removed after a day; upload it again",
  );
