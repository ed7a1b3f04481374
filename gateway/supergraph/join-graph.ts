import { type DirectiveNode, type DocumentNode, Kind } from "graphql";
import type { NamedSubgraph } from "../subgraph-client/subgraphs.ts";

/** The subgraphs that a supergraph is composed of, as its enum `join__Graph` names them. */
export function joinedSubgraphs(supergraph: DocumentNode): NamedSubgraph[] {
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION || definition.name.value !== "join__Graph") continue;
    return (definition.values ?? []).map(({ name, directives }) => {
      const graph = directives?.find((each) => each.name.value === "join__graph");
      return { name: argument(graph, "name") ?? name.value, url: argument(graph, "url") };
    });
  }
  return [];
}

function argument(directive: DirectiveNode | undefined, name: string): string | undefined {
  const value = directive?.arguments?.find((each) => each.name.value === name)?.value;
  return value?.kind === Kind.STRING ? value.value : undefined;
}
