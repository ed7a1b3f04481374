import { type GraphQLLeafType, isEnumType, isSpecifiedScalarType } from "graphql";
import { ExactNumber } from "../../json-numbers.ts";
import { compactUtf8 } from "../../utf8.ts";
import { stringToJson, toJson } from "../json.ts";

/** JSON text of a leaf value that is neither null nor undefined; undefined if its type forbids the value. */
export type LeafToJson = (value: unknown) => string | undefined;

const MAX_INT = 2 ** 31 - 1;
const MIN_INT = -(2 ** 31);

/** Subgraphs have already serialized their leaves. Only an ID that is a number is converted. */
const SPECIFIED: Readonly<Record<string, LeafToJson>> = {
  String: (value) => (typeof value === "string" ? stringToJson(value) : undefined),
  ID: (value) => {
    if (typeof value === "string") return stringToJson(value);
    if (value instanceof ExactNumber && /^-?\d+$/.test(value.text)) return `"${value.text}"`;
    const number = asDouble(value);
    return Number.isInteger(number) ? `"${number}"` : undefined;
  },
  Boolean: (value) => (value === true ? "true" : value === false ? "false" : undefined),
  Float: (value) => {
    const number = asDouble(value);
    return typeof number === "number" && Number.isFinite(number) ? String(number) : undefined;
  },
  Int: (value) => {
    const number = asDouble(value);
    const isInt = typeof number === "number" && Number.isInteger(number) && number <= MAX_INT && number >= MIN_INT;
    return isInt ? String(number) : undefined;
  },
};

function asDouble(value: unknown): unknown {
  return value instanceof ExactNumber ? Number(value.text) : value;
}

export function leafToJson(type: GraphQLLeafType): LeafToJson {
  if (isEnumType(type)) {
    const texts = new Map<unknown, string>(type.getValues().map(({ name }) => [name, compactUtf8(`"${name}"`)]));
    return (value) => texts.get(value);
  }
  const specified = isSpecifiedScalarType(type) ? SPECIFIED[type.name] : undefined;
  return specified ?? opaqueToJson;
}

/** Undefined for a value that nests too deeply to be written. */
function opaqueToJson(value: unknown): string | undefined {
  try {
    return toJson(value);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
