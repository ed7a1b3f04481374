import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from "graphql";

export function operationOf({ definitions }: DocumentNode): OperationDefinitionNode | undefined {
  const found = definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
  return found?.kind === Kind.OPERATION_DEFINITION ? found : undefined;
}

export const fieldId = (type: string, { name, alias }: FieldNode) => `${type}.${alias?.value ?? name.value}`;

/** Fields of entities with their type conditions. */
export function entityFields(document: DocumentNode): [type: string, field: FieldNode][] {
  const [entities] = operationOf(document)?.selectionSet.selections ?? [];
  return entities?.kind === Kind.FIELD && entities.selectionSet ? fieldsOf(entities.selectionSet, "") : [];
}

function fieldsOf({ selections }: SelectionSetNode, type: string): [string, FieldNode][] {
  return selections.flatMap((selection): [string, FieldNode][] => {
    if (selection.kind === Kind.FIELD) return [[type, selection]];
    if (selection.kind === Kind.FRAGMENT_SPREAD) return [];
    return fieldsOf(selection.selectionSet, selection.typeCondition?.name.value ?? type);
  });
}

/** The entity query with some of its entity fields. */
export function onlyFields(document: DocumentNode, kept: ReadonlySet<string>): DocumentNode {
  const operation = operationOf(document);
  const [entities] = operation?.selectionSet.selections ?? [];
  if (!operation || entities?.kind !== Kind.FIELD || !entities.selectionSet) return document;
  const selectionSet = { ...entities.selectionSet, selections: filtered(entities.selectionSet, "", kept) };
  const narrowed: OperationDefinitionNode = {
    ...operation,
    selectionSet: { ...operation.selectionSet, selections: [{ ...entities, selectionSet }] },
  };
  return { ...document, definitions: document.definitions.map((each) => (each === operation ? narrowed : each)) };
}

function filtered({ selections }: SelectionSetNode, type: string, kept: ReadonlySet<string>): SelectionNode[] {
  return selections.flatMap((selection): SelectionNode[] => {
    if (selection.kind === Kind.FIELD) return kept.has(fieldId(type, selection)) ? [selection] : [];
    if (selection.kind === Kind.FRAGMENT_SPREAD) return [selection];
    const inner = filtered(selection.selectionSet, selection.typeCondition?.name.value ?? type, kept);
    return inner.length > 0 ? [{ ...selection, selectionSet: { ...selection.selectionSet, selections: inner } }] : [];
  });
}

export function withUsedVariables(document: DocumentNode): DocumentNode {
  const used = new Set<string>();
  visit(document, {
    VariableDefinition: { enter: () => false },
    Variable: { enter: ({ name }) => void used.add(name.value) },
  });
  return visit(document, {
    VariableDefinition: { enter: (node) => (used.has(node.variable.name.value) ? false : null) },
  });
}
