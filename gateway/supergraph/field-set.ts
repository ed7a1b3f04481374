import { Kind, parse, type SelectionSetNode, type TypeNode } from "graphql";

/** @param fields field set of a directive, such as `id org { id }` */
export function fieldSet(fields: string): SelectionSetNode {
  const [definition] = parse(`{ ${fields} }`, { noLocation: true }).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error("A field set is a selection set");
  return definition.selectionSet;
}

/** Name of a field's type without lists and non-null marks. */
export function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}
