import type { FetchNode, PlanNode, QueryPlan, QueryPlanSelectionNode } from "@apollo/query-planner";
import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  stripIgnoredCharacters,
  visit,
} from "graphql";
import { type RequirementNames, requirementKey, type SeparateRequirements } from "./separate-requirements.ts";

/**
 * Restores the original fields in plans for a supergraph with separate requirements. A fetch whose entity fields require different
 * values of one field is split, since a representation has one value for each field.
 */
export function requirementRestorer(separated: SeparateRequirements): (plan: QueryPlan) => QueryPlan {
  const restorer = new Restorer(separated);
  return (plan) => {
    const { node } = plan;
    if (!node) return plan;
    if (node.kind !== "Subscription") return { ...plan, node: restorer.node(node) };
    const [primary = node.primary] = restorer.fetches(node.primary);
    return { ...plan, node: { ...node, primary, ...(node.rest && { rest: restorer.node(node.rest) }) } };
  };
}

/** Entity fields of one fetch that can share a representation. */
type Group = { fields: Set<string>; names: Map<string, string> };

class Restorer {
  private readonly separated: SeparateRequirements;

  constructor(separated: SeparateRequirements) {
    this.separated = separated;
  }

  node(node: PlanNode): PlanNode {
    switch (node.kind) {
      case "Fetch":
        return parallel(this.fetches(node));
      case "Flatten": {
        const inner = this.node(node.node);
        if (inner.kind !== "Parallel") return { ...node, node: inner };
        return parallel(inner.nodes.map((each) => ({ ...node, node: each })));
      }
      case "Sequence":
      case "Parallel":
        return { ...node, nodes: node.nodes.map((each) => this.node(each)) };
      case "Condition": {
        const { ifClause, elseClause } = node;
        return {
          ...node,
          ...(ifClause && { ifClause: this.node(ifClause) }),
          ...(elseClause && { elseClause: this.node(elseClause) }),
        };
      }
      case "Defer":
        return node;
    }
  }

  fetches(node: FetchNode): FetchNode[] {
    const document = parse(node.operation, { noLocation: true });
    const groups = node.requires ? this.groups(document, node.serviceName) : [];
    if (groups.length < 2) return [this.restored(node, document, node.requires)];
    return groups.map((group) =>
      this.restored(node, onlyFields(document, group.fields), this.trimmed(node.requires ?? [], "", group, groups)),
    );
  }

  private groups(document: DocumentNode, subgraph: string): Group[] {
    const groups: Group[] = [];
    for (const [type, field] of entityFields(document)) {
      const names = this.requirementNames(subgraph, type, field);
      let group = groups.find((each) => isCompatible(each.names, names));
      if (!group) {
        group = { fields: new Set(), names: new Map() };
        groups.push(group);
      }
      group.fields.add(fieldId(type, field));
      for (const [path, name] of names) group.names.set(path, name);
    }
    return groups;
  }

  private requirementNames(subgraph: string, type: string, { name }: FieldNode): RequirementNames {
    const { fields, requirements } = this.separated;
    const original = fields.get(name.value)?.field ?? name.value;
    return requirements.get(requirementKey(subgraph, type, original)) ?? new Map();
  }

  /** Required selections of a group: without the variants of a field that only other groups require. */
  private trimmed(
    selections: readonly QueryPlanSelectionNode[],
    path: string,
    group: Group,
    groups: readonly Group[],
  ): QueryPlanSelectionNode[] {
    return selections.flatMap((selection): QueryPlanSelectionNode[] => {
      if (selection.kind === "InlineFragment") {
        const inner = this.trimmed(selection.selections, path, group, groups);
        return inner.length > 0 ? [{ ...selection, selections: inner }] : [];
      }
      const separate = this.separated.fields.get(selection.name);
      const fieldPath = `${path}/${separate?.field ?? selection.name}`;
      const own = group.names.get(fieldPath);
      const variants = new Set(groups.flatMap((each) => each.names.get(fieldPath) ?? []));
      const isOptional = separate !== undefined || variants.size > 1;
      if (isOptional && own !== selection.name) return [];
      if (!selection.selections?.length) return [selection];
      const inner = this.trimmed(selection.selections, fieldPath, group, groups);
      return inner.length > 0 ? [{ ...selection, selections: inner }] : [];
    });
  }

  private restored(node: FetchNode, document: DocumentNode, requires: FetchNode["requires"]): FetchNode {
    const restored = withUsedVariables(visit(document, { Field: { leave: (field) => this.restoredField(field) } }));
    const used = new Set(operationOf(restored)?.variableDefinitions?.map((each) => each.variable.name.value));
    return {
      ...node,
      ...(requires && { requires: requires.map((each) => this.restoredRequirement(each)) }),
      ...(node.variableUsages && { variableUsages: node.variableUsages.filter((each) => used.has(each)) }),
      operation: stripIgnoredCharacters(print(restored)),
    };
  }

  private restoredField(field: FieldNode): FieldNode | undefined {
    const separate = this.separated.fields.get(field.name.value);
    if (!separate) return undefined;
    return {
      ...field,
      alias: field.alias ?? field.name,
      name: { kind: Kind.NAME, value: separate.field },
      arguments: separate.arguments,
    };
  }

  /** The alias is the name in the merged data; the name is the one in the representation. */
  private restoredRequirement(selection: QueryPlanSelectionNode): QueryPlanSelectionNode {
    const inner = selection.selections?.map((each) => this.restoredRequirement(each));
    if (selection.kind === "InlineFragment") return { ...selection, selections: inner ?? [] };
    const separate = this.separated.fields.get(selection.name);
    return {
      ...selection,
      ...(separate && { alias: selection.name, name: separate.field }),
      ...(inner && { selections: inner }),
    };
  }
}

function parallel(nodes: PlanNode[]): PlanNode {
  const [first] = nodes;
  return nodes.length === 1 && first ? first : { kind: "Parallel", nodes };
}

function isCompatible(one: RequirementNames, other: RequirementNames): boolean {
  for (const [path, name] of other) if ((one.get(path) ?? name) !== name) return false;
  return true;
}

function operationOf({ definitions }: DocumentNode): OperationDefinitionNode | undefined {
  const found = definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
  return found?.kind === Kind.OPERATION_DEFINITION ? found : undefined;
}

const fieldId = (type: string, { name, alias }: FieldNode) => `${type}.${alias?.value ?? name.value}`;

/** Fields of entities with their type conditions. */
function entityFields(document: DocumentNode): [type: string, field: FieldNode][] {
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
function onlyFields(document: DocumentNode, kept: ReadonlySet<string>): DocumentNode {
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

function withUsedVariables(document: DocumentNode): DocumentNode {
  const used = new Set<string>();
  visit(document, {
    VariableDefinition: { enter: () => false },
    Variable: { enter: ({ name }) => void used.add(name.value) },
  });
  return visit(document, {
    VariableDefinition: { enter: (node) => (used.has(node.variable.name.value) ? false : null) },
  });
}
