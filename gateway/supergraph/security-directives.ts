import { type ASTNode, type DocumentNode, Kind, parse, print, visit } from "graphql";
import { directiveArgument, linksOf, stringValue } from "./link-directives.ts";

/** The specifications that state rights. `inaccessible` is for SECURITY too, but @apollo/gateway knows it and obeys it. */
const AUTH_SPECIFICATIONS = ["authenticated", "requiresScopes", "policy"];

/** The specifications of rights that a supergraph links to, by their addresses: it may be `for: SECURITY` with them. */
export function authSpecifications(supergraph: DocumentNode): string[] {
  const links = linksOf(supergraph).filter(({ spec }) => AUTH_SPECIFICATIONS.includes(spec));
  return links.flatMap(({ node }) => stringValue(directiveArgument(node, "url")) ?? []);
}

/**
 * The same supergraph without what only states rights (@authenticated, @requiresScopes, @policy): @apollo/gateway refuses
 * to load them. The full text stays the source of the rights; without any of them it is given back untouched.
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
