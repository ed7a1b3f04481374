import {
  coerceInputValue,
  type GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  GraphQLString,
  getVariableValues,
  isInputType,
  isNonNullType,
  typeFromAST,
  type VariableDefinitionNode,
  valueFromAST,
} from "graphql";
import type { Variables } from "../executor/compiled-operation.ts";
import { isInherited } from "../executor/json.ts";
import { withErrorCode } from "./request-errors.ts";

export type Coerced = { variables: Variables; errors?: never } | { variables?: never; errors: readonly GraphQLError[] };

export type CoerceVariables = (given: Readonly<Record<string, unknown>> | undefined) => Coerced;

/** A variable whose type has been looked up; `value` is that of its default. */
type Definition = { name: string; type: GraphQLInputType; hasDefault: boolean; value: unknown };

const MOST_ERRORS = 50;
const NOTHING: Readonly<Record<string, unknown>> = {};

/**
 * Coerces the variables of an operation as graphql-js does, with what it says of wrong ones; its definitions are looked up once.
 * Whatever is not plainly right is left to graphql-js itself.
 */
export function variableCoercion(schema: GraphQLSchema, nodes: readonly VariableDefinitionNode[]): CoerceVariables {
  const definitions = nodes.map((node) => definitionOf(schema, node));
  const isPlain = definitions.every((each) => each && !isInherited(each.name));

  return (given = NOTHING) => {
    const variables = isPlain ? plainly(definitions as Definition[], given) : undefined; // none is undefined, as seen above
    if (variables) return { variables };
    const { coerced, errors = [] } = getVariableValues(schema, nodes, given, { maxErrors: MOST_ERRORS });
    return coerced ? { variables: coerced } : { errors: errors.map((each) => withErrorCode(each, "BAD_USER_INPUT")) };
  };
}

function definitionOf(schema: GraphQLSchema, node: VariableDefinitionNode): Definition | undefined {
  const type = typeFromAST(schema, node.type);
  if (!isInputType(type)) return undefined;
  const name = node.variable.name.value;
  const { defaultValue } = node;
  return { name, type, hasDefault: defaultValue !== undefined, value: valueFromAST(defaultValue, type) };
}

/** Undefined where anything is wrong with them. */
function plainly(definitions: readonly Definition[], given: Readonly<Record<string, unknown>>): Variables | undefined {
  const variables: Record<string, unknown> = {};
  for (const { name, type, hasDefault, value } of definitions) {
    if (!Object.hasOwn(given, name)) {
      if (hasDefault) variables[name] = value;
      else if (isNonNullType(type)) return undefined;
      continue;
    }
    const coerced = plainValue(given[name], type);
    if (coerced === WRONG) return undefined;
    variables[name] = coerced;
  }
  return variables;
}

const WRONG = Symbol("what graphql-js is to explain");

function plainValue(value: unknown, type: GraphQLInputType): unknown {
  if (value === null || value === undefined) return value === null && !isNonNullType(type) ? null : WRONG;
  const nullable = isNonNullType(type) ? type.ofType : type;
  if (nullable === GraphQLString && typeof value === "string") return value;
  let isWrong = false;
  const coerced = coerceInputValue(value, nullable, () => {
    isWrong = true;
  });
  return isWrong ? WRONG : coerced;
}
