import type { FetchNode, PlanNode, QueryPlan, QueryPlanSelectionNode } from "@apollo/query-planner";
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  isNonNullType,
  isScalarType,
  isSpecifiedScalarType,
  Kind,
  parse,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import { canonical } from "./canonical.ts";
import { fragmentOf, operationSet } from "./document-selections.ts";
import type { Federation } from "./federation.ts";
import { definitionOf } from "./generated-data.ts";

/** Fetch of a plan, its number in the order of execution, and the path in the gathered data at which its response belongs. */
export type Fetch = { node: FetchNode; number: number; subgraph: string; at: readonly PathStep[] };

/**
 * Step of a field's path in the gathered data, whose names may differ from the client's. `keys` identify the field (see
 * `fieldKey`); there are several if the plan leaves open which. `on` are types that the parent object has.
 */
export type PathStep = { name: string; keys: ReadonlySet<string>; on: readonly string[] };

/**
 * A fetch that provides the field at the end of `steps`. `responseName` is the field's name in the fetch's response.
 * `acceptsAnyValue`: no value is of a wrong type, because the field is a custom scalar.
 */
export type FieldSource = { fetch: Fetch; steps: readonly PathStep[]; responseName: string; acceptsAnyValue: boolean };

type Variables = Readonly<Record<string, unknown>>;

/** Key of a field and its coerced arguments: two fields of an object with the same key have the same value. */
export function fieldKey(name: string, args: Variables): string {
  return `${name}${canonical(args)}`;
}

/** Every field that a plan fetches with these variables, with its paths. */
export function fieldSourcesOf({ rules }: Federation, plan: QueryPlan, variables: Variables): FieldSource[] {
  const sources: FieldSource[] = [];
  let fetches = 0;
  const node = plan.node;
  if (node && node.kind !== "Subscription") walk(node, []);
  return sources;

  function walk(node: PlanNode, at: readonly string[]): void {
    switch (node.kind) {
      case "Sequence":
      case "Parallel":
        for (const each of node.nodes) walk(each, at);
        break;
      case "Flatten":
        walk(node.node, [...at, ...node.path.map(String).filter((each) => each !== "@")]);
        break;
      case "Condition": {
        const clause = variables[node.condition] ? node.ifClause : node.elseClause;
        if (clause) walk(clause, at);
        break;
      }
      case "Fetch": {
        fetches += 1;
        const { serviceName: subgraph } = node;
        const schema = rules.subgraphs.get(subgraph)?.schema;
        if (!schema) throw new Error(`there is no subgraph ${subgraph}`);
        addFetch({ node, number: fetches, subgraph, at: stepsAlong(sources, [], at) }, schema, variables, sources);
        break;
      }
      case "Defer":
        throw new Error("nothing is deferred here");
    }
  }
}

function addFetch(fetch: Fetch, schema: GraphQLSchema, variables: Variables, sources: FieldSource[]): void {
  const { node, at } = fetch;
  const document = parse(node.operation, { noLocation: true });
  const set = operationSet(document);
  const [first] = set.selections;
  if (!node.requires) collect(set, node.operationKind === "mutation" ? "Mutation" : "Query", at, []);
  else if (first?.kind === Kind.FIELD && first.selectionSet) collect(first.selectionSet, "_Entity", at, []);

  function collect(set: SelectionSetNode, type: string, above: readonly PathStep[], on: readonly string[]): void {
    for (const selection of set.selections) {
      if (!isIncluded(selection, variables)) continue;
      if (selection.kind === Kind.FIELD) {
        const field = selection.name.value;
        const responseName = selection.alias?.value ?? field;
        const keys = new Set([keyOf(selection, type, schema, variables)]);
        const steps = [...above, { name: renamed(responseName, on, node), keys, on }];
        sources.push({ fetch, steps, responseName, acceptsAnyValue: acceptsAnyValue(schema, type, field) });
        if (!selection.selectionSet) continue;
        collect(selection.selectionSet, getNamedType(definitionOf(schema, type, field).type).name, steps, []);
        continue;
      }
      const [narrow, inner] =
        selection.kind === Kind.INLINE_FRAGMENT
          ? [selection.typeCondition?.name.value, selection.selectionSet]
          : [conditionOf(document, selection.name.value), fragmentOf(document, selection.name.value)];
      collect(inner, narrow ?? type, above, narrow === undefined ? on : [...on, narrow]);
    }
  }
}

function keyOf(node: FieldNode, type: string, schema: GraphQLSchema, variables: Variables): string {
  if (node.name.value === "__typename") return fieldKey("__typename", {});
  const definition = definitionOf(schema, type, node.name.value);
  try {
    return fieldKey(node.name.value, getArgumentValues(definition, node, variables));
  } catch {
    return `${node.name.value} is an error`; // a variable is null where the argument is non-null
  }
}

/** Steps of a path in the gathered data; their keys are those of the fields that earlier fetches stored under each name. */
export function stepsAlong(
  sources: readonly FieldSource[],
  above: readonly PathStep[],
  names: readonly string[],
): PathStep[] {
  const steps = [...above];
  for (const name of names) {
    const path = [...steps.map((each) => each.name), name].join(".");
    const keys = sources
      .filter((each) => each.steps.length === steps.length + 1 && pathOf(each) === path)
      .flatMap((each) => [...(each.steps.at(-1)?.keys ?? [])]);
    steps.push({ name, keys: new Set(keys), on: [] });
  }
  return steps;
}

/** Path of a field in the gathered data, from the root. */
export function pathOf({ steps }: FieldSource): string {
  return steps.map(({ name }) => name).join(".");
}

/** Name in the gathered data of a field that the planner gave another name in the fetch. */
function renamed(responseName: string, on: readonly string[], { outputRewrites }: FetchNode): string {
  const rewrite = outputRewrites?.find(
    ({ kind, path }) =>
      kind === "KeyRenamer" && path.at(-1) === responseName && on.some((type) => path.at(-2) === `... on ${type}`),
  );
  return rewrite?.kind === "KeyRenamer" ? rewrite.renameKeyTo : responseName;
}

/** Paths of the fields that a fetch requires of an object, each step with the types that its parent must have. */
export function requiredPaths(
  selections: readonly QueryPlanSelectionNode[],
  on: readonly string[] = [],
): { name: string; on: readonly string[] }[][] {
  return selections.flatMap((selection): { name: string; on: readonly string[] }[][] => {
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const { typeCondition } = selection;
      return requiredPaths(selection.selections, typeCondition === undefined ? on : [...on, typeCondition]);
    }
    const step = { name: selection.alias ?? selection.name, on };
    const below = selection.selections ? requiredPaths(selection.selections) : [];
    return [[step], ...below.map((each) => [step, ...each])];
  });
}

function acceptsAnyValue(schema: GraphQLSchema, type: string, field: string): boolean {
  if (field === "__typename") return false;
  const declared = definitionOf(schema, type, field).type;
  const inner = isNonNullType(declared) ? declared.ofType : declared;
  return isScalarType(inner) && !isSpecifiedScalarType(inner);
}

function conditionOf(document: DocumentNode, name: string): string | undefined {
  const found = document.definitions.find((each) => each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === name);
  return found?.kind === Kind.FRAGMENT_DEFINITION ? found.typeCondition.name.value : undefined;
}

function isIncluded(selection: SelectionNode, variables: Variables): boolean {
  return (selection.directives ?? []).every(({ name, arguments: args }) => {
    const value = args?.[0]?.value;
    const condition =
      value?.kind === Kind.VARIABLE
        ? variables[value.name.value] === true
        : value?.kind === Kind.BOOLEAN && value.value;
    return name.value === "skip" ? !condition : name.value !== "include" || condition;
  });
}
