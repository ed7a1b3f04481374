import { type Fault, fault } from "../_shared/reference/identifiers/parsed.ts";
import { writtenDay } from "../_shared/reference/written-day.ts";
import type { EncumbranceKind } from "./encumbrances/tables.ts";

/** Problems of acts in the land register, each with its remedy. */

type Encumbrance = { kind: EncumbranceKind; party: string; registeredOn: string };

// parcels
export const parcelCodeMalformed = () =>
  fault(
    "PARCEL_CODE_MALFORMED",
    "Mã định danh thửa đất phải gồm 12 ký tự GeoHash và bắt đầu bằng chữ w; đề nghị kiểm tra lại",
    "A parcel code is a GeoHash of 12 characters that begins with w; check the code",
  );
export const parcelUnknown = () =>
  fault(
    "PARCEL_UNKNOWN",
    "Sổ địa chính không có thửa đất với mã này; đề nghị kiểm tra lại mã hoặc tra cứu theo tờ bản đồ, số thửa",
    "The register has no parcel with this code; check it, or search by map sheet and number",
  );
export const parcelEnded = () =>
  fault(
    "PARCEL_ENDED",
    "Thửa đất không còn do đã được tách hoặc hợp; đề nghị dùng thửa đất mới",
    "The parcel was split or merged; use the parcels that were made of it",
  );
export const parcelExists = () =>
  fault(
    "PARCEL_EXISTS",
    "Mã định danh này đã được cấp cho một thửa đất; đề nghị kiểm tra lại vị trí thửa đất",
    "A parcel has this code already; check the place of the parcel",
  );
export const parcelNumberTaken = () =>
  fault(
    "PARCEL_NUMBER_TAKEN",
    "Số thửa này đã có trên tờ bản đồ của xã; đề nghị dùng số thửa khác",
    "Another parcel of the commune has this sheet and number; use another number",
  );
export const parcelNumberImpossible = () =>
  fault(
    "PARCEL_NUMBER_IMPOSSIBLE",
    "Số tờ bản đồ và số thửa phải là số nguyên dương",
    "The numbers of map sheet and parcel are at least 1",
  );
export const areaImpossible = () =>
  fault(
    "AREA_IMPOSSIBLE",
    "Diện tích phải lớn hơn 0, tính bằng mét vuông, tối đa một chữ số thập phân",
    "The area is more than 0 m² and has one decimal at most",
  );
export const areaNotConserved = (made: string, ended: string) =>
  fault(
    "AREA_NOT_CONSERVED",
    `Tổng diện tích các thửa mới là ${made} m², khác với diện tích ban đầu ${ended} m²; đề nghị kiểm tra lại số liệu đo đạc`,
    `The new parcels have ${made} m² together, but ${ended} m² are divided; check the measurements`,
  );
export const purposeMalformed = () =>
  fault(
    "PURPOSE_MALFORMED",
    "Mã mục đích sử dụng đất gồm 3 chữ in hoa, ví dụ ODT, LUC",
    "The code of the purpose of use has 3 capital letters, such as ODT or LUC",
  );
export const communeUnknown = () =>
  fault(
    "COMMUNE_UNKNOWN",
    "Mã đơn vị hành chính cấp xã không có trong danh mục có hiệu lực từ 01/07/2025",
    "No commune has this code; use the list in force since 2025-07-01",
  );
export const partsTooFew = () =>
  fault(
    "PARTS_TOO_FEW",
    "Tách thửa phải tạo ít nhất 2 thửa mới; hợp thửa phải có ít nhất 2 thửa khác nhau",
    "A split makes two parcels at least; a merge needs two different parcels at least",
  );
export const parcelsDiffer = () =>
  fault(
    "PARCELS_DIFFER",
    "Các thửa hợp phải cùng xã, cùng mục đích và thời hạn sử dụng, cùng người sử dụng với phần quyền như nhau (Luật Đất đai, Điều 220)",
    "Parcels that merge have the same commune, purpose, term, holders and shares (Land Law, art. 220)",
  );
export const namedTwice = () =>
  fault(
    "NAMED_TWICE",
    "Nội dung này đã được ghi ở mục khác của yêu cầu; mỗi mục chỉ ghi một lần",
    "The request names this twice; name it once",
  );

// rights
export const certificateMissing = () =>
  fault(
    "CERTIFICATE_MISSING",
    "Thửa đất chưa có giấy chứng nhận đang có hiệu lực (Luật Đất đai, Điều 45)",
    "The parcel has no certificate in force (Land Law, art. 45)",
  );
export const serialTaken = () =>
  fault(
    "SERIAL_TAKEN",
    "Số phát hành này đã được ghi cho một giấy chứng nhận; đề nghị kiểm tra lại phôi giấy",
    "A certificate has this serial already; check the blank",
  );
export const shareImpossible = () =>
  fault(
    "SHARE_IMPOSSIBLE",
    "Phần quyền phải là phân số lớn hơn 0, không quá 1, mẫu số tối đa 1.000.000",
    "A share is a fraction above 0, at most 1, with a denominator of 1,000,000 at most",
  );
export const sharesNotWhole = () =>
  fault(
    "SHARES_NOT_WHOLE",
    "Tổng phần quyền của các người sử dụng đất phải bằng 1, với mẫu số chung không quá 1.000.000",
    "The shares of the holders add up to 1, with a common denominator of 1,000,000 at most",
  );
export const sharesUnequal = () =>
  fault(
    "SHARES_UNEQUAL",
    "Tổng phần quyền nhận phải bằng tổng phần quyền được chuyển",
    "The shares that are received add up to those that are given",
  );
export const holdersMissing = () =>
  fault("HOLDERS_MISSING", "Phải có ít nhất một người", "At least one person must be named");
export const giverNotHolder = () =>
  fault(
    "GIVER_NOT_HOLDER",
    "Người chuyển quyền không có tên trên giấy chứng nhận đang có hiệu lực",
    "The person holds no right in the certificate in force",
  );
export const shareTooLarge = () =>
  fault(
    "SHARE_TOO_LARGE",
    "Phần quyền chuyển lớn hơn phần quyền đang có",
    "The person gives a larger share than he or she holds",
  );
export const receiverGives = () =>
  fault(
    "RECEIVER_GIVES",
    "Một người không thể vừa chuyển vừa nhận quyền trong cùng một giao dịch; đề nghị chỉ ghi phần chuyển đi",
    "One person cannot both give and receive in one act; state only the share that is given",
  );
export const holderNameDiffers = () =>
  fault(
    "HOLDER_NAME_DIFFERS",
    "Họ tên khác với giấy chứng nhận đang có hiệu lực; đề nghị kiểm tra lại họ tên hoặc số định danh",
    "The name differs from the certificate in force; check name and number",
  );
export const termEnded = () =>
  fault(
    "TERM_ENDED",
    "Thời hạn sử dụng đất đã hết (Luật Đất đai, Điều 45); đề nghị gia hạn trước",
    "The term of use has ended (Land Law, art. 45); it must be extended first",
  );

// what stops an act
const encumbered = {
  MORTGAGE: (party, [day, dayEn]) =>
    fault(
      "PARCEL_MORTGAGED",
      `Quyền sử dụng đất đang được thế chấp tại ${party}, đăng ký ngày ${day}; phải xóa đăng ký thế chấp trước`,
      `The parcel is mortgaged to ${party} since ${dayEn}; the mortgage must be released first`,
    ),
  DISPUTE: (party, [day, dayEn]) =>
    fault(
      "PARCEL_DISPUTED",
      `Thửa đất đang có tranh chấp với ${party}, ghi nhận ngày ${day} (Luật Đất đai, Điều 45); phải giải quyết tranh chấp trước`,
      `The parcel is in dispute with ${party} since ${dayEn} (Land Law, art. 45); the dispute must be settled first`,
    ),
  BLOCK: (party, [day, dayEn]) =>
    fault(
      "PARCEL_BLOCKED",
      `Thửa đất đang bị ngăn chặn theo quyết định của ${party}, ghi nhận ngày ${day} (Luật Đất đai, Điều 45); phải được giải tỏa trước`,
      `${party} blocks the parcel since ${dayEn} (Land Law, art. 45); the block must be lifted first`,
    ),
} satisfies Record<EncumbranceKind, (party: string, day: readonly [vi: string, en: string]) => Fault>;
export const parcelEncumbered = ({ kind, party, registeredOn }: Encumbrance) =>
  encumbered[kind](party, [writtenDay(registeredOn), registeredOn]);

export const obligationUnpaid = () =>
  fault(
    "OBLIGATION_UNPAID",
    "Nghĩa vụ tài chính của thửa đất chưa hoàn thành",
    "A financial obligation of the parcel is not settled",
  );
export const encumbranceUnknown = () =>
  fault(
    "ENCUMBRANCE_UNKNOWN",
    "Không có thế chấp, tranh chấp hoặc ngăn chặn với mã này",
    "No mortgage, dispute or block has this id",
  );
export const encumbranceEnded = () =>
  fault("ENCUMBRANCE_ENDED", "Nội dung này đã được xóa đăng ký trước đó", "It was released before");

// obligations
export const obligationUnknown = () =>
  fault("OBLIGATION_UNKNOWN", "Không có nghĩa vụ tài chính với mã này", "No financial obligation has this id");
export const obligationSettled = () =>
  fault("OBLIGATION_SETTLED", "Nghĩa vụ tài chính này đã hoàn thành", "The obligation is settled already");
export const amountImpossible = () => fault("AMOUNT_IMPOSSIBLE", "Số tiền phải lớn hơn 0", "The amount is more than 0");
