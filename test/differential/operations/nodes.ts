import {
  type ArgumentNode,
  type DirectiveNode,
  type FieldNode,
  Kind,
  type NamedTypeNode,
  type NameNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
} from "graphql";

export const nameNode = (value: string): NameNode => ({ kind: Kind.NAME, value });
export const namedType = (name: string): NamedTypeNode => ({ kind: Kind.NAMED_TYPE, name: nameNode(name) });
export const selectionSet = (selections: readonly SelectionNode[]): SelectionSetNode => ({
  kind: Kind.SELECTION_SET,
  selections,
});
export const argumentNode = (name: string, value: ValueNode): ArgumentNode => ({
  kind: Kind.ARGUMENT,
  name: nameNode(name),
  value,
});
export const variableNode = (name: string) => ({ kind: Kind.VARIABLE, name: nameNode(name) }) as const;

type FieldParts = {
  alias?: string | undefined;
  args?: readonly ArgumentNode[];
  directives?: readonly DirectiveNode[];
  selections?: readonly SelectionNode[] | undefined;
};

/** Field node. */
export function fieldNode(name: string, { alias, args = [], directives = [], selections }: FieldParts = {}): FieldNode {
  return {
    kind: Kind.FIELD,
    name: nameNode(name),
    arguments: args,
    directives,
    ...(alias !== undefined && { alias: nameNode(alias) }),
    ...(selections && { selectionSet: selectionSet(selections) }),
  };
}
