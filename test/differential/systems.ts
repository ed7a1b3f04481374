import type { QueryPlan } from "@apollo/query-planner";
import type { Depth } from "./answer-difference.ts";
import type { SubgraphSetup } from "./data/in-process-subgraph.ts";
import type { OperationRequest } from "./data/merged-schema.ts";

/** Response of a system: `data` as JSON text, the errors with their paths, and the plan. */
export type SystemResponse = { data: string; errors: readonly Problem[]; plan?: QueryPlan | undefined };

/** Error of a response, as parsed from JSON. */
export type Problem = {
  message: string;
  path?: readonly (string | number)[] | undefined;
  extensions?: Record<string, unknown> | undefined;
};

/** Executor under test, with all subgraphs in this process. */
export type System = {
  name: string;
  setup: SubgraphSetup;
  /** Depth of the comparison; with faulty subgraphs at most "nulls". */
  depth: Depth;
  run(asked: OperationRequest): Promise<SystemResponse>;
  close(): Promise<void>;
};
