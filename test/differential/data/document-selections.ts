import { type DocumentNode, type FieldNode, Kind, type SelectionSetNode } from "graphql";

/** Fields by their response name, for all types of the object, in the order of the selection. */
export function fieldsByName(sets: readonly SelectionSetNode[], document: DocumentNode): Map<string, FieldNode[]> {
  const found = new Map<string, FieldNode[]>();
  for (const set of sets) gather(set, document, found);
  return found;
}

function gather(set: SelectionSetNode, document: DocumentNode, into: Map<string, FieldNode[]>): void {
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) {
      const name = selection.alias?.value ?? selection.name.value;
      into.set(name, [...(into.get(name) ?? []), selection]);
    } else if (selection.kind === Kind.INLINE_FRAGMENT) gather(selection.selectionSet, document, into);
    else gather(fragmentOf(document, selection.name.value), document, into);
  }
}

/** Selection set of a named fragment. */
export function fragmentOf(document: DocumentNode, name: string): SelectionSetNode {
  for (const each of document.definitions) {
    if (each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === name) return each.selectionSet;
  }
  throw new Error(`there is no fragment ${name}`);
}

/** Selection set of the first operation. */
export function operationSet(document: DocumentNode): SelectionSetNode {
  const operation = document.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
  if (!operation) throw new Error("there is no operation");
  return operation.selectionSet;
}

/** Selection sets of the fields that have one. */
export function setsBelow(fields: readonly FieldNode[]): SelectionSetNode[] {
  return fields.flatMap(({ selectionSet }) => (selectionSet ? [selectionSet] : []));
}
