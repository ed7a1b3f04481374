import {
  type GraphQLInputType,
  GraphQLNonNull,
  type GraphQLSchema,
  isInputObjectType,
  isListType,
  isNonNullType,
  Kind,
  parseType,
  type ValueNode,
  type VariableDefinitionNode,
  valueFromASTUntyped,
} from "graphql";
import type { Random } from "../data/random-stream.ts";
import { variableNode } from "./nodes.ts";
import { literal } from "./values.ts";

type Variable = { name: string; type: GraphQLInputType; default?: ValueNode; strict: boolean };

/** Variables of an operation during its generation. */
export class Variables {
  private readonly made: Variable[] = [];

  constructor(private readonly random: Random) {}

  /** New or existing variable for a position of this type; `hasDefault` if the position has a default value. */
  forPosition(type: GraphQLInputType, hasDefault: boolean): ValueNode {
    const fitting = this.made.filter((each) => each.type.toString() === type.toString());
    if (fitting.length > 0 && this.random.chance(0.4)) return variableNode(this.random.pick(fitting).name);
    const required = isNonNullType(type);
    const nullable = required ? type.ofType : type;
    const name = `v${this.made.length}`;
    const variable: Variable = { name, type, strict: required };
    if (required && (hasDefault || this.random.chance(0.2))) {
      variable.type = nullable; // allowed if the variable or the position has a default value
      if (!hasDefault || this.random.chance(0.5)) variable.default = literal(new GraphQLNonNull(nullable), this.random);
    } else if (!required && this.random.chance(0.3)) variable.type = new GraphQLNonNull(nullable);
    else if (this.random.chance(0.3)) variable.default = literal(type, this.random);
    this.made.push(variable);
    return variableNode(name);
  }

  definitions(used: ReadonlySet<string>): VariableDefinitionNode[] {
    return this.made
      .filter(({ name }) => used.has(name))
      .map((each) => ({
        kind: Kind.VARIABLE_DEFINITION,
        variable: variableNode(each.name),
        type: parseType(each.type.toString(), { noLocation: true }),
        ...(each.default && { defaultValue: each.default as never }), // made without variables
      }));
  }
}

/** Random values for the variables that an operation declares. */
export function variableValues(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
  typeOf: (definition: VariableDefinitionNode, schema: GraphQLSchema) => GraphQLInputType,
  random: Random,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const definition of definitions) {
    const type = typeOf(definition, schema);
    if (!isNonNullType(type) && random.chance(0.2)) continue;
    if (definition.defaultValue && random.chance(0.4)) continue;
    const isNullAllowed = !isNonNullType(type) && definition.defaultValue === undefined;
    const wanted = isNullAllowed || isNonNullType(type) ? type : new GraphQLNonNull(type);
    values[definition.variable.name.value] = plain(literal(wanted, random), wanted);
  }
  return values;
}

/** Literal as a JSON value of a request. */
function plain(node: ValueNode, type: GraphQLInputType): unknown {
  const inner = isNonNullType(type) ? type.ofType : type;
  if (node.kind === Kind.LIST && isListType(inner)) return node.values.map((each) => plain(each, inner.ofType));
  if (node.kind === Kind.OBJECT && isInputObjectType(inner)) {
    const fields = inner.getFields();
    return Object.fromEntries(
      node.fields.map(({ name, value }) => {
        const field = fields[name.value];
        return [name.value, field ? plain(value, field.type) : undefined];
      }),
    );
  }
  if (node.kind === Kind.INT && inner.toString() === "ID") return Number(node.value);
  return valueFromASTUntyped(node);
}
