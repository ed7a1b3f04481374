import { type PlanNode, prettyFormatQueryPlan, type QueryPlan } from "@apollo/query-planner";
import type { PlanDescription, PlanStep } from "../observability/request-trace.ts";

/** Query plan as text and as the tree of its steps. This module loads the library that writes plans. */
export function describePlan(plan: QueryPlan | undefined): PlanDescription {
  if (!plan) return { text: "", steps: undefined };
  return { text: prettyFormatQueryPlan(plan), steps: plan.node && stepOf(plan.node as PlanNode, []) };
}

function stepOf(node: PlanNode, path: readonly (string | number)[]): PlanStep | undefined {
  switch (node.kind) {
    case "Fetch":
      return { kind: "fetch", subgraph: node.serviceName, path: path.map(String) };
    case "Flatten":
      return stepOf(node.node, node.path);
    case "Sequence":
      return { kind: "sequence", steps: stepsOf(node.nodes, path) };
    case "Parallel":
      return { kind: "parallel", steps: stepsOf(node.nodes, path) };
    case "Condition":
      return { kind: "sequence", steps: stepsOf([node.ifClause, node.elseClause], path) };
    default:
      return undefined; // deferred parts are refused before they are planned
  }
}

function stepsOf(nodes: readonly (PlanNode | undefined)[], path: readonly (string | number)[]): PlanStep[] {
  return nodes.flatMap((node) => (node && stepOf(node, path)) ?? []);
}
