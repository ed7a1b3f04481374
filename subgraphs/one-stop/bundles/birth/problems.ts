import type { Fault, Parsed } from "../../../_shared/reference/identifiers/parsed.ts";
import type { AgencyCode } from "../../../agency-registry.ts";

/** Something that stands in the way of a request, as clients see it; `existingDossier` only for those who may see that one. */
export type Problem = Fault & { path: string[]; agency: AgencyCode | null; existingDossier: string | null };

/** Gathers every problem of a request: reading goes on after the first, with a stand-in where a value is unreadable. */
export class Problems {
  readonly found: Problem[] = [];
  readonly #unreadable: string[][] = [];

  add(path: string[], fault: Fault): void {
    this.found.push({ ...fault, path, agency: null, existingDossier: null });
  }

  /**
   * The parsed value; or, with the fault kept, a stand-in that no register knows: good enough to ask the agencies about
   * everything beside it, never to be accepted.
   */
  take<T, S extends T | string | null>(path: string[], parsed: Parsed<T>, standIn: S): T | Extract<S, null> {
    if (parsed.ok) return parsed.value;
    this.add(path, parsed.fault);
    this.#unreadable.push(path);
    return standIn as T; // has the shape of what it stands in for, without the brand
  }

  /** Whether the value at `path` is, or lies within, a stand-in: what an agency says about it means nothing. */
  isStandIn(path: readonly string[]): boolean {
    return this.#unreadable.some((place) => place.every((name, at) => path[at] === name));
  }
}

const fault = (code: string, message: string, messageEn: string): Fault => ({ code, message, messageEn });

export const officeUnknown = () =>
  fault(
    "OFFICE_UNKNOWN",
    "Mã nơi tiếp nhận không có trong danh mục đơn vị hành chính hiện hành",
    "No office has this commune code; use one of the list in force since 2025-07-01",
  );
export const officeNotYours = () =>
  fault(
    "OFFICE_NOT_YOURS",
    "Cán bộ chỉ được nộp hồ sơ tại Bộ phận Một cửa nơi mình làm việc",
    "A clerk submits at the own office only; use the office of your token",
  );
export const submitterNotNamed = () =>
  fault(
    "SUBMITTER_NOT_NAMED",
    "Công dân chỉ nộp hồ sơ mà mình là người yêu cầu, mẹ hoặc cha của trẻ",
    "A citizen submits only as the declarant, mother or father; name yourself or go to the desk",
  );
export const communeUnknown = () =>
  fault(
    "COMMUNE_UNKNOWN",
    "Mã đơn vị hành chính cấp xã không còn hoặc không có; dùng danh mục từ 01/07/2025",
    "No commune has this code any more; use the list in force since 2025-07-01",
  );
export const notInList = (allowed: readonly string[]) =>
  fault(
    "NOT_IN_CODE_LIST",
    `Giá trị phải là một trong: ${allowed.join(", ")}`,
    `The value must be one of: ${allowed.join(", ")}`,
  );
export const nationalityMalformed = () =>
  fault(
    "NATIONALITY_MALFORMED",
    "Quốc tịch ghi bằng ba chữ cái theo ISO 3166-1, ví dụ VNM",
    "Nationality is three letters of ISO 3166-1, such as VNM",
  );
export const emailMalformed = () =>
  fault(
    "EMAIL_MALFORMED",
    "Địa chỉ thư điện tử không đúng dạng ten@mien.vn",
    "The e-mail address must look like name@example.vn",
  );
export const dateInFuture = () =>
  fault(
    "DATE_IN_FUTURE",
    "Ngày sinh không thể ở tương lai; hãy kiểm tra lại",
    "The date of birth lies in the future; check it",
  );
export const childTooOld = () =>
  fault(
    "CHILD_TOO_OLD",
    "Liên thông chỉ dành cho trẻ em dưới 6 tuổi; hãy nộp từng thủ tục riêng",
    "The combined request is for children under six; submit each procedure by itself",
  );
export const parentTooYoung = () =>
  fault(
    "PARENT_TOO_YOUNG",
    "Cha hoặc mẹ quá trẻ so với con; hãy kiểm tra lại ngày sinh",
    "The parent is too young for this child; check the dates of birth",
  );
export const sexContradictsNumber = () =>
  fault(
    "PERSONAL_ID_SEX_MISMATCH",
    "Số định danh này là của người khác giới; hãy kiểm tra lại số",
    "This number belongs to a person of the other sex; check the number",
  );
export const yearContradictsNumber = () =>
  fault(
    "PERSONAL_ID_YEAR_MISMATCH",
    "Năm sinh không khớp với số định danh cá nhân; hãy kiểm tra lại",
    "The year of birth contradicts the personal number; check both",
  );
export const personalIdRequired = () =>
  fault(
    "PERSONAL_ID_REQUIRED",
    "Công dân Việt Nam phải có số định danh cá nhân",
    "A Vietnamese citizen is named with the personal number",
  );
export const parentsAreOne = () =>
  fault(
    "PARENTS_ARE_ONE_PERSON",
    "Cha và mẹ không thể có cùng một số định danh",
    "Mother and father cannot have the same number",
  );
export const noticeRequired = () =>
  fault(
    "BIRTH_NOTICE_REQUIRED",
    "Cần số giấy chứng sinh, hoặc văn bản làm chứng/giấy cam đoan thay thế",
    "Give the birth notice, or withoutNotice in its place",
  );
export const noticeAndSubstitute = () =>
  fault(
    "BIRTH_NOTICE_TWICE",
    "Chỉ dùng một trong hai: giấy chứng sinh hoặc giấy tờ thay thế",
    "Give the birth notice or withoutNotice, not both",
  );
export const birthOrderImpossible = () =>
  fault(
    "BIRTH_ORDER_IMPOSSIBLE",
    "Thứ tự sinh phải từ 1 đến số trẻ, và số trẻ từ 2 đến 10",
    "The order lies between 1 and the number of children, which is 2 to 10",
  );
export const facilityMalformed = () =>
  fault(
    "FACILITY_MALFORMED",
    "Mã nơi khám chữa bệnh ban đầu gồm đúng 5 chữ số",
    "A care facility's code is exactly five digits",
  );
export const copiesImpossible = () =>
  fault("PAPER_COPIES_IMPOSSIBLE", "Số bản sao từ 0 đến 50", "Between 0 and 50 paper copies");
export const nothingToCombine = () =>
  fault(
    "NOTHING_TO_COMBINE",
    "Hãy chọn thêm đăng ký thường trú hoặc thẻ bảo hiểm y tế; nếu chỉ khai sinh, dùng thủ tục 1.001193",
    "Ask for residence or insurance too; for a birth alone use procedure 1.001193",
  );
export const identityCardNotOffered = () =>
  fault(
    "NOT_OFFERED_YET",
    "Nhánh cấp thẻ căn cước chưa được cung cấp; hãy bỏ trống",
    "The ID-card branch is not offered yet; leave it out",
  );
export const noBundleYet = () =>
  fault(
    "NO_BUNDLE_IN_FORCE",
    "Vào ngày tiếp nhận chưa có thủ tục liên thông",
    "No combined procedure was in force on the day of receipt",
  );

export const idempotencyConflict = (): Fault =>
  fault(
    "IDEMPOTENCY_CONFLICT",
    "Khóa chống trùng này đã dùng cho một hồ sơ có nội dung khác; hãy dùng khóa mới",
    "This idempotency key was used with another body; use a new key",
  );
export const childAlreadySubmitted = (): Fault =>
  fault(
    "CHILD_ALREADY_SUBMITTED",
    "Đã có hồ sơ cho trẻ này; hãy tra cứu hồ sơ đó",
    "There is a dossier for this child already; look that one up",
  );
export const agencyUnavailable = (reason: string): Fault =>
  fault(
    "AGENCY_UNAVAILABLE",
    "Cơ quan chưa trả lời; vẫn có thể nộp, cơ quan sẽ quyết định khi hoạt động lại",
    `The agency did not answer (${reason}); the request may be submitted, the agency decides when it is back`,
  );
