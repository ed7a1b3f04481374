import { Kind, type OperationDefinitionNode, parse, type SelectionSetNode } from "graphql";

/** Parses the field set of a `@key`, `@requires` or `@provides`. */
export function fieldSet(text: string): SelectionSetNode {
  const [definition] = parse(`{ ${text} }`, { noLocation: true }).definitions;
  return (definition as OperationDefinitionNode).selectionSet; // the braces make it an operation
}

/** True if an object, as JSON, has every field of a set. */
export function hasAllFields(value: unknown, set: SelectionSetNode): boolean {
  if (typeof value !== "object" || value === null) return false;
  const record = value as Record<string, unknown>; // a JSON object
  return set.selections.every((selection) => {
    if (selection.kind !== Kind.FIELD) return true;
    const inner = record[selection.name.value];
    if (inner === undefined) return false;
    return selection.selectionSet ? hasAllFields(inner, selection.selectionSet) : true;
  });
}

/** Values of a field set in a representation, in the order of the set; "MISSING" for an absent field. */
export function sentFieldSet(
  value: unknown,
  set: SelectionSetNode,
  isA: (typename: string, type: string) => boolean,
): unknown {
  if (value === undefined) return "MISSING";
  if (value === null) return null;
  if (Array.isArray(value)) return value.map((each) => sentFieldSet(each, set, isA));
  const record = value as Record<string, unknown>; // a representation, or an object inside one
  return set.selections.flatMap((selection): unknown[] => {
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const on = selection.typeCondition?.name.value;
      const typename = record.__typename;
      if (on === undefined || (typeof typename === "string" && isA(typename, on)))
        return [sentFieldSet(record, selection.selectionSet, isA)];
      return [];
    }
    if (selection.kind !== Kind.FIELD || selection.name.value === "__typename") return [];
    const inner = record[selection.name.value];
    if (inner === undefined) return ["MISSING"];
    return [selection.selectionSet ? sentFieldSet(inner, selection.selectionSet, isA) : inner];
  });
}
