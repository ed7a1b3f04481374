import { accepted, type Brand, type Fault, type Parsed, refused } from "./parsed.ts";

/**
 * A telephone number: a Vietnamese one in its domestic form (mobile 10 digits, landline 11, beginning with 0), or a foreign
 * one in its international form (`+819012345678`, ITU-T E.164).
 */
export type Phone = Brand<string, "Phone">;

const domestic = /^0(?:(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9[0-9])\d{7}|2\d{9})$/;
/** E.164: a country code that is not Viet Nam's, and 8 to 15 digits in all. */
const international = /^\+(?!84)[1-9]\d{7,14}$/;
const separators = /[\s.\-()\u00A0\u2007\u2009\u2010-\u2013\u202F]/g;

const malformed: Fault = {
  code: "PHONE_MALFORMED",
  message:
    "Số điện thoại phải bắt đầu bằng 0 hoặc +84: di động 10 chữ số, cố định 11 chữ số, ví dụ 0912345678; số nước ngoài bắt đầu bằng dấu + và mã nước",
  messageEn:
    "A telephone number begins with 0 or +84: mobile 10 digits, landline 11, such as 0912345678; a foreign one begins with + and the country code",
};

const oldMobile: Fault = {
  code: "PHONE_OLD_MOBILE",
  message: "Số di động 11 chữ số đã ngừng dùng từ năm 2018; đề nghị nhập số mới gồm 10 chữ số",
  messageEn: "11-digit mobile numbers ended in 2018; enter the new one of 10 digits",
};

/**
 * Reads a telephone number as people write it: with spaces, dots, hyphens or parentheses, with +84, 0084 or 84 in place of 0,
 * or a foreign one with + or 00. Faults: PHONE_MALFORMED, PHONE_OLD_MOBILE (11 digits, ended in 2018).
 */
export function parsePhone(raw: string): Parsed<Phone> {
  if (raw.length > 40) return refused(malformed);
  const dialled = raw.replace(separators, "").replace(/^00(?=[1-9])/, "+");
  const number = /^84\d{9,10}$/.test(dialled) ? `0${dialled.slice(2)}` : dialled.replace(/^\+840?/, "0");
  if (domestic.test(number) || international.test(number)) return accepted(number as Phone);
  return refused(/^01\d{9}$/.test(number) ? oldMobile : malformed);
}
