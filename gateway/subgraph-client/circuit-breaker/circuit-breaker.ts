import type { BreakerState } from "../../observability/metrics.ts";
import type { AgencyStateTracker } from "../agency-states.ts";
import { circuitOpen, isSubgraphFault, type SubgraphFailure } from "../subgraph-failure.ts";
import {
  admission,
  afterCall,
  type Breaker,
  type BreakerRules,
  type CallEnd,
  closedBreaker,
  probing,
} from "./breaker-state.ts";

/** Leave to make one call. */
export type Permit = { isProbe: boolean; began: number };

/** Where every call of a subgraph goes in and out, so that one that is not well is left alone for a while. */
export type CircuitBreaker = {
  /** `now` is `performance.now()`. @throws Unreachable when the subgraph is left alone at present. */
  acquire(now: number): Permit;
  /** The call has ended; with `why` if there was no usable answer. */
  release(pass: Permit, why: SubgraphFailure | undefined): void;
};

export type CircuitBreakerOptions = {
  rules: BreakerRules;
  /** An answer that did not come is the subgraph's fault only if it had at least so long. */
  patienceMs: number;
  sight: AgencyStateTracker;
  changed(state: BreakerState): void;
};

export function openCircuitBreaker({ rules, patienceMs, sight, changed }: CircuitBreakerOptions): CircuitBreaker {
  let breaker: Breaker = closedBreaker(0);
  changed(breaker.kind);

  function become(next: Breaker): void {
    const isNews = next.kind !== breaker.kind;
    breaker = next;
    if (isNews) changed(next.kind);
  }

  return {
    acquire(now) {
      const leave = admission(breaker, now);
      if (leave === "refused") throw circuitOpen();
      if (leave === "probe") become(probing(breaker));
      return { isProbe: leave === "probe", began: now };
    },
    release({ isProbe, began }, why) {
      const now = performance.now();
      const end = endOf(why, now - began);
      if (why?.kind === "unwelcome" || end === "failed") sight.observe("UNAVAILABLE");
      else if (end === "answered") sight.observe("LIVE");
      become(afterCall(breaker, { isProbe, end }, now, rules));
    },
  };

  function endOf(why: SubgraphFailure | undefined, waitedMs: number): CallEnd["end"] {
    if (why === undefined || why.kind === "unwelcome" || why.kind === "unable") return "answered";
    return isToBlame(why, waitedMs) ? "failed" : "abandoned";
  }

  function isToBlame(why: SubgraphFailure, waitedMs: number): boolean {
    return isSubgraphFault(why) && (why.kind !== "late" || waitedMs >= patienceMs);
  }
}
