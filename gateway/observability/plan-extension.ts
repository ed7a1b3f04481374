import type { PlanDescription, RequestSpan } from "./request-trace.ts";

/** Request header by which a developer asks for `extensions.plan`, in demo mode. */
export const PLAN_HEADER = "x-motcua-plan";

/** A subgraph call with its times in milliseconds; `beganAtMs` counts from the start of the request. */
type FetchTiming = { subgraph: string; outcome: string; beganAtMs: number; ms: number };

/** The same trace with a record of the query plan and of the time that each subgraph call took. */
export function withPlanExtension(inner: RequestSpan): RequestSpan {
  const requestStarted = performance.now();
  const fetches: FetchTiming[] = [];
  let describe: (() => PlanDescription) | undefined;
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
          const beganAtMs = tenths(started - requestStarted);
          fetches.push({ subgraph, outcome, beganAtMs, ms: tenths(performance.now() - started) });
          end(outcome);
        },
      };
    },
    end: inner.end,
    plan: {
      record(describePlan) {
        describe = describePlan;
      },
      json() {
        if (!describe) return undefined;
        const { text, steps } = describe();
        return JSON.stringify({ plan: text.split("\n"), steps, fetches });
      },
    },
  };
}

function tenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}
