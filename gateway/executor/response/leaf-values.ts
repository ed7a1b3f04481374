import { type GraphQLLeafType, isEnumType, isSpecifiedScalarType } from "graphql";
import { compactUtf8 } from "../../utf8.ts";
import { stringToJson, toJson } from "../json.ts";

/** JSON text of a leaf value that is neither null nor undefined; undefined if its type forbids the value. */
export type LeafToJson = (value: unknown) => string | undefined;

const MAX_INT = 2 ** 31 - 1;
const MIN_INT = -(2 ** 31);

/** Subgraphs have serialized their leaves already, so nothing is converted except an ID that is a number. */
const SPECIFIED: Readonly<Record<string, LeafToJson>> = {
  String: (value) => (typeof value === "string" ? stringToJson(value) : undefined),
  ID: (value) => {
    if (typeof value === "string") return stringToJson(value);
    return Number.isInteger(value) ? `"${value}"` : undefined;
  },
  Boolean: (value) => (value === true ? "true" : value === false ? "false" : undefined),
  Float: (value) => (typeof value === "number" && Number.isFinite(value) ? String(value) : undefined),
  Int: (value) => {
    const isInt = typeof value === "number" && Number.isInteger(value) && value <= MAX_INT && value >= MIN_INT;
    return isInt ? String(value) : undefined;
  },
};

export function leafToJson(type: GraphQLLeafType): LeafToJson {
  if (isEnumType(type)) {
    const texts = new Map<unknown, string>(type.getValues().map(({ name }) => [name, compactUtf8(`"${name}"`)]));
    return (value) => texts.get(value);
  }
  const specified = isSpecifiedScalarType(type) ? SPECIFIED[type.name] : undefined;
  return specified ?? toJson;
}
