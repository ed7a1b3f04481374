import type { FetchNode, PlanNode, QueryPlan } from "@apollo/query-planner";

/** Changes a fetch. @param path names in the merged data that lead to its objects, without list steps */
type ChangeFetch = (fetch: FetchNode, path: readonly string[]) => FetchNode;

/** Plan with all fetches changed. */
export function mapFetches(plan: QueryPlan, change: ChangeFetch): QueryPlan {
  const { node } = plan;
  if (!node) return plan;
  if (node.kind !== "Subscription") return { ...plan, node: mapNode(node, [], change) };
  const { primary, rest } = node;
  return {
    ...plan,
    node: { ...node, primary: change(primary, []), ...(rest && { rest: mapNode(rest, [], change) }) },
  };
}

function mapNode(node: PlanNode, path: readonly string[], change: ChangeFetch): PlanNode {
  switch (node.kind) {
    case "Fetch":
      return change(node, path);
    case "Flatten":
      return { ...node, node: mapNode(node.node, [...path, ...node.path.flatMap(nameIn)], change) };
    case "Sequence":
    case "Parallel":
      return { ...node, nodes: node.nodes.map((each) => mapNode(each, path, change)) };
    case "Condition":
    case "Defer":
      return node; // the gateway decides conditions before it plans, and does not defer
  }
}

function nameIn(step: string | number): string | never[] {
  const name = String(step)
    .replace(/\|\[.*\]$/, "")
    .replace("@", "");
  return name || [];
}
