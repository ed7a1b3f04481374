import type { RequestScope, Subgraph } from "../subgraph-client/subgraph-request.ts";
import type { ExecutionError, Variables } from "./compiled-operation.ts";
import type { CompiledFetch } from "./fetch/fetch.ts";
import type { JsonObject } from "./json.ts";

/** Why a fetch brought nothing: what is said of each place that is null for want of it. */
export type FetchFailure = {
  message: string;
  extensions: Record<string, unknown>;
  /** Whether it is among the run's errors already, so that it need not be said again at or below its place. */
  isReported?: boolean;
};

/** What a fetch has failed to bring: everything, or what it was to bring of some objects. */
export type FetchFailures = { whole: FetchFailure | undefined; objects: Map<JsonObject, FetchFailure> };

/** One request on its way through a plan. */
export type PlanExecution = {
  /** What the fetches have brought so far, merged. */
  readonly data: JsonObject;
  readonly variables: Variables;
  readonly subgraphs: ReadonlyMap<string, Subgraph>;
  readonly scope: RequestScope;
  /** How many branches of each parallel node are still out, by its number in the plan. */
  readonly pendingBranches: number[];
  /** What subgraphs said, at the client's paths. */
  readonly errors: ExecutionError[];
  failures: Map<CompiledFetch, FetchFailures> | undefined;
  complete(): void;
  /** A fault of the program ends the run. */
  fail(error: unknown): void;
};

/** What a run does at a point of its plan. A step knows at compile time what comes after it, so no chain of promises is built. */
export type PlanStep = (run: PlanExecution) => void;
