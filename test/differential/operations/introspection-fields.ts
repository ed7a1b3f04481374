import {
  type FieldNode,
  GraphQLNonNull,
  type GraphQLSchema,
  GraphQLString,
  type OperationDefinitionNode,
  parse,
} from "graphql";
import type { Random } from "../data/random-stream.ts";
import { argumentNode } from "./nodes.ts";
import type { Variables } from "./variables.ts";

const SCHEMAS = [
  "__schema { queryType { name kind } mutationType { name } }",
  "__schema { types { name kind } directives { name args { name defaultValue } } }",
  "__schema { __typename queryType { fields { name type { kind name ofType { name } } } } }",
];
const TYPES = [
  "__type { name kind description }",
  "__type { __typename name: kind fields(includeDeprecated: true) { name args { name defaultValue type { name } } } }",
  "__type { ... on __Type { possibleTypes { name } enumValues { name } inputFields { name defaultValue } } interfaces { name } }",
];

/** Random introspection field. */
export function introspection(schema: GraphQLSchema, random: Random, variables: Variables): FieldNode {
  if (random.chance(0.4)) return read(random.pick(SCHEMAS));
  const node = read(random.pick(TYPES));
  const name = random.chance(0.3)
    ? variables.forPosition(new GraphQLNonNull(GraphQLString), false)
    : ({ kind: "StringValue", value: random.pick(Object.keys(schema.getTypeMap())) } as never); // a StringValueNode
  return { ...node, arguments: [argumentNode("name", name)] };
}

function read(text: string): FieldNode {
  const [operation] = parse(`{ ${text} }`, { noLocation: true }).definitions;
  const [field] = (operation as OperationDefinitionNode).selectionSet.selections; // the braces make it one
  return field as FieldNode; // each text is one field
}
