import { prettyFormatQueryPlan } from "@apollo/query-planner";
import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import type { Variables } from "../executor/compiled-operation.ts";
import type { PreparedOperation } from "../pipeline/prepared-operation.ts";
import type { RequestSpan } from "./request-trace.ts";

/** The header by which a developer asks for `extensions.plan`, in demo mode. */
export const PLAN_HEADER = "x-motcua-plan";

/** What a developer wants to see of one request. */
export type PlanExtension = {
  /** The operation that is about to be executed. */
  executes(prepared: PreparedOperation, variables: Variables, caller: Caller): void;
  /** Plan and fetches as JSON; undefined where nothing was executed. */
  json(): string | undefined;
};

/** A call of a subgraph: milliseconds from the beginning of the request. */
type FetchTiming = { subgraph: string; outcome: string; beganAtMs: number; ms: number };

/** The same trace, which also tells the developer the query plan and what each call took. */
export function withPlanExtension(inner: RequestSpan): RequestSpan {
  const began = performance.now();
  const fetches: FetchTiming[] = [];
  let planText: (() => string) | undefined;
  return {
    traceId: inner.traceId,
    get fetches() {
      return inner.fetches;
    },
    fetch(subgraph) {
      const started = performance.now();
      const { traceparent, end } = inner.fetch(subgraph);
      return {
        traceparent,
        end(outcome) {
          fetches.push({
            subgraph,
            outcome,
            beganAtMs: tenths(started - began),
            ms: tenths(performance.now() - started),
          });
          end(outcome);
        },
      };
    },
    end: inner.end,
    plan: {
      executes({ plans, authorize: decide }, variables, caller) {
        planText = () => plans(decide(caller), variables).map(prettyFormatQueryPlan).join("\n");
      },
      json: () => planText && JSON.stringify({ plan: planText().split("\n"), fetches }),
    },
  };
}

function tenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}
