import {
  type ASTNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from "graphql";
import type { ClientOperation } from "../../executor/normalize/client-operation.ts";

/**
 * Operation without its denied fields. `keptFor` gives the object types on which a field is allowed, or undefined where it is
 * allowed everywhere. A selection set that becomes empty selects `__typename`. Unused fragments and variables are removed, and
 * so are other operations.
 */
export function authorizedOperation(
  document: DocumentNode,
  { operation, fragments }: ClientOperation,
  keptFor: (field: FieldNode) => readonly string[] | undefined,
): DocumentNode {
  const kept = new Map<string, FragmentDefinitionNode | undefined>();
  const root = { ...operation, selectionSet: orTypename(narrow(operation.selectionSet)) };
  const definitions: DefinitionNode[] = [...kept.values()].filter((fragment) => fragment !== undefined);
  const used = variablesIn([root, ...definitions]);
  const variableDefinitions = (operation.variableDefinitions ?? []).filter((each) =>
    used.has(each.variable.name.value),
  );
  return { ...document, definitions: [{ ...root, variableDefinitions }, ...definitions] };

  function narrow(set: SelectionSetNode): SelectionSetNode {
    return { ...set, selections: set.selections.flatMap(narrowSelection) };
  }

  function narrowSelection(selection: SelectionNode): SelectionNode[] {
    if (selection.kind === Kind.FIELD) return narrowField(selection);
    if (selection.kind === Kind.FRAGMENT_SPREAD) return keepFragment(selection.name.value) ? [selection] : [];
    const selectionSet = narrow(selection.selectionSet);
    return selectionSet.selections.length > 0 ? [{ ...selection, selectionSet }] : [];
  }

  function narrowField(field: FieldNode): SelectionNode[] {
    const types = keptFor(field);
    if (types?.length === 0) return [];
    const { selectionSet } = field;
    const inner = selectionSet ? { ...field, selectionSet: orTypename(narrow(selectionSet)) } : field;
    return types ? types.map((type) => on(type, inner)) : [inner];
  }

  /** False for a fragment that becomes empty. */
  function keepFragment(name: string): boolean {
    const fragment = fragments.get(name);
    if (!kept.has(name) && fragment) {
      kept.set(name, undefined);
      const selectionSet = narrow(fragment.selectionSet);
      if (selectionSet.selections.length > 0) kept.set(name, { ...fragment, selectionSet });
    }
    return kept.get(name) !== undefined;
  }
}

function on(type: string, field: FieldNode): SelectionNode {
  return {
    kind: Kind.INLINE_FRAGMENT,
    typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type } },
    selectionSet: { kind: Kind.SELECTION_SET, selections: [field] },
  };
}

function orTypename(set: SelectionSetNode): SelectionSetNode {
  if (set.selections.length > 0) return set;
  return { ...set, selections: [{ kind: Kind.FIELD, name: { kind: Kind.NAME, value: "__typename" } }] };
}

function variablesIn(definitions: readonly DefinitionNode[]): Set<string> {
  const used = new Set<string>();
  const enter = (node: ASTNode) => {
    if (node.kind === Kind.VARIABLE_DEFINITION) return false;
    if (node.kind === Kind.VARIABLE) used.add(node.name.value);
    return undefined;
  };
  for (const definition of definitions) visit(definition, { enter });
  return used;
}
