import { buildSubgraphSchema } from "@apollo/subgraph";
import { type DocumentNode, type GraphQLSchema, Kind } from "graphql";

/** Context of a subgraph's resolvers: resolves a representation to an object. */
export type ReferenceContext = { entity(representation: Record<string, unknown>): unknown };

/** Executable schema of a subgraph. The context of each execution resolves its entities. */
export function subgraphSchema(typeDefs: DocumentNode): GraphQLSchema {
  const resolvers: Record<string, object> = {};
  for (const definition of typeDefs.definitions) {
    const isType =
      definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION;
    if (!isType || !definition.directives?.some((each) => each.name.value === "key")) continue;
    resolvers[definition.name.value] = {
      __resolveReference: (representation: Record<string, unknown>, context: ReferenceContext) =>
        context.entity(representation),
    };
  }
  return buildSubgraphSchema({ typeDefs, resolvers: resolvers as never }); // its own type wants one of five kinds
}
