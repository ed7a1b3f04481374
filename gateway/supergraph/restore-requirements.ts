import type { FetchNode, PlanNode, QueryPlan, QueryPlanSelectionNode } from "@apollo/query-planner";
import { type DocumentNode, type FieldNode, Kind, parse, print, stripIgnoredCharacters, visit } from "graphql";
import { entityFields, fieldId, onlyFields, operationOf, withUsedVariables } from "./entity-query.ts";
import {
  type RequirementNames,
  requirementKey,
  type SeparateRequirements,
  withCondition,
} from "./separate-requirements.ts";

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

/** Entity fields of one fetch that can share a representation. `kept` holds the paths, with conditions, that it contains. */
type Group = { fields: Set<string>; kept: Set<string>; names: Map<string, ReadonlyMap<string, string>> };

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
    return groups.map((group) => {
      const requires = this.trimmed(node.requires ?? [], AT_OBJECT, group, groups);
      if (!isComplete(group)) throw new Error("requirements with different arguments cannot be told apart");
      return this.restored(node, onlyFields(document, group.fields), requires);
    });
  }

  private groups(document: DocumentNode, subgraph: string): Group[] {
    const groups: Group[] = [];
    for (const [type, field] of entityFields(document)) {
      const names = this.requirementNames(subgraph, type, field);
      let group = groups.find((each) => isCompatible(each.names, names));
      if (!group) {
        group = { fields: new Set(), kept: new Set(), names: new Map() };
        groups.push(group);
      }
      group.fields.add(fieldId(type, field));
      for (const [path, each] of names) group.names.set(path, new Map([...(group.names.get(path) ?? []), ...each]));
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
    { path, conditions }: typeof AT_OBJECT,
    group: Group,
    groups: readonly Group[],
  ): QueryPlanSelectionNode[] {
    return selections.flatMap((selection): QueryPlanSelectionNode[] => {
      if (selection.kind === "InlineFragment") {
        const inside = { path, conditions: withCondition(conditions, selection.typeCondition ?? "") };
        const inner = this.trimmed(selection.selections, inside, group, groups);
        return inner.length > 0 ? [{ ...selection, selections: inner }] : [];
      }
      const separate = this.separated.fields.get(selection.name);
      const original = separate?.field ?? selection.name;
      const below = { path: `${path}/${original}`, conditions: `${conditions}/${original}` };
      const own = group.names.get(below.path) ?? NO_NAMES;
      const variants = new Set(groups.flatMap((each) => [...(each.names.get(below.path) ?? NO_NAMES).values()]));
      const isOptional = separate !== undefined || variants.size > 1;
      if (isOptional && nameAt(own, below.conditions) !== selection.name) return [];
      group.kept.add(below.conditions);
      if (!selection.selections?.length) return [selection];
      const inner = this.trimmed(selection.selections, below, group, groups);
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

const AT_OBJECT = { path: "", conditions: "" };
const NO_NAMES: ReadonlyMap<string, string> = new Map();

/** Name of a field at a path with conditions. The conditions matter only if the path has different names. */
function nameAt(names: ReadonlyMap<string, string>, conditions: string): string | undefined {
  const different = new Set(names.values());
  return different.size === 1 ? [...different][0] : names.get(conditions);
}

/** False if the planner has rewritten the type conditions of fields with different arguments. */
function isComplete({ names, kept }: Group): boolean {
  return [...names.values()].every(
    (each) => new Set(each.values()).size === 1 || [...each.keys()].every((at) => kept.has(at)),
  );
}

/** True if no path has two names, unless both have the same ones under the same conditions. */
function isCompatible(one: RequirementNames, other: RequirementNames): boolean {
  for (const [path, names] of other) {
    const others = one.get(path);
    if (!others || new Set([...names.values(), ...others.values()]).size === 1) continue;
    const areEqual = names.size === others.size && [...names].every(([at, name]) => others.get(at) === name);
    if (!areEqual) return false;
  }
  return true;
}
