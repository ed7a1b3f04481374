import { type GraphQLLeafType, isEnumType, isSpecifiedScalarType } from "graphql";
import { keptUtf8 } from "../../utf8.ts";
import { jsonText, stringText } from "../json.ts";

/** The JSON text of a leaf that is neither null nor undefined; undefined if it is none of its type. */
export type LeafText = (value: unknown) => string | undefined;

const MOST = 2 ** 31 - 1;
const LEAST = -(2 ** 31);

/** Subgraphs have serialised their leaves already, so nothing is converted but an ID that came as a number. */
const SPECIFIED: Readonly<Record<string, LeafText>> = {
  String: (value) => (typeof value === "string" ? stringText(value) : undefined),
  ID: (value) => {
    if (typeof value === "string") return stringText(value);
    return Number.isInteger(value) ? `"${value}"` : undefined;
  },
  Boolean: (value) => (value === true ? "true" : value === false ? "false" : undefined),
  Float: (value) => (typeof value === "number" && Number.isFinite(value) ? String(value) : undefined),
  Int: (value) => {
    const isInt = typeof value === "number" && Number.isInteger(value) && value <= MOST && value >= LEAST;
    return isInt ? String(value) : undefined;
  },
};

export function leafText(type: GraphQLLeafType): LeafText {
  if (isEnumType(type)) {
    const texts = new Map<unknown, string>(type.getValues().map(({ name }) => [name, keptUtf8(`"${name}"`)]));
    return (value) => texts.get(value);
  }
  const specified = isSpecifiedScalarType(type) ? SPECIFIED[type.name] : undefined;
  return specified ?? jsonText;
}
