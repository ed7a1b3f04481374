import { accepted, type Brand, type Fault, type Parsed, refused } from "./parsed.ts";

/** A Vietnamese telephone number in its domestic form: mobile 10 digits, landline 11, beginning with 0. */
export type Phone = Brand<string, "Phone">;

const domestic = /^0(?:(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9[0-9])\d{7}|2\d{9})$/;

const malformed: Fault = {
  code: "PHONE_MALFORMED",
  message: "Số điện thoại phải bắt đầu bằng 0 hoặc +84: di động 10 chữ số, cố định 11 chữ số, ví dụ 0912345678",
  messageEn: "A telephone number begins with 0 or +84: mobile 10 digits, landline 11, such as 0912345678",
};

const oldMobile: Fault = {
  code: "PHONE_OLD_MOBILE",
  message: "Số di động 11 chữ số đã ngừng dùng từ năm 2018; hãy nhập số mới gồm 10 chữ số",
  messageEn: "11-digit mobile numbers ended in 2018; enter the new one of 10 digits",
};

/** Reads a telephone number; +84 becomes 0. Faults: PHONE_MALFORMED, PHONE_OLD_MOBILE (11 digits, ended in 2018). */
export function parsePhone(raw: string): Parsed<Phone> {
  const number = raw.replace(/^\+84/, "0");
  if (domestic.test(number)) return accepted(number as Phone);
  return refused(/^01\d{9}$/.test(number) ? oldMobile : malformed);
}
