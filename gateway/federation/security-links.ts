import { type ASTNode, type DirectiveNode, type DocumentNode, Kind, parse, print, visit } from "graphql";

/**
 * The same supergraph without what only states rights (`@link(… for: SECURITY)`: @authenticated, @requiresScopes, @policy):
 * @apollo/gateway refuses to load it otherwise. The full text stays the source of the rights.
 */
export function withoutSecurityLinks(sdl: string): string {
  if (!/for:\s*SECURITY/.test(sdl)) return sdl;
  const document = parse(sdl, { noLocation: true });
  const names = new Set(securityLinks(document).map(linkedName));
  const isTheirs = (name: string) => names.has(name) || [...names].some((link) => name.startsWith(`${link}__`));
  const drop = (node: ASTNode & { name: { value: string } }) => (isTheirs(node.name.value) ? null : undefined);
  const stripped = visit(document, {
    Directive: { enter: (node) => (isTheirs(node.name.value) || isSecurityLink(node) ? null : undefined) },
    DirectiveDefinition: { enter: drop },
    ScalarTypeDefinition: { enter: drop },
  });
  return print(stripped);
}

function securityLinks(document: DocumentNode): DirectiveNode[] {
  return document.definitions.flatMap((definition) =>
    definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION
      ? (definition.directives ?? []).filter(isSecurityLink)
      : [],
  );
}

function isSecurityLink(directive: DirectiveNode): boolean {
  return directive.name.value === "link" && argument(directive, "for") === "SECURITY";
}

/** `as:` if given, else the last but one part of the address: `https://specs.apollo.dev/requiresScopes/v0.1`. */
function linkedName(link: DirectiveNode): string {
  return argument(link, "as") ?? argument(link, "url")?.split("/").at(-2) ?? "";
}

function argument(directive: DirectiveNode, name: string): string | undefined {
  const value = directive.arguments?.find((each) => each.name.value === name)?.value;
  return value && "value" in value && typeof value.value === "string" ? value.value : undefined;
}
