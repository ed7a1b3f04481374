import type { QueryPlan } from "@apollo/query-planner";
import { type ConstDirectiveNode, type DefinitionNode, type DocumentNode, Kind, parse } from "graphql";
import { directiveArgument, directivesNamed, linksOf, stringValue } from "./link-directives.ts";
import { requirementRestorer } from "./restore-requirements.ts";
import { INACCESSIBLE, separateRequirements } from "./separate-requirements.ts";

export type PlannableSupergraph = {
  /** Text for the query planner. */
  document: DocumentNode;
  /** Converts a plan for that text to one that the original supergraph's subgraphs execute. */
  restore(plan: QueryPlan): QueryPlan;
};

/** Changes a supergraph where the query planner would plan wrong data from it. */
export function plannableSupergraph(supergraph: DocumentNode): PlannableSupergraph {
  const resolvable = withResolvableKeys(supergraph);
  const separated = separateRequirements(resolvable);
  if (separated.fields.size === 0) return { document: resolvable, restore: (plan) => plan };
  return { document: withInaccessible(separated.supergraph), restore: requirementRestorer(separated) };
}

/**
 * Removes keys with `resolvable: false` from types that have a resolvable key in the same subgraph. The planner would enter the
 * subgraph by the first key that fits, resolvable or not.
 */
function withResolvableKeys(supergraph: DocumentNode): DocumentNode {
  return { ...supergraph, definitions: supergraph.definitions.map(withoutUnresolvableKeys) };
}

function withoutUnresolvableKeys(definition: DefinitionNode): DefinitionNode {
  if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) {
    return definition;
  }
  const joins = directivesNamed(definition, "join__type");
  const graphs = new Set(joins.filter(isResolvableKey).map(graphOf));
  const isKept = (each: ConstDirectiveNode) =>
    !joins.includes(each) || isResolvableKey(each) || !graphs.has(graphOf(each));
  return { ...definition, directives: definition.directives?.filter(isKept) ?? [] };
}

function isResolvableKey(join: ConstDirectiveNode): boolean {
  const resolvable = directiveArgument(join, "resolvable");
  return directiveArgument(join, "key") !== undefined && !(resolvable?.kind === Kind.BOOLEAN && !resolvable.value);
}

function graphOf(join: ConstDirectiveNode): string | undefined {
  return stringValue(directiveArgument(join, "graph"));
}

/** Links to the specification of @inaccessible, and replaces the internal name by the one that the supergraph uses. */
function withInaccessible(supergraph: DocumentNode): DocumentNode {
  const link = linksOf(supergraph).find(({ spec }) => spec === "inaccessible");
  const name = link?.nameOf.directive("inaccessible") ?? "inaccessible";
  const definitions = supergraph.definitions.map((each) => withDirectiveName(each, name));
  if (link) return { ...supergraph, definitions };
  return {
    ...supergraph,
    definitions: [
      ...definitions.map((each) =>
        each.kind === Kind.SCHEMA_DEFINITION ? { ...each, directives: [...(each.directives ?? []), ...LINK] } : each,
      ),
      ...DEFINITION,
    ],
  };
}

function withDirectiveName(definition: DefinitionNode, name: string): DefinitionNode {
  if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) {
    return definition;
  }
  const renamed: ConstDirectiveNode = { ...INACCESSIBLE, name: { kind: Kind.NAME, value: name } };
  const fields = definition.fields?.map((field) => ({
    ...field,
    directives: field.directives?.map((each) => (each === INACCESSIBLE ? renamed : each)) ?? [],
  }));
  return fields ? { ...definition, fields } : definition;
}

const SPECIFICATION = parse(
  `schema @link(url: "https://specs.apollo.dev/inaccessible/v0.2", for: SECURITY) { query: Query }
  directive @inaccessible on FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ARGUMENT_DEFINITION | SCALAR | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION`,
  { noLocation: true },
).definitions;
const LINK = SPECIFICATION.flatMap((each) => (each.kind === Kind.SCHEMA_DEFINITION ? (each.directives ?? []) : []));
const DEFINITION = SPECIFICATION.filter((each) => each.kind === Kind.DIRECTIVE_DEFINITION);
