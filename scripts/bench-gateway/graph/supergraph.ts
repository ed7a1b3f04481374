import { composeServices } from "@apollo/composition";
import { type ASTNode, type DocumentNode, parse, print, visit } from "graphql";
import { withoutAuthDirectives } from "../../../gateway/supergraph/security-directives.ts";
import { graphNames, graphSdl } from "./subgraphs.ts";

/** The synthetic supergraph for our gateway, with rights and costs, and for its peers, some of which refuse to load these. */
export function supergraphs(ports: readonly number[]): { ours: string; peers: string } {
  const { supergraphSdl, errors } = composeServices(
    graphNames.map((name, at) => ({
      name,
      url: `http://127.0.0.1:${ports[at]}/graphql`,
      typeDefs: parse(graphSdl[name]),
    })),
  );
  if (!supergraphSdl) throw new Error(errors?.map((each) => each.message).join("\n"));
  return { ours: supergraphSdl, peers: print(withoutCosts(parse(withoutAuthDirectives(supergraphSdl)))) };
}

const COSTS = new Set(["cost", "listSize"]);

function withoutCosts(document: DocumentNode): DocumentNode {
  const drop = (node: ASTNode & { name: { value: string } }) => (COSTS.has(node.name.value) ? null : undefined);
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
