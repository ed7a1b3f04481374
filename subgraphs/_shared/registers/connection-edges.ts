import {
  type DefinitionNode,
  type DocumentNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  type TypeNode,
} from "graphql";
import type { PageInfo } from "./page-info-type.ts";

/** Page of any list, as its resolver returns it. */
type Connection = { nodes: readonly unknown[]; pageInfo: PageInfo };
/** A node with the cursor from which its list goes on; the cursor is made when it is asked for. */
type Edge = { node: unknown; cursor(): string };

/** Resolvers of the fields that `withEdges` adds, and of the first cursor. */
export function pageResolvers({ definitions }: DocumentNode): Record<string, Record<string, unknown>> {
  const connections = definitions.filter(isConnection);
  if (connections.length === 0) return {};
  return {
    PageInfo: { startCursor: ({ length, cursorAt }: PageInfo) => (length > 0 ? cursorAt(0) : null) },
    ...Object.fromEntries(connections.map(({ name }) => [name.value, { edges: edgesOf }])),
  };
}

function edgesOf({ nodes, pageInfo }: Connection): Edge[] {
  return nodes.map((node, index) => ({ node, cursor: () => pageInfo.cursorAt(index) }));
}

/** True for a type that is a page: it has `nodes` and `pageInfo`. */
function isConnection(definition: DefinitionNode): definition is ObjectTypeDefinitionNode {
  if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) return false;
  return ["nodes", "pageInfo"].every((field) => definition.fields?.some(({ name }) => name.value === field));
}

/**
 * Adds `edges { cursor node }` beside `nodes` to a page (Relay Cursor Connections Specification); any other definition stays as it
 * is. An edge has no weight: a page costs the same by `edges` and by `nodes`.
 */
export function withEdges(definition: DefinitionNode): DefinitionNode[] {
  if (!isConnection(definition)) return [definition];
  const { name, fields = [] } = definition;
  const edge = `${name.value.replace(/Connection$/, "")}Edge`;
  const added = parse(`
    type ${name.value} {
      """The nodes, each with its cursor (các dòng kèm con trỏ)."""
      edges: [${edge}!]!
    }
    """A node of a page, with its cursor (một dòng của trang)."""
    type ${edge} @cost(weight: 0) {
      """Cursor from which the list goes on after this node: \`endCursor\` of a page that ends with it (con trỏ)."""
      cursor: String!
      """The node (nội dung)."""
      node: ${fields.flatMap((each) => (each.name.value === "nodes" ? typeName(each.type) : []))}!
    }`).definitions as ObjectTypeDefinitionNode[]; // as written above
  const [page, ...edgeType] = added;
  return [{ ...definition, fields: [...fields, ...(page?.fields ?? [])] }, ...edgeType];
}

function typeName(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : typeName(type.type);
}
