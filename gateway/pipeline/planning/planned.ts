import type { QueryPlan } from "@apollo/query-planner";
import type { GraphQLError } from "graphql";
import type { RequestScope } from "../../subgraph-client/request-scope.ts";
import type { OperationToPlan } from "./operation-to-plan.ts";
import type { PlannerResult } from "./query-planner.ts";

/** Outcome of a request for a plan. */
export type Planned =
  | { kind: "planned"; plan: QueryPlan }
  /** The planning exceeds a limit, or the planner threads are overloaded; the operation may be planned later. */
  | { kind: "refused"; error: GraphQLError }
  /** The planner cannot plan the operation, and never will. */
  | { kind: "fault"; reason: string };

/** End of a thread's planning of one operation. */
export type PlanningOutcome = PlannerResult["kind"] | "timeout" | "memory" | "crash" | "stopped";

/** Deadline and client of a request that waits for a plan; clients take turns. */
export type PlanRequest = Pick<RequestScope, "deadline" | "signal" | "clientKey">;

export type Plan = (operation: OperationToPlan, request: PlanRequest) => Promise<Planned>;

/** Planning for one version of a supergraph. */
export type Planning = {
  /** SDL of the schema for clients. */
  apiSdl: string;
  plan: Plan;
  /** Ends its threads as soon as they have nothing to do. Requests of this version may still ask for plans. */
  retire(): void;
  /** True while it has threads. */
  isBusy(): boolean;
  close(): Promise<void>;
};
