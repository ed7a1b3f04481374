import type { FetchNode, PlanNode, QueryPlan } from "@apollo/query-planner";
import { type CompiledFetch, compileFetch, fetchStep } from "./fetch/fetch.ts";
import type { PlanStep } from "./plan-execution.ts";
import type { SchemaTypes } from "./schema-types.ts";

/** A plan as one step, and what it consists of in the plan's order. */
export type Steps = {
  first: PlanStep;
  fetches: readonly CompiledFetch[];
  parallels: number;
  /** What a subscription listens to; its events come in place of that fetch. */
  source: FetchNode | undefined;
};

export function compileSteps(plan: QueryPlan, types: SchemaTypes): Steps {
  const fetches: CompiledFetch[] = [];
  let parallels = 0;
  const node = plan.node && eachEvent(plan.node);
  const done: PlanStep = (run) => run.complete();
  // Compiled from the end, so that each step knows the next; the fetches are numbered from the beginning.
  if (node) listFetches(node, [], types, fetches);
  const byNode = new Map(fetches.map((fetch) => [fetch.node, fetch]));
  const source = plan.node?.kind === "Subscription" ? plan.node.primary : undefined;
  return { first: node ? compile(node, done) : done, fetches, parallels, source };

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
        return (run) => (run.variables[condition] === true ? onTrue(run) : onFalse(run));
      }
      case "Defer":
        throw new Error("@defer is not offered");
    }
  }

  function parallel(nodes: readonly PlanNode[], next: PlanStep): PlanStep {
    const place = parallels++;
    const join: PlanStep = (run) => {
      const left = (run.pendingBranches[place] ?? 0) - 1;
      run.pendingBranches[place] = left;
      if (left === 0) next(run);
    };
    const branches = nodes.map((each) => compile(each, join));
    return (run) => {
      run.pendingBranches[place] = branches.length;
      for (let index = 0; index < branches.length; index++) branches[index]?.(run);
    };
  }
}

/** What is done for each event of a subscription; any other plan is done as it is. */
function eachEvent(node: NonNullable<QueryPlan["node"]>): PlanNode {
  if (node.kind !== "Subscription") return node;
  return node.rest ? { kind: "Sequence", nodes: [node.primary, node.rest] } : node.primary;
}

function listFetches(
  node: PlanNode,
  path: readonly (string | number)[],
  types: SchemaTypes,
  fetches: CompiledFetch[],
): void {
  switch (node.kind) {
    case "Fetch":
      fetches.push(compileFetch(node, path, types));
      return;
    case "Flatten":
      listFetches(node.node, [...path, ...node.path], types, fetches);
      return;
    case "Sequence":
    case "Parallel":
      for (const each of node.nodes) listFetches(each, path, types, fetches);
      return;
    case "Condition":
      for (const each of [node.ifClause, node.elseClause]) if (each) listFetches(each, path, types, fetches);
      return;
    case "Defer":
      return;
  }
}
