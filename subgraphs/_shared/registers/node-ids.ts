import {
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type GraphQLFieldResolver,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  valueFromASTUntyped,
} from "graphql";

/** Description of `nodeId`, the same in all schemas. */
export const NODE_ID = "Type and id, unique in the graph; `node` takes it (định danh toàn cục).";

const [NODE_ID_FIELD] = (
  parse(`type T { """${NODE_ID}""" nodeId: ID @shareable }`).definitions[0] as ObjectTypeDefinitionNode
).fields as [FieldDefinitionNode]; // as written on this line

/** Adds `nodeId` to an entity whose `id` the agency resolves; any other definition stays as it is. */
export function withNodeId(definition: DefinitionNode): DefinitionNode {
  if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION || !resolvesById(definition)) return definition;
  const fields = definition.fields?.filter(({ name }) => name.value !== "nodeId") ?? [];
  const afterId = fields.findIndex(({ name }) => name.value === "id") + 1;
  return { ...definition, fields: [...fields.slice(0, afterId), NODE_ID_FIELD, ...fields.slice(afterId)] };
}

type Resolve = GraphQLFieldResolver<unknown, unknown>;
type Resolvers = Record<string, Record<string, unknown>>;

/** Resolvers of every `nodeId` of a schema, from those of the `id` of the same type. */
export function nodeIdResolvers({ definitions }: DocumentNode, resolvers: Resolvers): Resolvers {
  const types = definitions.flatMap((each) =>
    each.kind === Kind.OBJECT_TYPE_DEFINITION && each.fields?.some(({ name }) => name.value === "nodeId")
      ? [each.name.value]
      : [],
  );
  return Object.fromEntries(types.map((type) => [type, { nodeId: nodeIdOf(type, resolvers[type]?.id as Resolve) }]));
}

/** The type and the id of an object in one text. */
function nodeIdOf(type: string, id: Resolve): Resolve {
  return async (...given) => `${type}:${await id(...given)}`;
}

function resolvesById({ directives = [], fields = [] }: ObjectTypeDefinitionNode): boolean {
  const id = fields.find(({ name }) => name.value === "id");
  if (!id || id.directives?.some(({ name }) => name.value === "external")) return false;
  return directives.some(
    ({ name, arguments: given = [] }) =>
      name.value === "key" &&
      given.some((each) => each.name.value === "fields" && valueFromASTUntyped(each.value) === "id"),
  );
}
