import type { FetchNode, PlanNode, QueryPlan } from "@apollo/query-planner";
import type { GraphQLSchema } from "graphql";
import { type CompiledFetch, compileFetch } from "./fetch/compiled-fetch.ts";
import { fetchStep } from "./fetch/fetch-step.ts";
import type { PlanStep } from "./plan-execution.ts";
import type { SchemaTypes } from "./schema-types.ts";
import type { ReaderOptions } from "./text/response-reader.ts";
import { unreadFields } from "./text/unread-fields.ts";

/** A plan as one step, with its fetches in plan order. */
export type CompiledPlan = {
  first: PlanStep;
  fetches: readonly CompiledFetch[];
  parallels: number;
  /** Primary fetch of a subscription; its events take the place of this fetch. */
  source: FetchNode | undefined;
};

/** @param schema API schema. */
export function compileSteps(plan: QueryPlan, schema: GraphQLSchema, types: SchemaTypes): CompiledPlan {
  const fetches: CompiledFetch[] = [];
  let parallels = 0;
  const node = plan.node && executedNode(plan.node);
  const complete: PlanStep = (execution) => execution.complete();
  // Steps are compiled from the last to the first, so that each knows its successor; fetches are listed in plan order.
  let isUnread: ReaderOptions["isUnread"] | undefined;
  const reading: ReaderOptions = {
    schema,
    isUnread(path) {
      isUnread ??= unreadFields(fetches); // when the first reader is compiled: many operations never need one
      return isUnread(path);
    },
  };
  if (node) listFetches(node, [], (each, path) => fetches.push(compileFetch(each, path, types, reading)));
  const byNode = new Map(fetches.map((fetch) => [fetch.node, fetch]));
  const source = plan.node?.kind === "Subscription" ? plan.node.primary : undefined;
  return { first: node ? compile(node, complete) : complete, fetches, parallels, source };

  function compile(node: PlanNode, next: PlanStep): PlanStep {
    switch (node.kind) {
      case "Fetch": {
        const fetch = byNode.get(node);
        if (!fetch) throw new Error("A fetch that is not in its plan");
        return fetchStep(fetch, types, next);
      }
      case "Flatten":
        return compile(node.node, next);
      case "Sequence":
        return node.nodes.reduceRight((after, each) => compile(each, after), next);
      case "Parallel":
        return parallel(node.nodes, next);
      case "Condition": {
        const { condition, ifClause, elseClause } = node;
        const onTrue = ifClause ? compile(ifClause, next) : next;
        const onFalse = elseClause ? compile(elseClause, next) : next;
        return (execution) => (execution.variables[condition] === true ? onTrue(execution) : onFalse(execution));
      }
      case "Defer":
        throw new Error("@defer is not supported");
    }
  }

  function parallel(nodes: readonly PlanNode[], next: PlanStep): PlanStep {
    const number = parallels++;
    const join: PlanStep = (execution) => {
      const pending = (execution.pendingBranches[number] ?? 0) - 1;
      execution.pendingBranches[number] = pending;
      if (pending === 0) next(execution);
    };
    const branches = nodes.map((each) => compile(each, join));
    return (execution) => {
      execution.pendingBranches[number] = branches.length;
      for (let index = 0; index < branches.length; index++) branches[index]?.(execution);
    };
  }
}

/** The part of a plan that is executed per request: for a subscription, once per event. */
function executedNode(node: NonNullable<QueryPlan["node"]>): PlanNode {
  if (node.kind !== "Subscription") return node;
  return node.rest ? { kind: "Sequence", nodes: [node.primary, node.rest] } : node.primary;
}

function listFetches(
  node: PlanNode,
  path: readonly (string | number)[],
  add: (node: FetchNode, path: readonly (string | number)[]) => void,
): void {
  switch (node.kind) {
    case "Fetch":
      add(node, path);
      return;
    case "Flatten":
      listFetches(node.node, [...path, ...node.path], add);
      return;
    case "Sequence":
    case "Parallel":
      for (const each of node.nodes) listFetches(each, path, add);
      return;
    case "Condition":
      for (const each of [node.ifClause, node.elseClause]) if (each) listFetches(each, path, add);
      return;
    case "Defer":
      return;
  }
}
