import { GraphQLError, GraphQLScalarType, Kind } from "graphql";
import { parseLegalDay, toVietnamTime } from "../reference/days.ts";
import type { Parsed } from "../reference/identifiers/parsed.ts";
import { parsePersonalId } from "../reference/identifiers/personal-id.ts";
import { parsePartialDate } from "../reference/partial-dates.ts";

function badInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: "BAD_USER_INPUT" } });
}

/** Specification of `full-date` and `date-time`. */
const RFC_3339 = "https://www.rfc-editor.org/rfc/rfc3339#section-5.6";
/** Level 0 of the Extended Date/Time Format of ISO 8601: a year, a year and month, or a day. */
const EDTF = "https://www.loc.gov/standards/datetime/";
const JSON_TEXT = "https://www.rfc-editor.org/rfc/rfc8259";

type TextScalar = { name: string; description: string; specifiedByURL?: string };

/** Scalar that is a string in JSON; one of our parsers checks its input values. */
function textScalar(facts: TextScalar, parse: (raw: string) => Parsed<string>): GraphQLScalarType {
  const { name } = facts;
  const parseText = (raw: unknown): string => {
    if (typeof raw !== "string") throw badInput(`${name} must be a string`);
    const parsed = parse(raw);
    if (parsed.ok) return parsed.value;
    throw badInput(`${parsed.fault.messageEn} (${parsed.fault.message})`);
  };
  return new GraphQLScalarType({
    ...facts,
    serialize: (value) => String(value),
    parseValue: parseText,
    parseLiteral: (node) => parseText(node.kind === Kind.STRING ? node.value : undefined),
  });
}

export const DateScalar = textScalar(
  {
    name: "Date",
    description: "A legal day in Viet Nam (ngày), ISO 8601 `yyyy-MM-dd`, UTC+7.",
    specifiedByURL: RFC_3339,
  },
  parseLegalDay,
);

export const PartialDateScalar = textScalar(
  {
    name: "PartialDate",
    description:
      "A date whose day or month may be unknown (ngày, tháng, năm hoặc chỉ năm): `yyyy`, `yyyy-MM` or `yyyy-MM-dd`.",
    specifiedByURL: EDTF,
  },
  parsePartialDate,
);

/** The Law on Identity in English, by the distributor of translations of the Official Gazette. */
const LAW_ON_IDENTITY = "https://english.luatvietnam.vn/tu-phap/law-on-identity-no-26-2023-qh15-284802-d1.html";

export const PersonalIdScalar = textScalar(
  {
    name: "PersonalId",
    description: "Personal identification number (số định danh cá nhân), 12 digits; Law on Identity 26/2023, art. 12.",
    specifiedByURL: LAW_ON_IDENTITY,
  },
  parsePersonalId,
);

export const DateTimeScalar = new GraphQLScalarType({
  name: "DateTime",
  description: "An instant (thời điểm), ISO 8601; responses have the offset +07:00.",
  specifiedByURL: RFC_3339,
  serialize(value) {
    if (value instanceof Date) return toVietnamTime(value);
    if (typeof value === "string" || typeof value === "number") return toVietnamTime(new Date(value));
    throw new TypeError("DateTime must come from a Date");
  },
  parseValue: parseInstant,
  parseLiteral: (node) => parseInstant(node.kind === Kind.STRING ? node.value : undefined),
});

function parseInstant(raw: unknown): Date {
  if (typeof raw !== "string" || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(raw)) {
    throw badInput("DateTime must be ISO 8601 with an offset, such as 2026-02-13T16:10:00+07:00");
  }
  const instant = new Date(raw);
  // Date.parse turns 30 February into March; the day must exist as written
  const day = parseLegalDay(raw.slice(0, 10));
  if (!day.ok) throw badInput(`${day.fault.messageEn} (${day.fault.message})`);
  if (Number.isNaN(instant.getTime())) throw badInput(`There is no such instant: ${raw}`);
  return instant;
}

export const VndScalar = new GraphQLScalarType({
  name: "Vnd",
  description: "Money in Vietnamese đồng (đồng Việt Nam): an integer that may exceed 32 bits.",
  specifiedByURL: "https://www.iso.org/iso-4217-currency-codes.html",
  serialize(value) {
    const amount = typeof value === "bigint" ? Number(value) : value;
    if (typeof amount !== "number" || !Number.isSafeInteger(amount)) throw new TypeError("Vnd must be a safe integer");
    return amount;
  },
  parseValue: parseAmount,
  parseLiteral: (node) => parseAmount(node.kind === Kind.INT ? Number(node.value) : undefined),
});

function parseAmount(raw: unknown): number {
  if (typeof raw === "number" && Number.isSafeInteger(raw)) return raw;
  throw badInput("Vnd must be a whole number of dong (Số tiền phải là số nguyên đồng)");
}

/** JSON that only agencies exchange; the procedure it belongs to checks its shape. */
export const JsonScalar = new GraphQLScalarType({
  name: "Json",
  description: "A JSON value (dữ liệu có cấu trúc) whose shape the procedure defines.",
  specifiedByURL: JSON_TEXT,
  extensions: { directives: { inaccessible: {} } },
});

/** JSON value that clients send or read, such as a form and its schema. */
export const ClientJsonScalar = new GraphQLScalarType({
  name: "JSON",
  description: "A JSON value (dữ liệu JSON); the field that uses it describes its shape.",
  specifiedByURL: JSON_TEXT,
});
