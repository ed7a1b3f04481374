import { composeServices } from "@apollo/composition";
import { Supergraph } from "@apollo/federation-internals";
import { type ASTNode, type DocumentNode, type GraphQLSchema, Kind, parse, type TypeNode, visit } from "graphql";

export type NamedSdl = { name: string; sdl: DocumentNode };
export type SdlField = { type: string; name: string; isNullable: boolean; isExternal: boolean };
export type SdlEntity = { name: string; keys: string[]; resolvable: boolean; fields: SdlField[] };

/** The public schema of the composed subgraphs, or the messages of the composition. */
export function composed(subgraphs: readonly NamedSdl[]): { schema: GraphQLSchema } | { problems: string[] } {
  const result = composeServices(
    subgraphs.map(({ name, sdl }) => ({ name, typeDefs: sdl, url: "http://127.0.0.1/graphql" })),
  );
  if (result.errors) return { problems: result.errors.map((error) => error.message) };
  const supergraph = Supergraph.build(result.supergraphSdl, { supportedFeatures: null });
  return { schema: supergraph.apiSchema().toGraphQLJSSchema() };
}

/** Fields of a root type, by the name of its operation. */
export function rootFields(sdl: DocumentNode, root: "Query" | "Mutation"): string[] {
  return objectTypes(sdl)
    .filter((type) => type.name.value === root)
    .flatMap((type) => (type.fields ?? []).map((field) => field.name.value));
}

/** Object types that the subgraph states a key for. */
export function entities(sdl: DocumentNode): SdlEntity[] {
  const found = new Map<string, SdlEntity>();
  for (const type of objectTypes(sdl)) {
    const name = type.name.value;
    const known = found.get(name) ?? { name, keys: [], resolvable: false, fields: [] };
    for (const directive of type.directives ?? []) {
      if (directive.name.value !== "key") continue;
      const value = (argument: string) => directive.arguments?.find((each) => each.name.value === argument)?.value;
      const fields = value("fields");
      const resolvable = value("resolvable");
      if (fields?.kind === Kind.STRING) known.keys.push(fields.value);
      if (!(resolvable?.kind === Kind.BOOLEAN && !resolvable.value)) known.resolvable = true;
    }
    known.fields.push(
      ...(type.fields ?? []).map((field) => ({
        type: namedType(field.type),
        name: field.name.value,
        isNullable: field.type.kind !== Kind.NON_NULL_TYPE,
        isExternal: (field.directives ?? []).some((directive) => directive.name.value === "external"),
      })),
    );
    found.set(name, known);
  }
  return [...found.values()].filter((type) => type.keys.length > 0);
}

/** Every scope that a `@requiresScopes` of the SDL names. */
export function statedScopes(sdl: DocumentNode): string[] {
  const scopes = new Set<string>();
  let inside = false;
  const around = (isInside: boolean) => (node: ASTNode) => {
    if (node.kind === Kind.DIRECTIVE && node.name.value === "requiresScopes") inside = isInside;
    if (inside && node.kind === Kind.STRING) scopes.add(node.value);
  };
  visit(sdl, { enter: around(true), leave: around(false) });
  return [...scopes];
}

export function parsedSdl(text: string): DocumentNode {
  return parse(text, { noLocation: true });
}

function objectTypes(sdl: DocumentNode) {
  return sdl.definitions.flatMap((each) =>
    each.kind === Kind.OBJECT_TYPE_DEFINITION || each.kind === Kind.OBJECT_TYPE_EXTENSION ? [each] : [],
  );
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}
