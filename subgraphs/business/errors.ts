import { fault } from "../_shared/reference/identifiers/parsed.ts";

/** Problems of acts in the business register, each with its remedy. */

// businesses
export const businessUnknown = () =>
  fault(
    "BUSINESS_UNKNOWN",
    "Không có hộ kinh doanh, doanh nghiệp với mã số này; đề nghị kiểm tra lại mã hoặc tra cứu theo tên",
    "No business has this code; check it, or search by name",
  );
export const businessEnded = () =>
  fault(
    "BUSINESS_ENDED",
    "Hộ kinh doanh, doanh nghiệp đã chấm dứt hoạt động",
    "The business has ended; nothing more is registered for it",
  );
export const businessSuspended = () =>
  fault(
    "BUSINESS_SUSPENDED",
    "Hộ kinh doanh, doanh nghiệp đang hoặc sắp tạm ngừng kinh doanh; đề nghị đăng ký tiếp tục kinh doanh trước",
    "The business is suspended, or will be; register its resumption first",
  );
export const businessNotSuspended = () =>
  fault(
    "BUSINESS_NOT_SUSPENDED",
    "Hộ kinh doanh, doanh nghiệp không trong thời gian tạm ngừng kinh doanh",
    "The business is not suspended, so nothing is resumed",
  );
export const businessCodeTaken = () =>
  fault(
    "BUSINESS_CODE_TAKEN",
    "Mã số này đã được cấp cho hộ kinh doanh, doanh nghiệp khác; đề nghị kiểm tra lại",
    "Another business has this code; check it",
  );
export const ownerHasHouseholdBusiness = () =>
  fault(
    "OWNER_HAS_HOUSEHOLD_BUSINESS",
    "Mỗi cá nhân chỉ được đăng ký một hộ kinh doanh trong phạm vi toàn quốc; chủ hộ đã có hộ kinh doanh đang hoạt động",
    "A person has one household business at most; the owner has one already",
  );
export const enterpriseCodeOfBranch = () =>
  fault(
    "ENTERPRISE_CODE_OF_BRANCH",
    "Mã số doanh nghiệp gồm 10 chữ số; mã có thêm 3 chữ số là của đơn vị phụ thuộc",
    "The code of an enterprise has 10 digits; three more are those of a branch",
  );
export const enterpriseExpected = () =>
  fault(
    "ENTERPRISE_EXPECTED",
    "Chỉ doanh nghiệp mới đăng ký chi nhánh; đề nghị nhập mã số doanh nghiệp 10 chữ số",
    "Only an enterprise has branches; enter its code of 10 digits",
  );
export const branchNumbersUsedUp = () =>
  fault(
    "BRANCH_NUMBERS_USED_UP",
    "Doanh nghiệp đã dùng hết 999 số thứ tự đơn vị phụ thuộc",
    "The enterprise has used all 999 numbers of branches",
  );
export const branchesInForce = () =>
  fault(
    "BRANCHES_IN_FORCE",
    "Doanh nghiệp còn chi nhánh đang hoạt động; phải chấm dứt hoạt động chi nhánh trước",
    "The enterprise has branches in force; end them first",
  );
export const nothingChanges = () =>
  fault(
    "NOTHING_CHANGES",
    "Nội dung thay đổi trùng với nội dung đã đăng ký; đề nghị kiểm tra lại",
    "The register says all of this already; check what changes",
  );
export const notOfEnterprise = () =>
  fault(
    "NOT_OF_ENTERPRISE",
    "Chỉ doanh nghiệp mới có tên nước ngoài, tên viết tắt và loại hình doanh nghiệp",
    "Only an enterprise has a foreign name, a short name and a form",
  );
export const capitalImpossible = () => fault("CAPITAL_IMPOSSIBLE", "Vốn phải lớn hơn 0", "The capital is more than 0");
export const communeUnknown = () =>
  fault(
    "COMMUNE_UNKNOWN",
    "Mã đơn vị hành chính cấp xã không có trong danh mục có hiệu lực từ 01/07/2025",
    "No commune has this code; use the list in force since 2025-07-01",
  );

export const ownerDiffers = () =>
  fault(
    "OWNER_DIFFERS",
    "Số định danh hoặc họ tên của chủ hộ khác với nội dung đăng ký hộ kinh doanh; đề nghị kiểm tra lại",
    "The number or name of the owner differs from the registered one; check it",
  );

// lines of business
export const industryMalformed = () =>
  fault(
    "INDUSTRY_MALFORMED",
    "Mã ngành kinh doanh gồm 4 chữ số (ngành cấp 4), ví dụ 4711",
    "A line of business has the four digits of VSIC level 4, such as 4711",
  );
export const industriesMissing = () =>
  fault(
    "INDUSTRIES_MISSING",
    "Phải đăng ký ít nhất một ngành, nghề kinh doanh; ngành đầu tiên là ngành chính",
    "At least one line of business is registered; the first is the main one",
  );
export const namedTwice = () =>
  fault(
    "NAMED_TWICE",
    "Nội dung này đã được ghi ở mục khác của yêu cầu; mỗi mục chỉ ghi một lần",
    "The request names this twice; name it once",
  );

// people
export const ownerNotOne = () =>
  fault("OWNER_NOT_ONE", "Hộ kinh doanh có đúng một chủ hộ", "A household business has exactly one owner");
export const representativeMissing = () =>
  fault(
    "REPRESENTATIVE_MISSING",
    "Doanh nghiệp phải có ít nhất một người đại diện theo pháp luật (Luật Doanh nghiệp, Điều 12)",
    "An enterprise has at least one legal representative (Law on Enterprises, art. 12)",
  );
export const headNotOne = () =>
  fault("HEAD_NOT_ONE", "Chi nhánh có đúng một người đứng đầu", "A branch has exactly one head");
export const roleNotOfKind = () =>
  fault(
    "ROLE_NOT_OF_KIND",
    "Vai trò này không có trong loại hình kinh doanh đăng ký",
    "A business of this kind has no person with this role",
  );

// suspension
export const suspensionInThePast = () =>
  fault(
    "SUSPENSION_IN_THE_PAST",
    "Ngày bắt đầu tạm ngừng không được trước ngày đăng ký",
    "A suspension begins today or later",
  );
export const suspensionEndsBefore = () =>
  fault(
    "SUSPENSION_ENDS_BEFORE",
    "Ngày kết thúc tạm ngừng phải từ ngày bắt đầu trở đi",
    "A suspension ends on its first day or later",
  );
export const suspensionTooLong = () =>
  fault(
    "SUSPENSION_TOO_LONG",
    "Thời hạn tạm ngừng của mỗi lần thông báo không quá 1 năm; hết thời hạn có thể thông báo tiếp",
    "Each notice suspends for one year at most; another may follow",
  );
export const suspensionEndMissing = () =>
  fault(
    "SUSPENSION_END_MISSING",
    "Doanh nghiệp phải ghi ngày kết thúc tạm ngừng",
    "An enterprise states the last day of the suspension",
  );

// licences
export const licenceUnknown = () =>
  fault(
    "LICENCE_UNKNOWN",
    "Không có giấy phép với số này; đề nghị kiểm tra lại số giấy phép",
    "No licence has this number; check it",
  );
export const licenceNumberTaken = () =>
  fault(
    "LICENCE_NUMBER_TAKEN",
    "Số giấy phép này đã được ghi cho một giấy phép khác; đề nghị kiểm tra lại",
    "Another licence has this number; check it",
  );
export const licenceKindClosed = () =>
  fault(
    "LICENCE_KIND_CLOSED",
    "Loại giấy phép này không còn được cấp, gia hạn",
    "Licences of this kind are neither issued nor renewed any more",
  );
export const licenceIssuedLater = () =>
  fault(
    "LICENCE_ISSUED_LATER",
    "Ngày cấp không được sau ngày đăng ký",
    "A licence is entered on its day of issue or later",
  );
export const licenceEndsBefore = () =>
  fault("LICENCE_ENDS_BEFORE", "Ngày hết hạn phải sau ngày cấp", "The term ends after the day of issue");
export const licenceTermTooLong = (months: number) =>
  fault(
    "LICENCE_TERM_TOO_LONG",
    `Thời hạn của loại giấy phép này không quá ${months} tháng`,
    `A licence of this kind has a term of ${months} months at most`,
  );
export const licenceNotLonger = () =>
  fault(
    "LICENCE_NOT_LONGER",
    "Ngày hết hạn mới phải sau ngày hết hạn đang ghi trên giấy phép",
    "The new term ends after the present one",
  );
export const licenceWithoutTerm = () =>
  fault(
    "LICENCE_WITHOUT_TERM",
    "Giấy phép này không có thời hạn nên không phải gia hạn",
    "The licence has no term, so nothing is renewed",
  );
export const licenceExpired = () =>
  fault(
    "LICENCE_EXPIRED",
    "Giấy phép đã hết hạn; phải làm thủ tục cấp mới",
    "The term of the licence is over; a new one must be issued",
  );
export const licenceRevoked = () =>
  fault("LICENCE_REVOKED", "Giấy phép đã bị thu hồi", "The licence was revoked; nothing more is entered for it");
