import {
  coerceInputValue,
  type GraphQLError,
  GraphQLID,
  type GraphQLInputType,
  type GraphQLSchema,
  GraphQLString,
  getVariableValues,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  isScalarType,
  isSpecifiedScalarType,
  typeFromAST,
  type VariableDefinitionNode,
} from "graphql";
import type { Variables } from "../executor/compiled-operation.ts";
import { isInherited } from "../executor/json.ts";
import { exactLiteral } from "../executor/normalize/exact-literals.ts";
import { ExactNumber } from "../json-numbers.ts";
import { variableErrors } from "./variable-errors.ts";

export type Coerced = { variables: Variables; errors?: never } | { variables?: never; errors: readonly GraphQLError[] };

export type CoerceVariables = (given: Readonly<Record<string, unknown>> | undefined) => Coerced;

/** A variable whose type has been looked up; `value` is that of its default. */
type Definition = { name: string; type: GraphQLInputType; hasDefault: boolean; value: unknown };

const NOTHING: Readonly<Record<string, unknown>> = {};

/**
 * Coerces the variables of an operation as graphql-js does, with its messages for invalid values. The definitions are looked up
 * once. Only variables that are not valid at once are passed to graphql-js.
 */
export function variableCoercion(schema: GraphQLSchema, nodes: readonly VariableDefinitionNode[]): CoerceVariables {
  const definitions = nodes.map((node) => definitionOf(schema, node));
  const isSupported = definitions.every((each) => each && !isInherited(each.name));

  return (given = NOTHING) => {
    const variables = isSupported ? validVariables(definitions as Definition[], given) : undefined; // `isSupported`: none is undefined
    if (variables) return { variables };
    const doubles = withDoubles(definitions, given);
    const exact = isSupported ? validVariables(definitions as Definition[], doubles) : undefined;
    if (exact) return { variables: exact };
    const { coerced } = getVariableValues(schema, nodes, doubles);
    return coerced ? { variables: coerced } : { errors: variableErrors(schema, nodes, doubles) };
  };
}

function definitionOf(schema: GraphQLSchema, node: VariableDefinitionNode): Definition | undefined {
  const type = typeFromAST(schema, node.type);
  if (!isInputType(type)) return undefined;
  const name = node.variable.name.value;
  const { defaultValue } = node;
  return { name, type, hasDefault: defaultValue !== undefined, value: exactLiteral(defaultValue, type) };
}

/** Converts exact numbers to doubles, which graphql-js expects, except in custom scalars; to a string where they are an ID. */
function withDoubles(definitions: readonly (Definition | undefined)[], given: Readonly<Record<string, unknown>>) {
  const types = new Map(definitions.flatMap((each) => (each ? [[each.name, each.type]] : [])));
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, doubled(value, types.get(name) ?? GraphQLString)]),
  );
}

function doubled(value: unknown, type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return doubled(value, type.ofType);
  if (isListType(type)) {
    return Array.isArray(value) ? value.map((each) => doubled(each, type.ofType)) : doubled(value, type.ofType);
  }
  if (value instanceof ExactNumber) {
    if (isScalarType(type) && !isSpecifiedScalarType(type)) return value;
    return type === GraphQLID && /^-?\d+$/.test(value.text) ? value.text : Number(value.text);
  }
  if (!isInputObjectType(type) || typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const types = type.getFields();
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, doubled(each, types[name]?.type ?? GraphQLString)]),
  );
}

/** Coerced variables; undefined if any of them is invalid. */
function validVariables(
  definitions: readonly Definition[],
  given: Readonly<Record<string, unknown>>,
): Variables | undefined {
  const variables: Record<string, unknown> = {};
  for (const { name, type, hasDefault, value } of definitions) {
    if (!Object.hasOwn(given, name)) {
      if (hasDefault) variables[name] = value;
      else if (isNonNullType(type)) return undefined;
      continue;
    }
    const coerced = validValue(given[name], type);
    if (coerced === INVALID) return undefined;
    variables[name] = coerced;
  }
  return variables;
}

const INVALID = Symbol("invalid value, explained by graphql-js");

function validValue(value: unknown, type: GraphQLInputType): unknown {
  if (value === null || value === undefined) return value === null && !isNonNullType(type) ? null : INVALID;
  const nullable = isNonNullType(type) ? type.ofType : type;
  if ((nullable === GraphQLString || nullable === GraphQLID) && typeof value === "string") return value;
  let isInvalid = false;
  const coerced = coerceInputValue(value, nullable, () => {
    isInvalid = true;
  });
  return isInvalid ? INVALID : coerced;
}
