import type { LegalDay } from "../days.ts";
import { type Brand, type Fault, type Parsed, parseByPattern } from "./parsed.ts";

/** Code of a birth notice (mã giấy chứng sinh), such as `00123.GCS.01929.26`; TT 22/2025/TT-BYT. One per child; a reissue keeps it. */
export type BirthNotice = Brand<string, "BirthNotice">;

/** `sequence` and `facility` keep their five digits with leading zeros; `year` is that of issue. */
type BirthNoticeFacts = { sequence: string; facility: string; year: number };

const malformed: Fault = {
  code: "BIRTH_NOTICE_MALFORMED",
  message: "Mã giấy chứng sinh phải có dạng 5 chữ số, GCS, mã cơ sở 5 chữ số và 2 chữ số năm, ví dụ 00123.GCS.01929.26",
  messageEn:
    "A birth notice has 5 digits, GCS, the facility's 5 digits and 2 digits of the year, such as 00123.GCS.01929.26",
};

/** Parses the code of a birth notice; does not check whether the facility exists. Fault: BIRTH_NOTICE_MALFORMED. */
export function parseBirthNotice(raw: string): Parsed<BirthNotice> {
  return parseByPattern(raw, /^\d{5}\.GCS\.\d{5}\.\d{2}$/, malformed);
}

export function birthNoticeFacts(notice: BirthNotice): BirthNoticeFacts {
  return { sequence: notice.slice(0, 5), facility: notice.slice(10, 15), year: 2000 + Number(notice.slice(16)) };
}

const beforeBirth: Fault = {
  code: "BIRTH_NOTICE_BEFORE_BIRTH",
  message: "Năm trong mã giấy chứng sinh trước năm sinh của trẻ; đề nghị kiểm tra lại mã và ngày sinh",
  messageEn: "The birth notice is of a year before the birth; check its code and the date of birth",
};

const inFuture: Fault = {
  code: "BIRTH_NOTICE_IN_FUTURE",
  message: "Năm trong mã giấy chứng sinh ở sau ngày tiếp nhận hồ sơ; đề nghị kiểm tra lại mã",
  messageEn: "The birth notice is of a year after the day of receipt; check its code",
};

/** Fault of a notice that cannot belong to a birth on this day, as of the day of receipt; or null. Compares only the year. */
export function birthNoticeFault(notice: BirthNotice, bornOn: LegalDay, today: LegalDay): Fault | null {
  const { year } = birthNoticeFacts(notice);
  if (year < yearOf(bornOn)) return beforeBirth;
  return year > yearOf(today) ? inFuture : null;
}

/** True if a notice is of a later year than the birth; one of January is usual for a birth of December. */
export function isLateNotice(notice: BirthNotice, bornOn: LegalDay): boolean {
  const later = birthNoticeFacts(notice).year - yearOf(bornOn);
  return later > 1 || (later === 1 && !bornOn.slice(5).startsWith("12"));
}

function yearOf(day: LegalDay): number {
  return Number(day.slice(0, 4));
}
