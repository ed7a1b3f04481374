import type { FetchNode, PlanNode, QueryPlan, QueryPlanSelectionNode } from "@apollo/query-planner";
import { type DocumentNode, type FieldNode, Kind, parse, type SelectionSetNode } from "graphql";
import { fragmentsOf } from "../../executor/normalize/client-operation.ts";
import { joinedFields } from "./joined-fields.ts";

/**
 * Finds a field that a plan fetches without what its @requires names, or from a subgraph where it is external.
 *
 * The planner makes such plans where a required field requires others itself, and its subgraph has already been asked for the
 * object: the fields are then fetched with the object. The subgraph would compute a wrong value.
 *
 * @returns the first such field of a plan as `Type.field`
 */
export function unmetRequirements(supergraph: DocumentNode): (plan: QueryPlan) => string | undefined {
  const { requires: requirements, provides, externals, fieldTypes } = joinedFields(supergraph);
  if (requirements.size === 0) return () => undefined;

  function inNode(node: PlanNode): string | undefined {
    switch (node.kind) {
      case "Fetch":
        return inFetch(node);
      case "Flatten":
        return inNode(node.node);
      case "Sequence":
      case "Parallel":
        return firstOf(node.nodes, inNode);
      case "Condition":
        return firstOf([node.ifClause, node.elseClause], (each) => each && inNode(each));
      case "Defer":
        return undefined;
    }
  }

  function inFetch({ serviceName, operation, requires }: FetchNode): string | undefined {
    const document = parse(operation, { noLocation: true });
    const definition = document.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
    if (!definition) return undefined;
    const fragments = fragmentsOf(document);
    const sent = new Set((requires ?? []).flatMap(namesOf));

    function inSet(
      { selections }: SelectionSetNode,
      { type, isEntity, provided }: SelectionContext,
    ): string | undefined {
      return firstOf(selections, (selection) => {
        if (selection.kind === Kind.FRAGMENT_SPREAD) {
          const fragment = fragments.get(selection.name.value);
          const on = fragment?.typeCondition.name.value ?? "";
          return fragment && inSet(fragment.selectionSet, { type: on, isEntity, provided });
        }
        if (selection.kind === Kind.INLINE_FRAGMENT) {
          const condition = selection.typeCondition?.name.value ?? type;
          return inSet(selection.selectionSet, { type: condition, isEntity, provided });
        }
        const name = selection.name.value;
        const key = `${serviceName} ${type}.${name}`;
        const isSent = (each: string) => isEntity && sent.has(each);
        const brought = provided.flatMap((each) => fieldsNamed(each, name));
        const isForeign = externals.has(key) && brought.length === 0;
        if (isForeign || requirements.get(key)?.some((each) => !isSent(each))) return `${type}.${name}`;
        if (!selection.selectionSet) return undefined;
        if (name === "_entities") return inSet(selection.selectionSet, { type: "", isEntity: true, provided: [] });
        const below = [...brought.flatMap((each) => each.selectionSet ?? []), ...(provides.get(key) ?? [])];
        const inner = fieldTypes.get(`${type}.${name}`) ?? "";
        return inSet(selection.selectionSet, { type: inner, isEntity: false, provided: below });
      });
    }

    const root = rootTypeOf(definition.operation, supergraph);
    return inSet(definition.selectionSet, { type: root, isEntity: false, provided: [] });
  }

  return ({ node }) => {
    if (!node) return undefined;
    if (node.kind !== "Subscription") return inNode(node);
    return inNode(node.primary) ?? (node.rest && inNode(node.rest));
  };
}

/** Context of a selection set in a fetch. */
type SelectionContext = {
  type: string;
  /** True for fields whose object is one of the representations. */
  isEntity: boolean;
  /** External fields that the fields around it provide. */
  provided: readonly SelectionSetNode[];
};

function firstOf<T>(all: readonly T[], find: (each: T) => string | undefined): string | undefined {
  for (const each of all) {
    const found = find(each);
    if (found !== undefined) return found;
  }
  return undefined;
}

function fieldsNamed({ selections }: SelectionSetNode, name: string): FieldNode[] {
  return selections.flatMap((each) => {
    if (each.kind === Kind.FIELD) return each.name.value === name ? [each] : [];
    return each.kind === Kind.INLINE_FRAGMENT ? fieldsNamed(each.selectionSet, name) : [];
  });
}

function namesOf(selection: QueryPlanSelectionNode): string[] {
  return selection.kind === "Field" ? [selection.name] : selection.selections.flatMap(namesOf);
}

function rootTypeOf(operation: string, { definitions }: DocumentNode): string {
  const schema = definitions.find((each) => each.kind === Kind.SCHEMA_DEFINITION);
  const types = schema?.kind === Kind.SCHEMA_DEFINITION ? schema.operationTypes : [];
  return types.find((each) => each.operation === operation)?.type.name.value ?? "Query";
}
