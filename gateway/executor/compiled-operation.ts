import type { QueryPlan } from "@apollo/query-planner";
import type { RequestScope } from "../subgraph-client/request-scope.ts";
import type { Subgraph, SubgraphRequest } from "../subgraph-client/subgraph-request.ts";
import type { Utf8 } from "../utf8.ts";

/** Position in the client's response: response names and list indexes. */
export type ResponsePath = readonly (string | number)[];

/** Error inside the gateway; `publicError` decides which parts of it the client may see. */
export type ExecutionError = { message: string; path?: ResponsePath; extensions: Record<string, unknown> };

/** `data` is JSON text: an object, or `null` where a null propagated to the root. */
export type ExecutionResult = { data: Utf8; errors: ExecutionError[] };

/** Variable values by name, coerced to the operation's types, with defaults applied. */
export type Variables = Readonly<Record<string, unknown>>;

/** Root field of a subscription, at the subgraph that resolves it. */
export type SubscriptionSource = { subgraph: string; call(variables: Variables): SubgraphRequest };

/**
 * One operation, planned and compiled for one supergraph version, one set of denials and one outcome of its @skip and @include
 * conditions. Shared by all its requests.
 */
export type CompiledOperation = {
  /** Plan that is executed; undefined where no subgraph is asked. */
  plan?: QueryPlan | undefined;
  /** Event source of a subscription. `run` is then called once per event, with a subgraph that returns the event. */
  source?: SubscriptionSource | undefined;
  /** Executes the plan and writes the response. Rejects only for a bug in the gateway. */
  run(variables: Variables, subgraphs: ReadonlyMap<string, Subgraph>, scope: RequestScope): Promise<ExecutionResult>;
};
