import { baseType, isInterfaceType, isObjectType, isUnionType, type Schema } from "@apollo/federation-internals";
import { type DocumentNode, type FieldNode, Kind, type SelectionNode, type SelectionSetNode } from "graphql";

/** Largest number of selections of the rewritten operation, since nested interfaces multiply them. */
const MOST_SELECTIONS = 10_000;

/**
 * Selects fields of interfaces on each of the interface's types instead: `state { … }` becomes `... on T0 { state { … } }`, and
 * likewise for each type. The planner combines the ways to a field of an interface over all types before it looks at what is selected below, which is
 * exponential in their number; it plans fragments one by one. The data are the same.
 *
 * @param document one operation without fragment definitions
 * @param fields `Type.field` of the types whose fields are selected so
 * @returns undefined where nothing is to be rewritten; "too much" where the rewritten operation has more than `MOST_SELECTIONS`
 */
export function selectByType(
  document: DocumentNode,
  schema: Schema,
  fields: ReadonlySet<string>,
): DocumentNode | "too much" | undefined {
  let selections = 0;
  let isRewritten = false;

  /** @param possible types that an object at this position may have. */
  function rewriteSet(set: SelectionSetNode, type: string, possible: readonly string[]): SelectionSetNode {
    selections += set.selections.length;
    if (selections > MOST_SELECTIONS) return set;
    return { ...set, selections: set.selections.flatMap((each) => rewritten(each, type, possible)) };
  }

  function rewritten(selection: SelectionNode, type: string, possible: readonly string[]): SelectionNode[] {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return [selection];
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const condition = selection.typeCondition?.name.value ?? type;
      const within = typesOf(condition).filter((each) => possible.includes(each));
      return [{ ...selection, selectionSet: rewriteSet(selection.selectionSet, condition, within) }];
    }
    const name = selection.name.value;
    if (!isInterface(type) || !possible.some((each) => fields.has(`${each}.${name}`))) return [onType(selection, type)];
    isRewritten = true;
    return possible.map((each) => ({
      kind: Kind.INLINE_FRAGMENT,
      typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: each } },
      selectionSet: { kind: Kind.SELECTION_SET, selections: [onType(selection, each)] },
    }));
  }

  function onType(field: FieldNode, type: string): FieldNode {
    const returned = returnedType(type, field.name.value);
    if (!field.selectionSet || returned === undefined) return field;
    return { ...field, selectionSet: rewriteSet(field.selectionSet, returned, typesOf(returned)) };
  }

  function returnedType(type: string, field: string): string | undefined {
    const parent = schema.type(type);
    const definition = parent && (isObjectType(parent) || isInterfaceType(parent)) ? parent.field(field) : undefined;
    return definition?.type && baseType(definition.type).name;
  }

  function typesOf(name: string): string[] {
    const type = schema.type(name);
    if (type && isInterfaceType(type)) return type.possibleRuntimeTypes().map((each) => each.name);
    return type && isUnionType(type) ? type.types().map((each) => each.name) : [name];
  }

  function isInterface(name: string): boolean {
    const type = schema.type(name);
    return type !== undefined && isInterfaceType(type);
  }

  const definitions = document.definitions.map((each) => {
    if (each.kind !== Kind.OPERATION_DEFINITION) return each;
    const root = schema.schemaDefinition.rootType(each.operation)?.name;
    return root === undefined ? each : { ...each, selectionSet: rewriteSet(each.selectionSet, root, [root]) };
  });
  if (selections > MOST_SELECTIONS) return "too much";
  return isRewritten ? { ...document, definitions } : undefined;
}
