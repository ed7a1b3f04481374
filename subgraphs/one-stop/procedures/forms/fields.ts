import { BIRTH_DECLARANTS } from "../../../_shared/reference/birth-declarants.ts";
import { RELATIONS } from "../../../_shared/reference/relations.ts";

/** A JSON Schema (draft 2020-12) of a form or of a part of one. */
export type Schema = { readonly [keyword: string]: unknown };
/** A form: its schema and an answer that it accepts. */
export type Form = { schema: Schema; example: Record<string, unknown> };
/** Fields of a form by name; a name that ends with "?" is optional. */
export type Fields = Record<string, Schema>;

export const DATE_PATTERN = "^\\d{4}-\\d{2}-\\d{2}$";
export const PARTIAL_DATE_PATTERN = "^\\d{4}(-\\d{2}){0,2}$";
export const COMMUNE_PATTERN = "^\\d{5}$";
export const PERSONAL_ID_PATTERN = "^\\d{12}$";
export const NATIONALITY_PATTERN = "^[A-Z]{3}$";
/** A personal number, a tax code with -001, or the number of an older certificate. */
export const HOUSEHOLD_BUSINESS_PATTERN = "^(\\d{12}|\\d{10}-001|\\d{2}[A-Z]\\d{7})$";
export const PHONE_PATTERN = "^[+0-9][0-9 .()-]{7,24}$";

export const line = (title: string, maxLength = 200): Schema => ({ title, type: "string", minLength: 1, maxLength });
export const date = (title: string): Schema => ({ title, type: "string", pattern: DATE_PATTERN });
export const partialDate = (title: string): Schema => ({ title, type: "string", pattern: PARTIAL_DATE_PATTERN });
export const commune = (title: string): Schema => ({ title, type: "string", pattern: COMMUNE_PATTERN });
export const personalId = (title = "Số định danh cá nhân"): Schema => ({
  title,
  type: "string",
  pattern: PERSONAL_ID_PATTERN,
});
export const phone = (title = "Số điện thoại"): Schema => ({ title, type: "string", pattern: PHONE_PATTERN });
export const count = (title: string, minimum = 1, maximum = 1_000): Schema => ({
  title,
  type: "integer",
  minimum,
  maximum,
});
export const money = (title: string): Schema => ({ title, type: "integer", minimum: 0, maximum: 10 ** 15 });
export const area = (title: string): Schema => ({ title, type: "number", exclusiveMinimum: 0, maximum: 10 ** 9 });
export const yesNo = (title: string): Schema => ({ title, type: "boolean" });
export const pattern = (title: string, regex: string): Schema => ({ title, type: "string", pattern: regex });

/** A choice whose values have Vietnamese titles. */
export function choice(title: string, values: Record<string, string>): Schema {
  return {
    title,
    type: "string",
    oneOf: Object.entries(values).map(([value, name]) => ({ const: value, title: name })),
  };
}

export function list(title: string, items: Schema, minItems = 1, maxItems = 50): Schema {
  return { title, type: "array", items, minItems, maxItems };
}

/** An object that has these fields and no other. */
export function group(title: string, fields: Fields): Schema {
  const names = Object.keys(fields);
  const properties = Object.fromEntries(names.map((name) => [name.replace("?", ""), fields[name]]));
  const required = names.filter((name) => !name.endsWith("?"));
  return { title, type: "object", properties, required, additionalProperties: false };
}

export const address = (title: string): Schema =>
  group(title, { line: line("Số nhà, đường, thôn, ấp, tổ dân phố"), commune: commune("Mã xã, phường, đặc khu") });

export const sex = (): Schema => choice("Giới tính", { MALE: "Nam", FEMALE: "Nữ" });

/** A person who is named in a form. */
export const person = (title: string, more: Fields = {}): Schema =>
  group(title, {
    fullName: line("Họ, chữ đệm, tên", 150),
    dateOfBirth: partialDate("Ngày, tháng, năm sinh"),
    personalId: personalId(),
    ...more,
  });

/** A person who may be a foreigner, and then has no personal number. */
export const anyPerson = (title: string): Schema =>
  group(title, {
    fullName: line("Họ, chữ đệm, tên", 150),
    dateOfBirth: partialDate("Ngày, tháng, năm sinh"),
    "personalId?": personalId(),
    ethnicity: line("Dân tộc", 50),
    nationality: pattern("Quốc tịch", NATIONALITY_PATTERN),
  });

export const relationToHead = (title = "Quan hệ với chủ hộ"): Schema => choice(title, RELATIONS);
export const relationToChild = (): Schema => choice("Quan hệ với trẻ", BIRTH_DECLARANTS);

/** A whole form of a procedure. */
export function formOf(code: string, title: string, fields: Fields, example: Record<string, unknown>): [string, Form] {
  const schema = { $schema: "https://json-schema.org/draft/2020-12/schema", ...group(title, fields) };
  return [code, { schema, example }];
}

export const samplePerson = { fullName: "Nguyễn Thị Mẫu", dateOfBirth: "1990-05-01", personalId: "093190000017" };
export const otherPerson = { fullName: "Trần Văn Mẫu", dateOfBirth: "1988", personalId: "093088000023" };
export const sampleAddress = { line: "Số 12, khu vực 3", commune: "31471" };
