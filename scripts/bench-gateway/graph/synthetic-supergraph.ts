import { composeServices } from "@apollo/composition";
import { type ASTNode, type DocumentNode, parse, print, visit } from "graphql";
import { withoutAuthDirectives } from "../../../gateway/supergraph/security-directives.ts";
import type { Subgraph } from "../contestants.ts";
import { explosiveSdl } from "./explosive-schemas.ts";
import { graphNames, graphSdl } from "./synthetic-schemas.ts";

type Supergraphs = { ours: string; peers: string; peerSubgraphs: Record<string, Subgraph>; explosive: string };

/**
 * The synthetic supergraph: `ours` with rights and costs, `peers` without them, since some peers refuse to load them,
 * `peerSubgraphs` for a peer that composes itself, and `explosive` with operations that are too expensive to plan.
 */
export function supergraphs(ports: readonly number[]): Supergraphs {
  const services = graphNames.map((name, at) => ({
    name,
    url: `http://127.0.0.1:${ports[at]}/graphql`,
    typeDefs: parse(graphSdl[name]),
  }));
  const url = "http://127.0.0.1:9/graphql"; // no operation over them is planned, so none is called
  const explosive = Object.entries(explosiveSdl).map(([name, sdl]) => ({ name, url, typeDefs: parse(sdl) }));
  const ours = composed(services);
  return {
    ours,
    peers: print(without(COSTS, parse(withoutAuthDirectives(ours)))),
    peerSubgraphs: Object.fromEntries(
      services.map(({ name, url, typeDefs }) => [name, { sdl: print(without([...COSTS, ...RIGHTS], typeDefs)), url }]),
    ),
    explosive: composed([...services, ...explosive]),
  };
}

function composed(services: Parameters<typeof composeServices>[0]): string {
  const { supergraphSdl, errors } = composeServices(services);
  if (!supergraphSdl) throw new Error(errors?.map((each) => each.message).join("\n"));
  return supergraphSdl;
}

const COSTS = ["cost", "listSize"];
const RIGHTS = ["authenticated", "requiresScopes"];

/** A subgraph may import directives that it does not use. */
function without(directives: readonly string[], document: DocumentNode): DocumentNode {
  const drop = (node: ASTNode & { name: { value: string } }) =>
    directives.includes(node.name.value) ? null : undefined;
  return visit(document, {
    DirectiveDefinition: { enter: drop },
    Directive: {
      enter(node) {
        const isLink = node.name.value === "link" && /\/cost\/v/.test(print(node));
        return isLink ? null : drop(node);
      },
    },
  });
}
