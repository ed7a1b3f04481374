import type { QueryPlan } from "@apollo/query-planner";
import type { RequestScope } from "../subgraph-client/request-scope.ts";
import type { SubgraphsByName } from "../subgraph-client/subgraphs.ts";

export type PlanNode = Exclude<NonNullable<QueryPlan["node"]>, { kind: "Subscription" }>;
export type FetchNode = Extract<PlanNode, { kind: "Fetch" }>;
export type PlanPath = readonly (string | number)[];

/** A fetch that an agency left without a usable answer. */
export type Failure = { agency: string; reason: string };

/** What happened to one request on its way through the agencies; made anew for each request. */
export type FetchLog = {
  plan?: QueryPlan;
  /** Every fetch that was sent, by `fetchKey`; a failed one carries its failure. */
  fetches: Map<string, Failure | "answered">;
  /** What the executor was told for each failure; replaced by one error per hole at the end. */
  thrown: WeakSet<object>;
};

/** What @apollo/gateway is told about a request beside its GraphQL. */
export type FetchContext = {
  scope: RequestScope;
  /** Those of the supergraph's version that the request began with. */
  subgraphs: SubgraphsByName;
  fetchLog: FetchLog;
};

export function newFetchLog(): FetchLog {
  return { fetches: new Map(), thrown: new WeakSet() };
}

/** Identifies a fetch of a plan: whom it asks, what, and where in the client's response the answer belongs. */
export function fetchKey(subgraph: string, operation: string, path: PlanPath): string {
  return `${subgraph}\n${path.join("\n")}\n${operation}`;
}
