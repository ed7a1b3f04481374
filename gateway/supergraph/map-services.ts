import type { FetchNode, PlanNode, QueryPlan } from "@apollo/query-planner";

/** Plan with other names of subgraphs. */
export function mapServices(plan: QueryPlan, nameOf: (name: string) => string): QueryPlan {
  const renamed = (fetch: FetchNode): FetchNode => ({ ...fetch, serviceName: nameOf(fetch.serviceName) });

  function mapped(node: PlanNode): PlanNode {
    switch (node.kind) {
      case "Fetch":
        return renamed(node);
      case "Flatten":
        return { ...node, node: mapped(node.node) };
      case "Sequence":
      case "Parallel":
        return { ...node, nodes: node.nodes.map(mapped) };
      case "Condition":
      case "Defer":
        return node; // the gateway decides conditions before it plans, and does not defer
    }
  }

  const { node } = plan;
  if (!node) return plan;
  if (node.kind !== "Subscription") return { ...plan, node: mapped(node) };
  const { primary, rest } = node;
  return { ...plan, node: { ...node, primary: renamed(primary), ...(rest && { rest: mapped(rest) }) } };
}
