import {
  __InputValue,
  astFromValue,
  type ConstValueNode,
  type DocumentNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLScalarType,
  type GraphQLSchema,
  getNamedType,
  type InputValueDefinitionNode,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  Kind,
  print,
} from "graphql";
import { stringifyExactly } from "../json-numbers.ts";
import { exactLiteral } from "./normalize/exact-literals.ts";

/** Argument or input field of a schema. */
type InputValue = GraphQLArgument | GraphQLInputField;

/** Default values as the supergraph writes them, by the name of the type or directive, the field's and the argument's. */
type Literals = ReadonlyMap<string, ConstValueNode>;

/**
 * Gives the default values of a schema the digits that the supergraph writes, since the libraries that build the schema read numbers
 * into doubles, and makes those printable that are objects of a custom scalar.
 */
export function restoreDefaultValues(schema: GraphQLSchema, supergraph: DocumentNode): GraphQLSchema {
  const literals = defaultLiterals(supergraph);
  const restored = new Set<GraphQLInputObjectType>();

  function restore(name: string, inputValue: InputValue): void {
    const literal = literals.get(name);
    if (!literal) return;
    // The value of an object contains the defaults of its type's fields.
    const type = getNamedType(inputValue.type);
    if (isInputObjectType(type)) restoreInput(type);
    const value = exactLiteral(literal, inputValue.type);
    if (value === undefined) return; // of another type than its own, as older compositions allow
    inputValue.defaultValue = value;
    notePrinted(inputValue, literal);
  }

  function restoreInput(type: GraphQLInputObjectType): void {
    if (restored.has(type)) return;
    restored.add(type);
    for (const field of Object.values(type.getFields())) restore(`${type.name}.${field.name}`, field);
  }

  function restoreArguments(
    owner: string,
    { name, args }: Pick<GraphQLField<unknown, unknown>, "name" | "args">,
  ): void {
    for (const each of args) restore(`${owner}.${name}.${each.name}`, each);
  }

  if (literals.size === 0) return schema;
  for (const type of Object.values(schema.getTypeMap())) {
    if (isInputObjectType(type)) restoreInput(type);
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) restoreArguments(type.name, field);
  }
  for (const directive of schema.getDirectives()) restoreArguments("@", directive);
  for (const type of Object.values(schema.getTypeMap())) {
    if (isScalarType(type) && !isSpecifiedScalarType(type)) makePrintable(type);
  }
  return schema;
}

function defaultLiterals({ definitions }: DocumentNode): Literals {
  const literals = new Map<string, ConstValueNode>();
  const add = (owner: string, values: readonly InputValueDefinitionNode[] = []) => {
    for (const { name, defaultValue } of values) if (defaultValue) literals.set(`${owner}.${name.value}`, defaultValue);
  };
  for (const definition of definitions) {
    switch (definition.kind) {
      case Kind.INPUT_OBJECT_TYPE_DEFINITION:
        add(definition.name.value, definition.fields);
        break;
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.INTERFACE_TYPE_DEFINITION:
        for (const each of definition.fields ?? []) add(`${definition.name.value}.${each.name.value}`, each.arguments);
        break;
      case Kind.DIRECTIVE_DEFINITION:
        add(`@.${definition.name.value}`, definition.arguments);
    }
  }
  return literals;
}

/** Default values that graphql-js cannot print, as literals of the supergraph. */
const printedLiterals = new WeakMap<InputValue, string>();

function notePrinted(inputValue: InputValue, literal: ConstValueNode): void {
  try {
    astFromValue(inputValue.defaultValue, inputValue.type);
  } catch {
    printedLiterals.set(inputValue, print(literal));
  }
}

const introspected = __InputValue.getFields().defaultValue;
const introspectValue = introspected?.resolve;

/**
 * Introspection of graphql-js prints a default value from its value, and throws for objects and exact numbers in a custom scalar. All
 * schemas share its introspection types.
 */
if (introspected && introspectValue) {
  introspected.resolve = (inputValue: InputValue, ...rest) =>
    printedLiterals.get(inputValue) ?? introspectValue(inputValue, ...rest);
}

/** Makes graphql-js print a schema whose default values contain objects: @apollo/server prints it when it starts. */
function makePrintable(scalar: GraphQLScalarType): void {
  const { serialize } = scalar;
  scalar.serialize = (value) => {
    const serialized = serialize(value);
    const isObject = typeof serialized === "object" && serialized !== null;
    return isObject || serialized === Infinity ? stringifyExactly(serialized) : serialized;
  };
}
