import { type ConstDirectiveNode, type ConstValueNode, type DirectiveNode, type DocumentNode, Kind } from "graphql";

/** Link of a document to a specification, such as `https://specs.apollo.dev/requiresScopes/v0.1`. */
export type Link = {
  node: ConstDirectiveNode;
  /** Name of the specification, such as `requiresScopes`. */
  spec: string;
  /** Names of the specification's elements in this document. */
  nameOf: { directive(name: string): string; type(name: string): string };
};

const APOLLO = /^https:\/\/specs\.apollo\.dev\/(\w+)\/v\d+\.\d+$/;

/** Links of a document to Apollo's specifications, with the names that `as:` and `import:` give to their elements. */
export function linksOf(document: DocumentNode): Link[] {
  return document.definitions
    .flatMap((each) =>
      each.kind === Kind.SCHEMA_DEFINITION || each.kind === Kind.SCHEMA_EXTENSION ? (each.directives ?? []) : [],
    )
    .filter((directive) => directive.name.value === "link")
    .flatMap((node) => {
      const spec = APOLLO.exec(stringValue(directiveArgument(node, "url")) ?? "")?.[1];
      return spec ? [linkOf(node, spec)] : [];
    });
}

function linkOf(node: ConstDirectiveNode, spec: string): Link {
  const namespace = stringValue(directiveArgument(node, "as")) ?? spec;
  const imported = importsOf(directiveArgument(node, "import"));
  return {
    node,
    spec,
    nameOf: {
      directive: (name) => imported.get(`@${name}`)?.slice(1) ?? (name === spec ? namespace : `${namespace}__${name}`),
      type: (name) => imported.get(name) ?? `${namespace}__${name}`,
    },
  };
}

/** Imported names: name in the specification → name in this document. */
function importsOf(value: ConstValueNode | undefined): Map<string, string> {
  const imports = value?.kind === Kind.LIST ? value.values : [];
  return new Map(
    imports.flatMap((each): [string, string][] => {
      if (each.kind === Kind.STRING) return [[each.value, each.value]];
      if (each.kind !== Kind.OBJECT) return [];
      const field = (name: string) => stringValue(each.fields.find((one) => one.name.value === name)?.value);
      const name = field("name");
      return name ? [[name, field("as") ?? name]] : [];
    }),
  );
}

/** Directives of a definition that have a name. */
export function directivesNamed(
  node: { readonly directives?: readonly DirectiveNode[] | undefined },
  name: string,
): ConstDirectiveNode[] {
  const all = (node.directives ?? []) as readonly ConstDirectiveNode[]; // directives of definitions are constant
  return all.filter((each) => each.name.value === name);
}

/** Value of a directive's argument as written. */
export function directiveArgument(directive: ConstDirectiveNode, name: string): ConstValueNode | undefined {
  return directive.arguments?.find((each) => each.name.value === name)?.value;
}

/** Text of a string or enum value; undefined for other values. */
export function stringValue(value: ConstValueNode | undefined): string | undefined {
  return value?.kind === Kind.STRING || value?.kind === Kind.ENUM ? value.value : undefined;
}
