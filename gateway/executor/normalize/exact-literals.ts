import {
  type ArgumentNode,
  type GraphQLArgument,
  type GraphQLInputType,
  GraphQLNonNull,
  getNamedType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isScalarType,
  isSpecifiedScalarType,
  Kind,
  parseType,
  type ValueNode,
  type VariableDefinitionNode,
  valueFromAST,
  valueFromASTUntyped,
  visit,
} from "graphql";
import { ExactNumber, exactNumber } from "../../json-numbers.ts";
import type { Variables } from "../compiled-operation.ts";
import { setOwn } from "../json.ts";

/** A variable that the gateway adds to an operation; its value follows from the client's variables. */
export type AddedVariable = { definition: VariableDefinitionNode; value(variables: Variables): unknown };

/** Value of a literal as graphql-js coerces it, with exact numbers in custom scalars. */
export function exactLiteral(node: ValueNode | undefined, type: GraphQLInputType): unknown {
  return node && hasInexactNumber(node) ? typedValue(node, type) : valueFromAST(node, type);
}

/**
 * Replaces literals by variables where the planner would change them or take too long: inexact numbers of custom scalars, since it reads
 * literals into doubles and writes them again, and many lists in one another, since its time doubles with each level of them.
 */
export class ExactLiterals {
  readonly added: AddedVariable[] = [];
  private readonly taken: ReadonlySet<string>;

  constructor(definitions: readonly VariableDefinitionNode[] = []) {
    this.taken = new Set(definitions.map((each) => each.variable.name.value));
  }

  arguments(nodes: readonly ArgumentNode[], definitions: readonly GraphQLArgument[]): readonly ArgumentNode[] {
    if (!nodes.some((each) => needsVariable(each.value))) return nodes;
    return nodes.map((node) => {
      const definition = definitions.find((each) => each.name === node.name.value);
      if (!definition) return node;
      const { type } = definition;
      const value =
        hasDeepLists(node.value) && isNestable(type)
          ? this.variable(node.value, type)
          : this.replaced(node.value, type);
      return { ...node, value };
    });
  }

  /**
   * Definition of a client's variable with a default that the planner can write. The default only makes the variable optional for
   * subgraphs, because each request sends them its value; so numbers and deep lists in it stand for themselves.
   */
  static definition(node: VariableDefinitionNode): VariableDefinitionNode {
    const { defaultValue } = node;
    if (!defaultValue || !needsVariable(defaultValue)) return node;
    let depth = 0;
    const plannable = visit(defaultValue, {
      IntValue: (each) => (hasInexactNumber(each) ? { ...each, value: "1" } : undefined),
      FloatValue: (each) => (hasInexactNumber(each) ? { ...each, value: "0.5" } : undefined),
      ListValue: {
        enter: (each) => (++depth > DEEPEST_LISTS ? { ...each, values: [] } : undefined),
        leave: () => void depth--,
      },
    });
    return { ...node, defaultValue: plannable };
  }

  private replaced(node: ValueNode, type: GraphQLInputType): ValueNode {
    if (isNonNullType(type)) return this.replaced(node, type.ofType);
    if (!hasInexactNumber(node)) return node;
    if (isListType(type)) {
      const values = node.kind === Kind.LIST ? node.values : [node];
      return { kind: Kind.LIST, values: values.map((each) => this.replaced(each, type.ofType)) };
    }
    if (isInputObjectType(type) && node.kind === Kind.OBJECT) {
      const types = type.getFields();
      const fields = node.fields.map((field) => {
        const inner = types[field.name.value]?.type;
        return inner ? { ...field, value: this.replaced(field.value, inner) } : field;
      });
      return { ...node, fields };
    }
    if (isScalarType(type) && type.name === "ID" && node.kind === Kind.INT) {
      return { kind: Kind.STRING, value: node.value };
    }
    return isScalarType(type) && !isSpecifiedScalarType(type) ? this.variable(node, new GraphQLNonNull(type)) : node;
  }

  private variable(node: ValueNode, type: GraphQLInputType): ValueNode {
    let name = `exact_${this.added.length + 1}`;
    while (this.taken.has(name)) name = `${name}_`;
    const variable = { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } } as const;
    const definition = { kind: Kind.VARIABLE_DEFINITION, variable, type: parseType(String(type)) } as const;
    this.added.push({ definition, value: (variables) => untypedValue(node, variables) });
    return variable;
  }
}

/** True for a type whose values may contain lists nested to any depth. */
function isNestable(type: GraphQLInputType): boolean {
  const named = getNamedType(type);
  return isInputObjectType(named) || (isScalarType(named) && !isSpecifiedScalarType(named));
}

function needsVariable(node: ValueNode): boolean {
  return hasInexactNumber(node) || hasDeepLists(node);
}

/** Levels of nested lists in a literal that the planner handles quickly. */
const DEEPEST_LISTS = 6;

function hasDeepLists(node: ValueNode): boolean {
  let found = false;
  let depth = 0;
  visit(node, {
    ListValue: {
      enter() {
        depth++;
        found ||= depth > DEEPEST_LISTS;
      },
      leave() {
        depth--;
      },
    },
  });
  return found;
}

function hasInexactNumber(node: ValueNode): boolean {
  if (node.kind === Kind.INT || node.kind === Kind.FLOAT) return exactNumber(node.value) instanceof ExactNumber;
  if (node.kind !== Kind.LIST && node.kind !== Kind.OBJECT) return false;
  let found = false;
  const search = ({ value }: { readonly value: string }) => {
    found ||= exactNumber(value) instanceof ExactNumber;
  };
  visit(node, { IntValue: search, FloatValue: search });
  return found;
}

function typedValue(node: ValueNode, type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return typedValue(node, type.ofType);
  if (node.kind === Kind.NULL) return null;
  if (isListType(type)) {
    const values = node.kind === Kind.LIST ? node.values : [node];
    return values.map((each) => typedValue(each, type.ofType));
  }
  if (isInputObjectType(type) && node.kind === Kind.OBJECT) {
    const value: Record<string, unknown> = {};
    for (const field of Object.values(type.getFields())) {
      const given = node.fields.find((each) => each.name.value === field.name);
      if (given) setOwn(value, field.name, typedValue(given.value, field.type));
      else if (field.defaultValue !== undefined) setOwn(value, field.name, field.defaultValue);
    }
    return value;
  }
  return isScalarType(type) && !isSpecifiedScalarType(type) ? untypedValue(node, {}) : valueFromAST(node, type);
}

function untypedValue(node: ValueNode, variables: Variables): unknown {
  switch (node.kind) {
    case Kind.INT:
    case Kind.FLOAT:
      return exactNumber(node.value);
    case Kind.LIST:
      return node.values.map((each) => untypedValue(each, variables));
    case Kind.OBJECT: {
      const value: Record<string, unknown> = {};
      for (const field of node.fields) setOwn(value, field.name.value, untypedValue(field.value, variables));
      return value;
    }
    default:
      return valueFromASTUntyped(node, variables);
  }
}
