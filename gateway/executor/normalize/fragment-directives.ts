import type { FetchNode, QueryPlan } from "@apollo/query-planner";
import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  stripIgnoredCharacters,
  type VariableDefinitionNode,
  visit,
} from "graphql";
import { mapFetches } from "../../supergraph/map-fetches.ts";
import type { SchemaTypes } from "../schema-types.ts";

/** Directives of the fragments around a selected field, from the outermost inwards, and the innermost type condition. */
type Surroundings = { directives: readonly (readonly DirectiveNode[])[]; on: string | undefined };

/** Surroundings of each selection of a field, by its path of names in the merged data. */
type Selected = ReadonlyMap<string, readonly Surroundings[]>;

/**
 * Puts the directives of fragments around the fields that the planner moves to another subgraph: a fetch of entities begins inside
 * the fragment, and the planner leaves the fragment's directives to the fetch of its object.
 */
export function withFragmentDirectives(plan: QueryPlan, document: DocumentNode, types: SchemaTypes): QueryPlan {
  const operation = document.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
  if (!operation || !hasFragmentDirectives(operation)) return plan;
  const selected = new Map<string, Surroundings[]>();
  collect(operation.selectionSet, [], { directives: [], on: undefined }, selected);
  const completion: Completion = { selected, types, definitions: operation.variableDefinitions ?? [] };
  return mapFetches(plan, (fetch, path) => (fetch.requires ? completedFetch(fetch, path, completion) : fetch));
}

type Completion = { selected: Selected; types: SchemaTypes; definitions: readonly VariableDefinitionNode[] };

function hasFragmentDirectives(operation: OperationDefinitionNode): boolean {
  let found = false;
  visit(operation, {
    [Kind.INLINE_FRAGMENT]: ({ directives }) => {
      found ||= (directives?.length ?? 0) > 0;
    },
  });
  return found;
}

function collect(
  { selections }: SelectionSetNode,
  path: readonly string[],
  around: Surroundings,
  selected: Map<string, Surroundings[]>,
): void {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) {
      const inner = [...path, nameOf(selection)];
      selected.set(keyOf(inner), [...(selected.get(keyOf(inner)) ?? []), around]);
      if (selection.selectionSet) {
        collect(selection.selectionSet, inner, { directives: [], on: undefined }, selected);
      }
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      const own = selection.directives ?? [];
      const directives = own.length > 0 ? [...around.directives, own] : around.directives;
      const on = selection.typeCondition?.name.value ?? around.on;
      collect(selection.selectionSet, path, { directives, on }, selected);
    }
  }
}

function completedFetch(fetch: FetchNode, path: readonly string[], completion: Completion): FetchNode {
  const document = parse(fetch.operation, { noLocation: true });
  const added = new Set<string>();

  function selection(each: SelectionNode, on: string | undefined): SelectionNode[] {
    if (each.kind === Kind.FRAGMENT_SPREAD) return [each];
    if (each.kind === Kind.FIELD) return field(each, on);
    const condition = each.typeCondition?.name.value ?? on;
    const selections = each.selectionSet.selections.flatMap((inner) => selection(inner, condition));
    return [{ ...each, selectionSet: { ...each.selectionSet, selections } }];
  }

  function field(node: FieldNode, on: string | undefined): SelectionNode[] {
    const all = completion.selected.get(keyOf([...path, nameOf(node)])) ?? [];
    const fitting = all.filter((each) => fits(each.on, on, completion.types));
    const distinct = new Map(fitting.map((each) => [textOf(each), each.directives]));
    if (distinct.size === 0) return [node];
    return [...distinct.values()].map((directives) => {
      for (const name of variablesOf(directives)) added.add(name);
      return directives.reduceRight<SelectionNode>(
        (inner, own) => ({
          kind: Kind.INLINE_FRAGMENT,
          directives: own,
          selectionSet: { kind: Kind.SELECTION_SET, selections: [inner] },
        }),
        node,
      );
    });
  }

  const definitions = document.definitions.map((each) => {
    if (each.kind !== Kind.OPERATION_DEFINITION) return each;
    const selections = each.selectionSet.selections.map((entities) =>
      entities.kind === Kind.FIELD && entities.selectionSet
        ? {
            ...entities,
            selectionSet: {
              ...entities.selectionSet,
              selections: entities.selectionSet.selections.flatMap((inner) => selection(inner, undefined)),
            },
          }
        : entities,
    );
    const known = new Set(each.variableDefinitions?.map(({ variable }) => variable.name.value));
    const missing = completion.definitions.filter(
      ({ variable: { name } }) => added.has(name.value) && !known.has(name.value),
    );
    const variableDefinitions = [...(each.variableDefinitions ?? []), ...missing];
    return { ...each, selectionSet: { ...each.selectionSet, selections }, variableDefinitions };
  });
  const operation = stripIgnoredCharacters(print({ ...document, definitions }));
  const variableUsages = [...new Set([...(fetch.variableUsages ?? []), ...added])];
  return { ...fetch, operation, variableUsages };
}

/** True where a selection under one type condition concerns objects of another. */
function fits(condition: string | undefined, type: string | undefined, types: SchemaTypes): boolean {
  return condition === undefined || type === undefined || condition === type || types.isOfType(type, condition);
}

function nameOf({ alias, name }: FieldNode): string {
  return alias?.value ?? name.value;
}

function keyOf(path: readonly string[]): string {
  return path.join(".");
}

function textOf({ directives }: Surroundings): string {
  return directives.map((own) => own.map(print).join(" ")).join("/");
}

function variablesOf(directives: Surroundings["directives"]): string[] {
  const names: string[] = [];
  for (const directive of directives.flat()) {
    visit(directive, {
      enter(node) {
        if (node.kind === Kind.VARIABLE) names.push(node.name.value);
      },
    });
  }
  return names;
}
