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
import type { Federation } from "./federation.ts";
import { fragmentOf, operationSet } from "./selected.ts";
import { definitionOf } from "./truth.ts";

/** A fetch as the plan has it, the how manieth it is, and where in the gathered data its answer belongs. */
export type Fetch = { node: FetchNode; number: number; subgraph: string; at: readonly Step[] };

/**
 * One level of the way to a field. Executors may gather data under other names than the client's, so what a field is, is said
 * by its `keys`: what `fieldKey` makes of it; several where a plan does not tell which. `on` are types the object above has.
 */
export type Step = { name: string; keys: ReadonlySet<string>; on: readonly string[] };

/**
 * That a fetch brings the field at the end of a way; `asked` is the name it has in that fetch's answer. No value is wrong for one
 * that may be anything.
 */
export type Origin = { fetch: Fetch; steps: readonly Step[]; asked: string; mayBeAnything: boolean };

/** A field and its coerced arguments: two fields of an object with one key have one value. */
export function fieldKey(name: string, args: Readonly<Record<string, unknown>>): string {
  return `${name}${canonical(args)}`;
}

/** Every field that a plan fetches, with the ways on which it does, for these variables. */
export function originsOf(
  { rules }: Federation,
  plan: QueryPlan,
  variables: Readonly<Record<string, unknown>>,
): Origin[] {
  const origins: Origin[] = [];
  let fetches = 0;
  const node = plan.node;
  if (node && node.kind !== "Subscription") walk(node, []);
  return origins;

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
      case "Fetch":
        fetched(node, at);
        break;
      case "Defer":
        throw new Error("nothing is deferred here");
    }
  }

  function fetched(node: FetchNode, names: readonly string[]): void {
    const at = stepsOf(origins, [], names);
    fetches += 1;
    const fetch: Fetch = { node, number: fetches, subgraph: node.serviceName, at };
    const schema = rules.parts.get(node.serviceName)?.schema;
    if (!schema) throw new Error(`there is no subgraph ${node.serviceName}`);
    const document = parse(node.operation, { noLocation: true });
    const set = operationSet(document);
    const collect = collector(fetch, document, schema);
    const [first] = set.selections;
    if (!node.requires) collect(set, node.operationKind === "mutation" ? "Mutation" : "Query", at, []);
    else if (first?.kind === Kind.FIELD && first.selectionSet) collect(first.selectionSet, "_Entity", at, []);
  }

  function collector(fetch: Fetch, document: DocumentNode, schema: GraphQLSchema) {
    return function collect(set: SelectionSetNode, type: string, above: readonly Step[], on: readonly string[]): void {
      for (const selection of set.selections) {
        if (!isIncluded(selection, variables)) continue;
        if (selection.kind === Kind.FIELD) {
          const asked = selection.alias?.value ?? selection.name.value;
          const key = keyOf(selection, type, schema);
          const steps = [...above, { name: renamed(asked, on, fetch.node), keys: new Set([key]), on }];
          origins.push({ fetch, steps, asked, mayBeAnything: mayBeAnything(schema, type, selection.name.value) });
          if (!selection.selectionSet) continue;
          const inner = getNamedType(definitionOf(schema, type, selection.name.value).type).name;
          collect(selection.selectionSet, inner, steps, []);
          continue;
        }
        const [narrow, inner] =
          selection.kind === Kind.INLINE_FRAGMENT
            ? [selection.typeCondition?.name.value, selection.selectionSet]
            : [conditionOf(document, selection.name.value), fragmentOf(document, selection.name.value)];
        collect(inner, narrow ?? type, above, narrow === undefined ? on : [...on, narrow]);
      }
    };
  }

  function keyOf(node: FieldNode, type: string, schema: GraphQLSchema): string {
    if (node.name.value === "__typename") return fieldKey("__typename", {});
    const definition = definitionOf(schema, type, node.name.value);
    try {
      return fieldKey(node.name.value, getArgumentValues(definition, node, variables));
    } catch {
      return `${node.name.value} is an error`; // a null came by a variable where none may be
    }
  }
}

/** The steps that names of gathered data stand for, by what has been fetched under them before. */
export function stepsOf(origins: readonly Origin[], above: readonly Step[], names: readonly string[]): Step[] {
  const steps = [...above];
  for (const name of names) {
    const path = [...steps.map((each) => each.name), name].join(".");
    const keys = origins
      .filter((each) => each.steps.length === steps.length + 1 && pathOf(each) === path)
      .flatMap((each) => [...(each.steps.at(-1)?.keys ?? [])]);
    steps.push({ name, keys: new Set(keys), on: [] });
  }
  return steps;
}

/** The names under which a field is gathered, from the root on. */
export function pathOf({ steps }: Origin): string {
  return steps.map(({ name }) => name).join(".");
}

/** The name in the gathered data of what the planner let a subgraph call otherwise. */
function renamed(asked: string, on: readonly string[], { outputRewrites }: FetchNode): string {
  const rewrite = outputRewrites?.find(
    ({ kind, path }) =>
      kind === "KeyRenamer" && path.at(-1) === asked && on.some((type) => path.at(-2) === `... on ${type}`),
  );
  return rewrite?.kind === "KeyRenamer" ? rewrite.renameKeyTo : asked;
}

/** The names of the fields that a fetch needs of an object, way by way, with the types the object has to be of for each. */
export function neededWays(
  selections: readonly QueryPlanSelectionNode[],
  on: readonly string[] = [],
): { name: string; on: readonly string[] }[][] {
  return selections.flatMap((selection): { name: string; on: readonly string[] }[][] => {
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const { typeCondition } = selection;
      return neededWays(selection.selections, typeCondition === undefined ? on : [...on, typeCondition]);
    }
    const step = { name: selection.alias ?? selection.name, on };
    const below = selection.selections ? neededWays(selection.selections) : [];
    return [[step], ...below.map((each) => [step, ...each])];
  });
}

function mayBeAnything(schema: GraphQLSchema, type: string, field: string): boolean {
  if (field === "__typename") return false;
  const declared = definitionOf(schema, type, field).type;
  const inner = isNonNullType(declared) ? declared.ofType : declared;
  return isScalarType(inner) && !isSpecifiedScalarType(inner);
}

function conditionOf(document: DocumentNode, name: string): string | undefined {
  const found = document.definitions.find((each) => each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === name);
  return found?.kind === Kind.FRAGMENT_DEFINITION ? found.typeCondition.name.value : undefined;
}

function isIncluded(selection: SelectionNode, variables: Readonly<Record<string, unknown>>): boolean {
  return (selection.directives ?? []).every(({ name, arguments: args }) => {
    const value = args?.[0]?.value;
    const condition =
      value?.kind === Kind.VARIABLE
        ? variables[value.name.value] === true
        : value?.kind === Kind.BOOLEAN && value.value;
    return name.value === "skip" ? !condition : name.value !== "include" || condition;
  });
}
