import { type ASTNode, type DirectiveNode, type DocumentNode, Kind, parse, print, visit } from "graphql";

/** The specifications that state rights. `inaccessible` is for SECURITY too, but @apollo/gateway knows it and obeys it. */
const RIGHTS = /^https:\/\/specs\.apollo\.dev\/(authenticated|requiresScopes|policy)\/v[\d.]+$/;

/**
 * The same supergraph without what only states rights (@authenticated, @requiresScopes, @policy): @apollo/gateway refuses
 * to load them. The full text stays the source of the rights; without any of them it is given back untouched.
 */
export function withoutRights(sdl: string): string {
  const document = parse(sdl, { noLocation: true });
  const names = rightsLinks(document).map(linkedName);
  if (names.length === 0) return sdl;
  const isTheirs = (name: string) => names.some((link) => name === link || name.startsWith(`${link}__`));
  const drop = (node: ASTNode & { name: { value: string } }) => (isTheirs(node.name.value) ? null : undefined);
  const stripped = visit(document, {
    Directive: { enter: (node) => (isTheirs(node.name.value) || isRightsLink(node) ? null : undefined) },
    DirectiveDefinition: { enter: drop },
    ScalarTypeDefinition: { enter: drop },
  });
  return print(stripped);
}

function rightsLinks(document: DocumentNode): DirectiveNode[] {
  return document.definitions.flatMap((definition) =>
    definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION
      ? (definition.directives ?? []).filter(isRightsLink)
      : [],
  );
}

function isRightsLink(directive: DirectiveNode): boolean {
  return directive.name.value === "link" && RIGHTS.test(argument(directive, "url") ?? "");
}

/** `as:` if given, else the name of the specification. */
function linkedName(link: DirectiveNode): string {
  return argument(link, "as") ?? RIGHTS.exec(argument(link, "url") ?? "")?.[1] ?? "";
}

function argument(directive: DirectiveNode, name: string): string | undefined {
  const value = directive.arguments?.find((each) => each.name.value === name)?.value;
  return value && "value" in value && typeof value.value === "string" ? value.value : undefined;
}
