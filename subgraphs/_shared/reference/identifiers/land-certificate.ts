import { accepted, type Brand, type Fault, type Parsed, refused } from "./parsed.ts";

/** Serial of a land certificate (số phát hành): two letters, a space, eight digits (six on older paper); TT 10/2024/TT-BTNMT. */
export type LandCertificateSerial = Brand<string, "LandCertificateSerial">;

const serialMalformed: Fault = {
  code: "LAND_CERTIFICATE_MALFORMED",
  message: "Số phát hành giấy chứng nhận phải gồm 2 chữ in hoa và 8 chữ số (giấy cũ 6 chữ số), ví dụ AA 01234567",
  messageEn:
    "The serial of a land certificate is 2 capital letters and 8 digits (6 on older ones), such as AA 01234567",
};

/** Reads a serial, with or without its space; the value has it. Fault: LAND_CERTIFICATE_MALFORMED. */
export function parseLandCertificateSerial(raw: string): Parsed<LandCertificateSerial> {
  const [, letters, digits] = /^([A-ZĐ]{2}) ?(\d{6}|\d{8})$/.exec(raw) ?? [];
  if (letters === undefined || digits === undefined) return refused(serialMalformed);
  return accepted(`${letters} ${digits}` as LandCertificateSerial);
}
