import { type ASTNode, type DocumentNode, Kind, parse, print, visit } from "graphql";
import { directiveArgument, linksOf, stringValue } from "./link-directives.ts";

/** Specifications of auth directives. `inaccessible` is `for: SECURITY` too, but @apollo/gateway supports it. */
const AUTH_SPECIFICATIONS = ["authenticated", "requiresScopes", "policy"];

/** URLs of the auth specifications that a supergraph links to, which it may declare `for: SECURITY`. */
export function authSpecifications(supergraph: DocumentNode): string[] {
  const links = linksOf(supergraph).filter(({ spec }) => AUTH_SPECIFICATIONS.includes(spec));
  return links.flatMap(({ node }) => stringValue(directiveArgument(node, "url")) ?? []);
}

/**
 * Removes the auth directives (@authenticated, @requiresScopes, @policy) from a supergraph, since @apollo/gateway refuses to load
 * them; the gateway enforces them from the full text. A supergraph without auth directives is returned unchanged.
 */
export function withoutAuthDirectives(sdl: string): string {
  const document = parse(sdl, { noLocation: true });
  const links = linksOf(document).filter(({ spec }) => AUTH_SPECIFICATIONS.includes(spec));
  if (links.length === 0) return sdl;
  const nodes = new Set<ASTNode>(links.map(({ node }) => node));
  const directives = new Set(links.map(({ spec, nameOf }) => nameOf.directive(spec)));
  const scalars = new Set(links.flatMap(({ nameOf }) => [nameOf.type("Scope"), nameOf.type("Policy")]));
  const stripped = visit(document, {
    Directive: { enter: (node) => (nodes.has(node) || directives.has(node.name.value) ? null : undefined) },
    [Kind.DIRECTIVE_DEFINITION]: { enter: (node) => (directives.has(node.name.value) ? null : undefined) },
    [Kind.SCALAR_TYPE_DEFINITION]: { enter: (node) => (scalars.has(node.name.value) ? null : undefined) },
  });
  return print(stripped);
}
