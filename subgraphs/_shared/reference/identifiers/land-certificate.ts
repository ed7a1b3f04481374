import { accepted, type Brand, type Fault, type Parsed, refused } from "./parsed.ts";

/** Serial of a land certificate (số phát hành): two letters, a space, eight digits (six on older paper); TT 10/2024/TT-BTNMT. */
export type LandCertificateSerial = Brand<string, "LandCertificateSerial">;

/** Number of a certificate in the issuing book (số vào sổ cấp giấy chứng nhận), such as `CS 01234`. */
export type LandBookNumber = Brand<string, "LandBookNumber">;

const serialMalformed: Fault = {
  code: "LAND_CERTIFICATE_MALFORMED",
  message: "Số phát hành giấy chứng nhận phải gồm 2 chữ in hoa và 8 chữ số (giấy cũ 6 chữ số), ví dụ AA 01234567",
  messageEn:
    "The serial of a land certificate is 2 capital letters and 8 digits (6 on older ones), such as AA 01234567",
};

const bookNumberMalformed: Fault = {
  code: "LAND_BOOK_NUMBER_MALFORMED",
  message: "Số vào sổ phải gồm 2 chữ in hoa và 5 chữ số, ví dụ CS 01234",
  messageEn: "A book number is 2 capital letters and 5 digits, such as CS 01234",
};

/** Reads a serial, with or without its space; the value has it. Fault: LAND_CERTIFICATE_MALFORMED. */
export function parseLandCertificateSerial(raw: string): Parsed<LandCertificateSerial> {
  const [, letters, digits] = /^([A-ZĐ]{2}) ?(\d{6}|\d{8})$/.exec(raw) ?? [];
  if (letters === undefined || digits === undefined) return refused(serialMalformed);
  return accepted(`${letters} ${digits}` as LandCertificateSerial);
}

/** Reads a book number, with or without its space; the value has it. Fault: LAND_BOOK_NUMBER_MALFORMED. */
export function parseLandBookNumber(raw: string): Parsed<LandBookNumber> {
  const [, letters, digits] = /^([A-ZĐ]{2}) ?(\d{5})$/.exec(raw) ?? [];
  if (letters === undefined || digits === undefined) return refused(bookNumberMalformed);
  return accepted(`${letters} ${digits}` as LandBookNumber);
}
