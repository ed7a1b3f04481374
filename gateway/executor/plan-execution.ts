import type { RequestScope } from "../subgraph-client/request-scope.ts";
import type { Subgraph } from "../subgraph-client/subgraph-request.ts";
import type { ExecutionError, Variables } from "./compiled-operation.ts";
import type { CompiledFetch } from "./fetch/compiled-fetch.ts";
import type { JsonObject } from "./json.ts";

/** Reason why a fetch returned no data: the error for each field that is null because of it. */
export type FetchFailure = {
  message: string;
  extensions: Record<string, unknown>;
  /** True where the execution's errors contain it already, so it is not repeated at, below or above its path. */
  isReported?: boolean;
  /** Error without a path in the execution's errors that the errors at the places of this failure replace. */
  replaces?: ExecutionError;
};

/** Failures of one fetch: of the whole response, or of single entities. */
export type FetchFailures = { whole: FetchFailure | undefined; objects: Map<JsonObject, FetchFailure> };

/** State of one request while its plan is executed. */
export type PlanExecution = {
  /** Merged data of all fetches so far. */
  readonly data: JsonObject;
  readonly variables: Variables;
  readonly subgraphs: ReadonlyMap<string, Subgraph>;
  readonly scope: RequestScope;
  /** Number of unfinished branches of each parallel node, by the node's number in the plan. */
  readonly pendingBranches: number[];
  /** Errors of subgraphs, with paths in the merged data. */
  readonly errors: ExecutionError[];
  failures: Map<CompiledFetch, FetchFailures> | undefined;
  complete(): void;
  /** Ends the execution because of a bug in the gateway. */
  fail(error: unknown): void;
};

/** One step of a plan. Each step knows its successor at compile time, so no promise chain is built per request. */
export type PlanStep = (execution: PlanExecution) => void;
