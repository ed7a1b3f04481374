import { type DocumentNode, type EnumTypeDefinitionNode, type GraphQLSchema, Kind } from "graphql";

/** Enumeration of the subgraphs; specification of the join directives, version 0.5. */
const GRAPHS = "join__Graph";

/**
 * Gives a schema the description of the graph. In a supergraph it may stand at the enumeration of the subgraphs, because some routers
 * cannot read a description of the schema itself.
 */
export function describeSchema(schema: GraphQLSchema, supergraph: DocumentNode): GraphQLSchema {
  const graphs = supergraph.definitions.find(
    (each): each is EnumTypeDefinitionNode => each.kind === Kind.ENUM_TYPE_DEFINITION && each.name.value === GRAPHS,
  );
  schema.description ??= graphs?.description?.value;
  return schema;
}
