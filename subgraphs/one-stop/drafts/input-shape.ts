import {
  type GraphQLInputType,
  type GraphQLSchema,
  isInputObjectType,
  isInputType,
  isLeafType,
  isListType,
  isNonNullType,
} from "graphql";
import type { Fault } from "../../_shared/reference/identifiers/parsed.ts";
import { fieldMalformed, fieldMissing, fieldUnknown } from "./problems.ts";

type Gap = Fault & { path: string[] };
/** Content with every required field. A missing or malformed field has an empty value and is listed in `gaps`. */
type Shaped = { input: Record<string, unknown>; gaps: Gap[] };

/** Reads an incomplete draft's content by a GraphQL input type. */
export function shapeContent(schema: GraphQLSchema, typeName: string, content: object): Shaped {
  const type = schema.getType(typeName);
  if (!type || !isInputType(type)) throw new Error(`${typeName} is not an input type`);
  const gaps: Gap[] = [];
  return { input: shaped(type, content, [], gaps) as Record<string, unknown>, gaps }; // an input object type gives an object
}

function shaped(type: GraphQLInputType, value: unknown, path: string[], gaps: Gap[]): unknown {
  if (isNonNullType(type)) {
    if (value !== null && value !== undefined) return shaped(type.ofType, value, path, gaps);
    gaps.push({ path, ...fieldMissing() });
    return blank(type.ofType);
  }
  if (value === null || value === undefined) return null;
  const malformed = () => {
    gaps.push({ path, ...fieldMalformed() });
    return blank(type);
  };
  if (isListType(type)) {
    if (!Array.isArray(value)) return malformed();
    return value.map((each, index) => shaped(type.ofType, each, [...path, String(index)], gaps));
  }
  if (isInputObjectType(type)) {
    if (typeof value !== "object" || Array.isArray(value)) return malformed();
    const fields = type.getFields();
    for (const name of Object.keys(value))
      if (!Object.hasOwn(fields, name)) gaps.push({ path: [...path, name], ...fieldUnknown() });
    const given = value as Record<string, unknown>; // an object, as checked above
    return mapFields(fields, (name, field) => shaped(field.type, given[name], [...path, name], gaps));
  }
  if (!isLeafType(type)) return malformed();
  try {
    return type.parseValue(value);
  } catch {
    return malformed(); // the scalar's description says which values it accepts
  }
}

/** Empty value of a type. No procedure accepts it for a required field. */
function blank(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return blank(type.ofType);
  if (isListType(type)) return [];
  if (isInputObjectType(type))
    return mapFields(type.getFields(), (_, field) => (isNonNullType(field.type) ? blank(field.type) : null));
  if (type.name === "Int" || type.name === "Float") return 0;
  if (type.name === "Boolean") return false;
  return type.name === "JSON" ? {} : "";
}

function mapFields<Field>(fields: Record<string, Field>, valueFor: (name: string, field: Field) => unknown) {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, valueFor(name, field)]));
}
