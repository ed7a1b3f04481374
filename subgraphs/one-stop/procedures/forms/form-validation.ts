import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import { commune } from "../../../_shared/reference/communes.ts";
import { parseLegalDay } from "../../../_shared/reference/days.ts";
import type { Fault, Parsed } from "../../../_shared/reference/identifiers/parsed.ts";
import { parsePhone } from "../../../_shared/reference/identifiers/phone.ts";
import { parseHouseholdBusinessCode } from "../../../_shared/reference/identifiers/tax-code.ts";
import { parseNationality } from "../../../_shared/reference/nationalities.ts";
import { parsePartialDate } from "../../../_shared/reference/partial-dates.ts";
import {
  COMMUNE_PATTERN,
  DATE_PATTERN,
  HOUSEHOLD_BUSINESS_PATTERN,
  NATIONALITY_PATTERN,
  PARTIAL_DATE_PATTERN,
  PHONE_PATTERN,
  type Schema,
} from "./fields.ts";
import { procedureForm } from "./forms.ts";

/** Problem of a form, with a path into the dossier's input that begins with `form`. */
export type FormProblem = Fault & { path: string[] };

const ajv = new Ajv2020({ strict: true, allErrors: true, verbose: true });
const compiled = new WeakMap<Schema, ValidateFunction>();

/** Limits of a form: depth and 64 kB of JSON. */
const LARGEST_FORM_CHARACTERS = 65_536;

/** Validates an answer to a procedure's form against its JSON Schema, then its dates and codes. All problems at once. */
export function validateForm(procedure: string, form: unknown): FormProblem[] {
  if (JSON.stringify(form ?? null).length > LARGEST_FORM_CHARACTERS) return [{ ...tooLarge(), path: ["form"] }];
  const { schema } = procedureForm(procedure);
  const validate = validator(schema);
  if (validate(form)) return valueProblems(schema, form, ["form"]);
  return distinct((validate.errors ?? []).flatMap(problemOf));
}

function validator(schema: Schema): ValidateFunction {
  const known = compiled.get(schema);
  if (known) return known;
  const made = ajv.compile(schema);
  compiled.set(schema, made);
  return made;
}

/** Errors without those inside a `oneOf`, which is reported as one wrong choice. */
function problemOf(error: ErrorObject): FormProblem[] {
  if (error.keyword === "const") return [];
  const path = ["form", ...error.instancePath.split("/").slice(1).map(unescaped)];
  const title = titleOf(error.parentSchema);
  if (error.keyword === "required") {
    const name = String(error.params.missingProperty);
    const missing = titleOf((error.parentSchema?.properties as Record<string, unknown> | undefined)?.[name]);
    return [{ ...fieldMissing(missing), path: [...path, name] }];
  }
  if (error.keyword === "additionalProperties")
    return [{ ...fieldUnknown(), path: [...path, String(error.params.additionalProperty)] }];
  if (error.keyword === "type") return [{ ...wrongType(title), path }];
  return [{ ...valueInvalid(title), path }];
}

function unescaped(segment: string): string {
  return segment.replaceAll("~1", "/").replaceAll("~0", "~");
}

function titleOf(schema: unknown): string {
  const title = (schema as { title?: unknown } | undefined)?.title;
  return typeof title === "string" ? title : "Thông tin này";
}

/** One problem for each path: the first that ajv reports, which is the type before the choices. */
function distinct(problems: FormProblem[]): FormProblem[] {
  const byPath = new Map<string, FormProblem>();
  for (const each of problems) {
    const key = each.path.join("/");
    if (!byPath.has(key)) byPath.set(key, each);
  }
  return [...byPath.values()];
}

const READERS: Record<string, (raw: string) => Parsed<unknown>> = {
  [DATE_PATTERN]: parseLegalDay,
  [PARTIAL_DATE_PATTERN]: parsePartialDate,
  [PHONE_PATTERN]: parsePhone,
  [HOUSEHOLD_BUSINESS_PATTERN]: parseHouseholdBusinessCode,
  [NATIONALITY_PATTERN]: parseNationality,
};

/** Dates that do not exist, codes that no list has and identifiers of another form, in an answer that fits its schema. */
function valueProblems(schema: Schema, value: unknown, path: string[]): FormProblem[] {
  if (Array.isArray(value))
    return value.flatMap((item, index) => valueProblems(schema.items as Schema, item, [...path, String(index)]));
  if (typeof value === "object" && value !== null) {
    const properties = schema.properties as Record<string, Schema>;
    return Object.entries(value).flatMap(([name, each]) =>
      valueProblems(properties[name] ?? {}, each, [...path, name]),
    );
  }
  if (typeof value !== "string" || typeof schema.pattern !== "string") return [];
  if (schema.pattern === COMMUNE_PATTERN && titleOf(schema).startsWith("Mã xã"))
    return commune(value) ? [] : [{ ...communeUnknown(titleOf(schema)), path }];
  const read = READERS[schema.pattern]?.(value);
  return read && !read.ok ? [{ ...read.fault, path }] : [];
}

const tooLarge = (): Fault => ({
  code: "FORM_TOO_LARGE",
  message: "Nội dung tờ khai quá dài; đề nghị rút gọn và nộp phần còn lại dưới dạng tệp đính kèm",
  messageEn: "The form is too long; shorten it and attach the rest as a file",
});
const fieldMissing = (title: string): Fault => ({
  code: "FORM_FIELD_MISSING",
  message: `Thiếu thông tin bắt buộc: ${title}; đề nghị bổ sung`,
  messageEn: "A required field of the form is missing",
});
const fieldUnknown = (): Fault => ({
  code: "FORM_FIELD_UNKNOWN",
  message: "Tờ khai không có mục thông tin này; đề nghị bỏ mục này",
  messageEn: "The form has no such field; leave it out",
});
const wrongType = (title: string): Fault => ({
  code: "FORM_VALUE_TYPE",
  message: `${title}: kiểu dữ liệu không đúng; đề nghị nhập lại`,
  messageEn: "The value has another type than the form's schema says",
});
const valueInvalid = (title: string): Fault => ({
  code: "FORM_VALUE_INVALID",
  message: `${title}: giá trị không hợp lệ; đề nghị kiểm tra lại`,
  messageEn: "The value does not fit the form's schema; see pattern, choices and limits there",
});
const communeUnknown = (title: string): Fault => ({
  code: "COMMUNE_UNKNOWN",
  message: `${title} không có trong danh mục có hiệu lực từ 01/07/2025`,
  messageEn: "No commune has this code; use the list in force since 2025-07-01",
});
