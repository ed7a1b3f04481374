import { type ASTNode, type DocumentNode, Kind, parse, print, visit } from "graphql";
import { directiveArgument, linksOf, stringValue } from "./link-directives.ts";

/** Specifications of auth directives. `inaccessible` is `for: SECURITY` too, but @apollo/gateway supports it. */
const AUTH_SPECIFICATIONS = ["authenticated", "requiresScopes", "policy"];

/** The planner plans contextual arguments; @apollo/gateway refuses to load them. */
const CONTEXT = "context";

/** URLs of the specifications that a supergraph may declare `for: SECURITY` and that the gateway enforces itself. */
export function enforcedSpecifications(supergraph: DocumentNode): string[] {
  const links = linksOf(supergraph).filter(({ spec }) => spec === CONTEXT || AUTH_SPECIFICATIONS.includes(spec));
  return links.flatMap(({ node }) => stringValue(directiveArgument(node, "url")) ?? []);
}

/** True for a supergraph with contextual arguments (@fromContext). */
export function hasContexts(supergraph: DocumentNode): boolean {
  return linksOf(supergraph).some(({ spec }) => spec === CONTEXT);
}

/**
 * Removes the auth directives (@authenticated, @requiresScopes, @policy) and contexts from a supergraph, since @apollo/gateway
 * refuses to load them; the gateway enforces them from the full text. A supergraph without them is returned unchanged.
 */
export function withoutAuthDirectives(sdl: string): string {
  const document = parse(sdl, { noLocation: true });
  const links = linksOf(document).filter(({ spec }) => spec === CONTEXT || AUTH_SPECIFICATIONS.includes(spec));
  if (links.length === 0) return sdl;
  const nodes = new Set<ASTNode>(links.map(({ node }) => node));
  const directives = new Set(
    links.flatMap(({ spec, nameOf }) => [nameOf.directive(spec), nameOf.directive("fromContext")]),
  );
  const scalars = new Set(links.flatMap(({ nameOf }) => ["Scope", "Policy", "ContextFieldValue"].map(nameOf.type)));
  const stripped = visit(document, {
    Directive: { enter: (node) => (nodes.has(node) || directives.has(node.name.value) ? null : undefined) },
    Argument: { enter: (node) => (node.name.value === "contextArguments" ? null : undefined) },
    [Kind.DIRECTIVE_DEFINITION]: { enter: (node) => (directives.has(node.name.value) ? null : undefined) },
    [Kind.SCALAR_TYPE_DEFINITION]: { enter: (node) => (scalars.has(node.name.value) ? null : undefined) },
  });
  return print(stripped);
}
