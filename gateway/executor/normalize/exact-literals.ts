import {
  type ArgumentNode,
  type GraphQLArgument,
  type GraphQLInputType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isScalarType,
  isSpecifiedScalarType,
  Kind,
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
 * Replaces literals of custom scalars that contain inexact numbers by variables, since the planner reads literals into doubles and
 * writes them again.
 */
export class ExactLiterals {
  readonly added: AddedVariable[] = [];
  private readonly taken: ReadonlySet<string>;

  constructor(definitions: readonly VariableDefinitionNode[] = []) {
    this.taken = new Set(definitions.map((each) => each.variable.name.value));
  }

  arguments(nodes: readonly ArgumentNode[], definitions: readonly GraphQLArgument[]): readonly ArgumentNode[] {
    if (!nodes.some((each) => hasInexactNumber(each.value))) return nodes;
    return nodes.map((node) => {
      const definition = definitions.find((each) => each.name === node.name.value);
      return definition ? { ...node, value: this.replaced(node.value, definition.type) } : node;
    });
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
    return isScalarType(type) && !isSpecifiedScalarType(type) ? this.variable(node, type.name) : node;
  }

  private variable(node: ValueNode, type: string): ValueNode {
    let name = `exact_${this.added.length + 1}`;
    while (this.taken.has(name)) name = `${name}_`;
    const variable = { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } } as const;
    const named = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type } } as const;
    const definition = {
      kind: Kind.VARIABLE_DEFINITION,
      variable,
      type: { kind: Kind.NON_NULL_TYPE, type: named },
    } as const;
    this.added.push({ definition, value: (variables) => untypedValue(node, variables) });
    return variable;
  }
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
