import { GraphQLError, GraphQLScalarType, Kind } from "graphql";
import { parseLegalDay, toVietnamTime } from "../reference/days.ts";
import type { Parsed } from "../reference/identifiers/parsed.ts";
import { parsePersonalId } from "../reference/identifiers/personal-id.ts";
import { parsePartialDate } from "../reference/partial-dates.ts";

function badInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: "BAD_USER_INPUT" } });
}

/** A scalar that is text on the wire and is checked on the way in by one of our parsers. */
function textScalar(name: string, description: string, parse: (raw: string) => Parsed<string>): GraphQLScalarType {
  const parseText = (raw: unknown): string => {
    if (typeof raw !== "string") throw badInput(`${name} must be a string`);
    const parsed = parse(raw);
    if (parsed.ok) return parsed.value;
    throw badInput(`${parsed.fault.messageEn} (${parsed.fault.message})`);
  };
  return new GraphQLScalarType({
    name,
    description,
    serialize: (value) => String(value),
    parseValue: parseText,
    parseLiteral: (node) => parseText(node.kind === Kind.STRING ? node.value : undefined),
  });
}

export const DateScalar = textScalar(
  "Date",
  "A legal day in Viet Nam (ngày), ISO 8601 `yyyy-MM-dd`, UTC+7.",
  parseLegalDay,
);

export const PartialDateScalar = textScalar(
  "PartialDate",
  "A date of which day or month may be unknown (ngày, tháng, năm hoặc chỉ năm): `yyyy`, `yyyy-MM` or `yyyy-MM-dd`.",
  parsePartialDate,
);

export const PersonalIdScalar = textScalar(
  "PersonalId",
  "Personal identification number (số định danh cá nhân), 12 digits; Law on Identity 26/2023, art. 12.",
  parsePersonalId,
);

export const DateTimeScalar = new GraphQLScalarType({
  name: "DateTime",
  description: "An instant (thời điểm), ISO 8601, always answered with the offset +07:00.",
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
  // Date.parse rolls 30 February over to March; the day must exist as it is written
  const day = parseLegalDay(raw.slice(0, 10));
  if (!day.ok) throw badInput(`${day.fault.messageEn} (${day.fault.message})`);
  if (Number.isNaN(instant.getTime())) throw badInput(`There is no such instant: ${raw}`);
  return instant;
}

export const VndScalar = new GraphQLScalarType({
  name: "Vnd",
  description: "Money in Vietnamese đồng (đồng Việt Nam): an integer that may exceed 32 bits.",
  serialize(value) {
    const amount = typeof value === "bigint" ? Number(value) : value;
    if (typeof amount !== "number" || !Number.isSafeInteger(amount)) throw new TypeError("Vnd must be a safe integer");
    return amount;
  },
});

/** What only agencies exchange; its shape is checked by the procedure it belongs to. */
export const JsonScalar = new GraphQLScalarType({
  name: "Json",
  description: "A JSON value (dữ liệu có cấu trúc) whose shape the procedure defines.",
  extensions: { directives: { inaccessible: {} } },
});

/** A JSON value that clients send or read, such as a form and its schema. */
export const ClientJsonScalar = new GraphQLScalarType({
  name: "JSON",
  description: "A JSON value (dữ liệu JSON); its shape is told where it is used.",
});
