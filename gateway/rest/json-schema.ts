import {
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNullableType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionSetNode,
  type TypeNode,
  typeFromAST,
} from "graphql";

/** A schema of JSON Schema, draft 2020-12, which OpenAPI 3.1 uses. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** Scalars with a JSON type of their own; all others are texts. */
const SCALARS: Readonly<Record<string, JsonSchema>> = {
  Int: { type: "integer" },
  Float: { type: "number" },
  Boolean: { type: "boolean" },
  Vnd: { type: "integer" },
  Date: { type: "string", format: "date" },
  DateTime: { type: "string", format: "date-time" },
  JSON: {},
};

/** Schema of the value of a selected field. @throws Error of a selection that is no plain tree of fields of objects */
export function selectedSchema(type: GraphQLOutputType, node: FieldNode): JsonSchema {
  const nullable = getNullableType(type);
  const schema = isListType(nullable)
    ? { type: "array", items: selectedSchema(nullable.ofType, node) }
    : namedSchema(nullable as GraphQLNamedType, node.selectionSet);
  return isNonNullType(type) ? schema : orNull(schema);
}

function namedSchema(type: GraphQLNamedType, selection: SelectionSetNode | undefined): JsonSchema {
  if (!selection) return leafSchema(type);
  if (!isObjectType(type)) throw new Error(`${type.name} is no object: REST documents select fields of objects alone`);
  const properties = selection.selections.map((node) => {
    const field = node.kind === Kind.FIELD ? type.getFields()[node.name.value] : undefined;
    if (node.kind !== Kind.FIELD || !field)
      throw new Error(`REST documents select plain fields; ${type.name} has others`);
    const schema = selectedSchema(field.type, node);
    const described = field.description ? { description: field.description, ...schema } : schema;
    return [(node.alias ?? node.name).value, described] as const;
  });
  return {
    type: "object",
    required: properties.map(([name]) => name),
    properties: Object.fromEntries(properties),
  };
}

function leafSchema(type: GraphQLNamedType): JsonSchema {
  if (isEnumType(type)) return { type: "string", enum: type.getValues().map(({ name }) => name) };
  return SCALARS[type.name] ?? { type: "string" };
}

/** A schema without a type admits null already. */
function orNull(schema: JsonSchema): JsonSchema {
  if (schema.type === undefined) return schema;
  const { enum: values } = schema;
  return { ...schema, type: [schema.type, "null"], ...(Array.isArray(values) && { enum: [...values, null] }) };
}

/** Schema of the values of a parameter; a list is a parameter that is repeated. */
export function parameterSchema(schema: GraphQLSchema, node: TypeNode): JsonSchema {
  if (node.kind === Kind.NON_NULL_TYPE) return parameterSchema(schema, node.type);
  if (node.kind === Kind.LIST_TYPE) return { type: "array", items: parameterSchema(schema, node.type) };
  const type = typeFromAST(schema, node);
  if (!type) throw new Error(`The graph has no type ${node.name.value}`);
  return leafSchema(type);
}
