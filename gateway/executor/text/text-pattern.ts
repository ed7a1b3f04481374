import {
  type GraphQLEnumType,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
} from "graphql";

/** A field of an object: its type and, for objects, the fields that are selected of it. */
export type TextualField = { name: string; type: GraphQLOutputType; fieldsOf: FieldsOf };

/** Fields selected on an object type, in the order of the text; undefined where the text cannot be used as it is. */
export type FieldsOf = (type: GraphQLObjectType) => readonly TextualField[] | undefined;

/** A longer pattern takes more time to compile than it saves. */
const MAX_PATTERN_LENGTH = 4_000;
const MOST_ENUM_VALUES = 50;

/** A string without escapes. Its characters are the bytes of valid UTF-8. */
const STRING = String.raw`"[^"\\\u0000-\u001f]*"`;

/** Patterns of scalar values that the gateway would write as the same text. */
const SCALARS: Readonly<Record<string, string>> = {
  String: STRING,
  ID: STRING,
  Boolean: "(?:true|false)",
  Int: String.raw`(?:0|-?[1-9]\d{0,8})`,
  Float: String.raw`(?:0|-?[1-9]\d{0,14}|-?(?:0|[1-9]\d{0,6})\.\d{0,4}[1-9])`,
};

/**
 * Regular expression of the texts that are valid for a selection and that the gateway would write without a change: all selected
 * fields in order, without white space, escapes, nulls of non-null types, or values that the type forbids. Two selections with
 * the same pattern have the same response. Undefined where no pattern is possible, such as for abstract types.
 */
export function textPattern(type: GraphQLOutputType, fieldsOf: FieldsOf): string | undefined {
  const pattern = isNonNullType(type) ? presentPattern(type.ofType, fieldsOf) : nullablePattern(type, fieldsOf);
  return pattern !== undefined && pattern.length <= MAX_PATTERN_LENGTH ? pattern : undefined;
}

function nullablePattern(type: GraphQLOutputType, fieldsOf: FieldsOf): string | undefined {
  const present = presentPattern(type, fieldsOf);
  return present && `(?:${present}|null)`;
}

function presentPattern(type: GraphQLOutputType, fieldsOf: FieldsOf): string | undefined {
  if (isListType(type)) {
    const element = textPattern(type.ofType, fieldsOf);
    return element && String.raw`\[(?:${element}(?:,(?!\])|(?=\])))*\]`;
  }
  if (isLeafType(type)) return leafPattern(type);
  return isObjectType(type) ? objectPattern(type, fieldsOf(type)) : undefined;
}

function objectPattern(parent: GraphQLObjectType, fields: readonly TextualField[] | undefined): string | undefined {
  if (!fields) return undefined;
  const patterns: string[] = [];
  for (const { name, type, fieldsOf } of fields) {
    const pattern = name === "__typename" ? `"${parent.name}"` : textPattern(type, fieldsOf);
    if (pattern === undefined) return undefined;
    patterns.push(`"${name}":${pattern}`);
  }
  return String.raw`\{${patterns.join(",")}\}`;
}

/** A value of a custom scalar may be any JSON. Only strings are matched, because most values are strings. */
function leafPattern(type: GraphQLLeafType): string | undefined {
  if (isEnumType(type)) return enumPattern(type);
  return isSpecifiedScalarType(type) ? SCALARS[type.name] : STRING;
}

function enumPattern(type: GraphQLEnumType): string | undefined {
  const names = type.getValues().map(({ name }) => name);
  return names.length <= MOST_ENUM_VALUES ? `"(?:${names.join("|")})"` : undefined;
}
