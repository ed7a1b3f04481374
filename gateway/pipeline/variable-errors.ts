import {
  coerceInputValue,
  GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  GraphQLString,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  print,
  typeFromAST,
  type VariableDefinitionNode,
  valueFromAST,
} from "graphql";

/** A variable definition with its type; `defaultValue` is coerced. */
type Definition = {
  node: VariableDefinitionNode;
  name: string;
  type: GraphQLInputType;
  hasDefault: boolean;
  defaultValue: unknown;
};

const MOST_ERRORS = 50;

/**
 * Errors of variables that cannot be coerced. Each names the variable, the path in it and the expected type, never a value:
 * values may be personal.
 */
export function variableErrors(
  schema: GraphQLSchema,
  nodes: readonly VariableDefinitionNode[],
  given: Readonly<Record<string, unknown>>,
): readonly GraphQLError[] {
  const errors: GraphQLError[] = [];
  for (const node of nodes) {
    const definition = definitionOf(schema, node);
    if ("problem" in definition) errors.push(coercionError(node, definition.problem));
    else coerceVariable(definition, given, {}, errors);
    if (errors.length >= MOST_ERRORS) break;
  }
  return errors.slice(0, MOST_ERRORS);
}

function definitionOf(
  schema: GraphQLSchema,
  node: VariableDefinitionNode,
): Definition | { node: VariableDefinitionNode; problem: string } {
  const type = typeFromAST(schema, node.type);
  const name = node.variable.name.value;
  if (!isInputType(type)) {
    return { node, problem: `Variable "$${name}" expects the type "${print(node.type)}", which is no input type.` };
  }
  const { defaultValue } = node;
  const hasDefault = defaultValue !== undefined;
  return { node, name, type, hasDefault, defaultValue: valueFromAST(defaultValue, type) };
}

function coerceVariable(
  { node, name, type, hasDefault, defaultValue }: Definition,
  given: Readonly<Record<string, unknown>>,
  variables: Record<string, unknown>,
  errors: GraphQLError[],
): void {
  if (!Object.hasOwn(given, name)) {
    if (hasDefault) setVariable(variables, name, defaultValue);
    else if (isNonNullType(type)) {
      errors.push(coercionError(node, `Variable "$${name}" of required type "${type}" was not provided.`));
    }
    return;
  }
  const value = given[name];
  if (value === null && isNonNullType(type)) {
    errors.push(coercionError(node, `Variable "$${name}" of non-null type "${type}" must not be null.`));
    return;
  }
  const coerced = coerceValue(value, type, (path, wrong, message) => {
    const at = path.length === 0 ? "" : ` at "${pathText(name, path)}"`;
    const problem = problemOf(typeAt(type, path), wrong, message);
    errors.push(coercionError(node, `Variable "$${name}" is invalid${at}: ${problem}`));
  });
  setVariable(variables, name, coerced);
}

type OnError = (path: readonly (string | number)[], wrong: unknown, message: string) => void;

function coerceValue(value: unknown, type: GraphQLInputType, onError: OnError): unknown {
  if (typeof value === "string" && getNullableType(type) === GraphQLString) return value;
  return coerceInputValue(value, type, (path, wrong, error) => onError(path, wrong, error.message));
}

/** Problem of a value in terms of the schema. Messages of graphql-js about missing fields name only the schema. */
function problemOf(type: GraphQLInputType | undefined, wrong: unknown, message: string): string {
  const missing = /^Field "\w+" of required type "[^"]+" was not provided\.$/;
  if (missing.test(message)) return message;
  if (/^Field "[\s\S]*" is not defined by type/.test(message)) {
    return `it has a field that type "${type && getNullableType(type)}" does not define.`;
  }
  const values = type && valuesOf(type);
  return `expected type "${type}"${values ? `, one of ${values}` : ""}, found ${kindOf(wrong)}.`;
}

/** Names of an enum's values. */
function valuesOf(type: GraphQLInputType): string | undefined {
  const nullable = getNullableType(type);
  return isEnumType(nullable)
    ? nullable
        .getValues()
        .map(({ name }) => name)
        .join(", ")
    : undefined;
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "number") return Number.isInteger(value) ? "an integer" : "a number";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/** Type at a path in a value. */
function typeAt(type: GraphQLInputType, path: readonly (string | number)[]): GraphQLInputType | undefined {
  let found: GraphQLInputType | undefined = type;
  for (const step of path) {
    const nullable: GraphQLInputType | undefined = found && getNullableType(found);
    if (isListType(nullable)) found = typeof step === "number" ? nullable.ofType : typeAt(nullable.ofType, [step]);
    else found = isInputObjectType(nullable) ? nullable.getFields()[step]?.type : undefined;
  }
  return found;
}

function pathText(name: string, path: readonly (string | number)[]): string {
  return path.reduce<string>((text, step) => text + (typeof step === "number" ? `[${step}]` : `.${step}`), name);
}

function coercionError(node: VariableDefinitionNode, message: string): GraphQLError {
  return new GraphQLError(message, { nodes: node, extensions: { code: "BAD_USER_INPUT" } });
}

function setVariable(variables: Record<string, unknown>, name: string, value: unknown): void {
  if (name === "__proto__") Object.defineProperty(variables, name, { value, enumerable: true, configurable: true });
  else variables[name] = value;
}
