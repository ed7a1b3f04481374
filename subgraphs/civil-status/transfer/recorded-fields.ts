import * as z from "zod";
import { type Columns, within } from "../../_shared/transfer/columns.ts";
import { optionalText, text } from "../../_shared/transfer/record-fields.ts";

/* Fields of persons and addresses as records of marriages and deaths have them. */

export const addressFields = z.strictObject({ line: text, commune: optionalText });
export const personFields = z.strictObject({
  ...{ personalId: optionalText, fullName: text, dateOfBirth: text, ethnicity: text, nationality: text },
  residence: addressFields.nullish(),
});
export const declarantFields = z.strictObject({ fullName: text, personalId: optionalText, relation: text });
export const registrationFields = {
  ...{ number: text, office: text, registeredOn: text, formerRegistration: optionalText },
  kind: z.enum(["REGISTERED", "REREGISTERED", "NOTED"]),
};

/** Columns of the place in a book. */
export const PLACE_COLUMNS = {
  number: "Số vào sổ",
  office: "Nơi đăng ký (mã xã)",
  registeredOn: "Ngày đăng ký",
};
export const REGISTRATION_COLUMNS = {
  ...PLACE_COLUMNS,
  kind: "Hình thức đăng ký",
  formerRegistration: "Đăng ký trước đây",
};
export const PERSON_COLUMNS = {
  personalId: "Số định danh cá nhân",
  fullName: "Họ, chữ đệm, tên",
  dateOfBirth: "Ngày sinh",
  ethnicity: "Dân tộc",
  nationality: "Quốc tịch",
};
export const DECLARANT_COLUMNS = within("declarant.", "Người yêu cầu", {
  fullName: "Họ, chữ đệm, tên",
  personalId: "Số định danh cá nhân",
  relation: "Quan hệ",
});

/** Columns of a person of a record: `husband` and "Chồng" before each. */
export function personColumns(name: string, heading: string): Columns {
  const residence = { "residence.line": "Nơi cư trú", "residence.commune": "Nơi cư trú (mã xã)" };
  return within(`${name}.`, heading, { ...PERSON_COLUMNS, ...residence });
}
