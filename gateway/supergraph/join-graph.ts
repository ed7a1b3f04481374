import { type DocumentNode, type EnumValueDefinitionNode, Kind } from "graphql";
import { directiveArgument, directivesNamed, stringValue } from "./link-directives.ts";

/** A subgraph as a supergraph names it. */
export type JoinedSubgraph = { name: string; url: string | undefined };

/** Subgraphs of a supergraph, from its enum `join__Graph`. */
export function joinedSubgraphs(supergraph: DocumentNode): JoinedSubgraph[] {
  return graphValues(supergraph).map(joinedSubgraph);
}

/** Names of the subgraphs by their values of the enum `join__Graph`. */
export function subgraphNames(supergraph: DocumentNode): ReadonlyMap<string, string> {
  return new Map(graphValues(supergraph).map((value) => [value.name.value, joinedSubgraph(value).name]));
}

function graphValues({ definitions }: DocumentNode): readonly EnumValueDefinitionNode[] {
  const graphs = definitions.find(
    (each) => each.kind === Kind.ENUM_TYPE_DEFINITION && each.name.value === "join__Graph",
  );
  return graphs?.kind === Kind.ENUM_TYPE_DEFINITION ? (graphs.values ?? []) : [];
}

function joinedSubgraph(value: EnumValueDefinitionNode): JoinedSubgraph {
  const [graph] = directivesNamed(value, "join__graph");
  const text = (name: string) => graph && stringValue(directiveArgument(graph, name));
  return { name: text("name") ?? value.name.value, url: text("url") };
}
