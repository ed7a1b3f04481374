import * as z from "zod";
import { commune } from "../../_shared/reference/communes.ts";
import { type LegalDay, parseLegalDay } from "../../_shared/reference/days.ts";
import { parseLandCertificateSerial } from "../../_shared/reference/identifiers/land-certificate.ts";
import { parsePersonalId } from "../../_shared/reference/identifiers/personal-id.ts";
import { parseFreeText, parsePersonName } from "../../_shared/reference/person-names.ts";
import type { Problems } from "../../_shared/registers/act-problems.ts";
import { within } from "../../_shared/transfer/columns.ts";
import { decimal, optionalText, readFields, text, wholeNumber } from "../../_shared/transfer/record-fields.ts";
import { LONGEST_BOOK_NUMBER } from "../certificates/issue.ts";
import { areaImpossible, communeUnknown, holdersMissing, namedTwice, parcelNumberImpossible } from "../errors.ts";
import { tenthsOf } from "../parcels/new-parcels.ts";
import { parseParcelCode } from "../parcels/parcel-code.ts";
import { parsePurpose } from "../parcels/register-land.ts";
import { dayInFuture, shareTotalImpossible } from "./errors.ts";

type HolderRow = { personalId: string; fullName: string | null; shares: number };
type CertificateRow = { serial: string; bookNumber: string | null; issuedOn: LegalDay };
/** A parcel in force as files have it, with its certificate and holders by their numbers; shares add up to the whole. */
export type ParcelRow = {
  code: string;
  commune: string;
  sheetNumber: number;
  parcelNumber: number;
  areaM2: number;
  purpose: string;
  termEndsOn: LegalDay | null;
  registeredOn: LegalDay;
  certificate: CertificateRow | null;
  holders: HolderRow[];
};

const LARGEST_NUMBER = 2_147_483_647;
const MOST_SHARES = 1_000_000;

const fields = z.strictObject({
  ...{ code: text, commune: text, sheetNumber: wholeNumber, parcelNumber: wholeNumber, areaM2: decimal, purpose: text },
  ...{ termEndsOn: optionalText, registeredOn: text },
  certificate: z.strictObject({ serial: text, bookNumber: optionalText, issuedOn: text }).nullish(),
  holders: z
    .array(z.strictObject({ personalId: text, fullName: optionalText, shares: wholeNumber }))
    .max(200)
    .nullish(),
});
type RawParcel = z.infer<typeof fields>;

export const PARCEL_COLUMNS = {
  code: "Mã thửa đất",
  commune: "Mã xã",
  sheetNumber: "Số tờ bản đồ",
  parcelNumber: "Số thửa",
  areaM2: "Diện tích (m²)",
  purpose: "Mục đích sử dụng",
  termEndsOn: "Thời hạn sử dụng đến ngày",
  registeredOn: "Ngày đăng ký",
  ...within("certificate.", "Giấy chứng nhận", {
    ...{ serial: "Số phát hành", bookNumber: "Số vào sổ", issuedOn: "Ngày cấp" },
  }),
  ...within("holders[].", "Người sử dụng đất", {
    ...{ personalId: "Số định danh cá nhân", fullName: "Họ, chữ đệm, tên", shares: "Số phần" },
  }),
};

/** The parcel of a record; undefined, with all problems, if it cannot be one. */
export function readParcel(raw: object, today: LegalDay, problems: Problems): ParcelRow | undefined {
  const read = readFields(fields, raw, problems);
  if (!read) return undefined;
  const { sheetNumber, parcelNumber } = read;
  const code = problems.take(["code"], parseParcelCode(read.code));
  if (!commune(read.commune)) problems.add(["commune"], communeUnknown());
  if ([sheetNumber, parcelNumber].some((number) => number < 1 || number > LARGEST_NUMBER))
    problems.add(["parcelNumber"], parcelNumberImpossible());
  const tenths = tenthsOf(read.areaM2);
  if (tenths === null) problems.add(["areaM2"], areaImpossible());
  const purpose = problems.take(["purpose"], parsePurpose(read.purpose));
  const termEndsOn =
    read.termEndsOn === null ? null : (problems.take(["termEndsOn"], parseLegalDay(read.termEndsOn)) ?? null);
  const registeredOn = pastDay(read.registeredOn, ["registeredOn"], today, problems);
  const certificate = readCertificate(read.certificate ?? null, today, problems);
  const holders = readHolders(read.holders ?? [], certificate !== null, problems);
  if (!code || tenths === null || !purpose || !registeredOn || certificate === undefined) return undefined;
  const place = { commune: read.commune, sheetNumber, parcelNumber };
  return { code, ...place, areaM2: tenths / 10, purpose, termEndsOn, registeredOn, certificate, holders };
}

function pastDay(raw: string, path: string[], today: LegalDay, problems: Problems): LegalDay | undefined {
  const day = problems.take(path, parseLegalDay(raw));
  if (day && day > today) problems.add(path, dayInFuture());
  return day;
}

function readCertificate(
  raw: NonNullable<RawParcel["certificate"]> | null,
  today: LegalDay,
  problems: Problems,
): CertificateRow | null | undefined {
  if (raw === null) return null;
  const serial = problems.take(["certificate", "serial"], parseLandCertificateSerial(raw.serial));
  const bookNumber =
    raw.bookNumber === null
      ? null
      : problems.take(["certificate", "bookNumber"], parseFreeText(raw.bookNumber, LONGEST_BOOK_NUMBER));
  const issuedOn = pastDay(raw.issuedOn, ["certificate", "issuedOn"], today, problems);
  return serial && bookNumber !== undefined && issuedOn ? { serial, bookNumber, issuedOn } : undefined;
}

function readHolders(raw: NonNullable<RawParcel["holders"]>, isNeeded: boolean, problems: Problems): HolderRow[] {
  if (isNeeded !== raw.length > 0) problems.add(["holders"], holdersMissing());
  const total = raw.reduce((sum, { shares }) => sum + shares, 0);
  if (raw.some(({ shares }) => shares < 1) || total > MOST_SHARES) problems.add(["holders"], shareTotalImpossible());
  const holders = raw.flatMap(({ personalId, fullName, shares }, place) => {
    const number = problems.take(["holders", place, "personalId"], parsePersonalId(personalId));
    const name =
      fullName === null ? null : problems.take(["holders", place, "fullName"], parsePersonName(fullName, "PERSON"));
    if (raw.findIndex((other) => other.personalId === personalId) < place)
      problems.add(["holders", place, "personalId"], namedTwice());
    return number && name !== undefined ? [{ personalId: number, fullName: name, shares }] : [];
  });
  return holders.sort((a, b) => (a.personalId < b.personalId ? -1 : 1));
}
