import type { FetchNode, QueryPlan } from "@apollo/query-planner";
import {
  type ASTNode,
  BREAK,
  type ConstDirectiveNode,
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  stripIgnoredCharacters,
  visit,
} from "graphql";
import { mapFetches } from "../../supergraph/map-fetches.ts";
import type { SchemaTypes } from "../schema-types.ts";

/**
 * Moves executable directives to where their definitions allow them, since a subgraph refuses a query with a misplaced one: the
 * planner writes the directives of the operation to every fetch, those of named fragments to inline fragments, and none of
 * variables.
 *
 * @param document normalized operation of the plan
 */
export function withDirectiveLocations(
  plan: QueryPlan,
  document: DocumentNode,
  schema: GraphQLSchema,
  types: SchemaTypes,
): QueryPlan {
  if (!hasOtherThanFieldDirectives(document)) return plan;
  const placement: Placement = {
    allows: (location) => (directive) =>
      schema.getDirective(directive.name.value)?.locations.some((each) => each === location) ?? false,
    ofVariables: variableDirectives(document),
    types,
  };
  return mapFetches(plan, (fetch) => placedFetch(fetch, placement));
}

type Placement = {
  allows(location: string): (directive: DirectiveNode) => boolean;
  ofVariables: ReadonlyMap<string, readonly ConstDirectiveNode[]>;
  types: SchemaTypes;
};

function hasOtherThanFieldDirectives(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    enter(node: ASTNode) {
      const isOther = node.kind !== Kind.FIELD && "directives" in node && (node.directives?.length ?? 0) > 0;
      found ||= isOther;
      return isOther ? BREAK : undefined;
    },
  });
  return found;
}

function variableDirectives({ definitions }: DocumentNode): Placement["ofVariables"] {
  return new Map(
    definitions.flatMap((each) =>
      each.kind === Kind.OPERATION_DEFINITION
        ? (each.variableDefinitions ?? []).map(({ variable, directives = [] }) => [variable.name.value, directives])
        : [],
    ),
  );
}

function placedFetch(fetch: FetchNode, placement: Placement): FetchNode {
  const document = parse(fetch.operation, { noLocation: true });
  const fragments = new NamedFragments(placement);
  const definitions = document.definitions.map((each) =>
    each.kind === Kind.OPERATION_DEFINITION ? placedOperation(each, fragments, placement) : each,
  );
  const placed: DocumentNode = { ...document, definitions: [...definitions, ...fragments.definitions] };
  return { ...fetch, operation: stripIgnoredCharacters(print(placed)) };
}

function placedOperation(
  operation: OperationDefinitionNode,
  fragments: NamedFragments,
  { allows, ofVariables, types }: Placement,
): OperationDefinitionNode {
  const directives = operation.directives?.filter(allows(operation.operation.toUpperCase())) ?? [];
  const variableDefinitions = operation.variableDefinitions?.map((each) => ({
    ...each,
    directives: ofVariables.get(each.variable.name.value) ?? [],
  }));
  return {
    ...operation,
    directives,
    ...(variableDefinitions && { variableDefinitions }),
    selectionSet: fragments.placed(operation.selectionSet, types.rootType(operation.operation)),
  };
}

/** Names the inline fragments of a fetch whose directives are allowed on named fragments alone. */
class NamedFragments {
  readonly definitions: FragmentDefinitionNode[] = [];
  private readonly placement: Placement;

  constructor(placement: Placement) {
    this.placement = placement;
  }

  placed({ kind, selections }: SelectionSetNode, parent: string): SelectionSetNode {
    return { kind, selections: selections.map((each) => this.selection(each, parent)) };
  }

  private selection(selection: SelectionNode, parent: string): SelectionNode {
    if (selection.kind === Kind.FRAGMENT_SPREAD || !selection.selectionSet) return selection;
    if (selection.kind === Kind.FIELD) {
      const type = this.placement.types.fieldType(parent, selection.name.value) ?? "";
      return { ...selection, selectionSet: this.placed(selection.selectionSet, type) };
    }
    const type = selection.typeCondition?.name.value ?? parent;
    const selectionSet = this.placed(selection.selectionSet, type);
    const { directives = [] } = selection;
    const inline = directives.filter(this.placement.allows("INLINE_FRAGMENT"));
    const fragment = { ...selection, directives: inline, selectionSet };
    if (inline.length === directives.length) return fragment;
    const named = this.named(
      type,
      directives.filter((each) => !inline.includes(each)),
      selectionSet,
    );
    if (inline.length === 0) return named;
    return { ...fragment, selectionSet: { kind: Kind.SELECTION_SET, selections: [named] } };
  }

  /** Spread of a new named fragment. */
  private named(type: string, directives: readonly DirectiveNode[], selectionSet: SelectionSetNode): SelectionNode {
    const ofSpread = directives.filter(this.placement.allows("FRAGMENT_SPREAD"));
    const name = { kind: Kind.NAME, value: `fragment_${this.definitions.length + 1}` } as const;
    this.definitions.push({
      kind: Kind.FRAGMENT_DEFINITION,
      name,
      typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type } },
      directives: directives.filter((each) => !ofSpread.includes(each)),
      selectionSet,
    });
    return { kind: Kind.FRAGMENT_SPREAD, name, directives: ofSpread };
  }
}
