import type { QueryPlan } from "@apollo/query-planner";
import type { RequestScope } from "../subgraph-client/request-scope.ts";
import type { SubgraphsByName } from "../subgraph-client/subgraphs.ts";

export type PlanNode = Exclude<NonNullable<QueryPlan["node"]>, { kind: "Subscription" }>;
export type FetchNode = Extract<PlanNode, { kind: "Fetch" }>;
export type PlanPath = readonly (string | number)[];

/** Fetch without a usable response. */
export type Failure = { agency: string; reason: string };

/** Outcomes of the fetches of one request. */
export type FetchLog = {
  plan?: QueryPlan;
  /** Every fetch that was sent, by `fetchKey`, with its failure if it failed. */
  fetches: Map<string, Failure | "answered">;
  /** Errors thrown for failures; at the end one error for each missing value replaces them. */
  thrown: WeakSet<object>;
};

/** Context of a request for @apollo/gateway. */
export type FetchContext = {
  scope: RequestScope;
  /** Subgraphs of the supergraph version on which the request started. */
  subgraphs: SubgraphsByName;
  fetchLog: FetchLog;
};

export function newFetchLog(): FetchLog {
  return { fetches: new Map(), thrown: new WeakSet() };
}

/** Key of a fetch in a plan: its subgraph, its operation, and the path of its data in the client's response. */
export function fetchKey(subgraph: string, operation: string, path: PlanPath): string {
  return `${subgraph}\n${path.join("\n")}\n${operation}`;
}
