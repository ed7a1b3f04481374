import type { BreakerState } from "../../observability/metrics.ts";
import type { AgencyStateTracker } from "../agency-states.ts";
import { circuitOpen, isSubgraphFault, type SubgraphFailure } from "../subgraph-failure.ts";
import {
  admission,
  afterCall,
  type BreakerRules,
  type CallEnd,
  type CircuitState,
  closedState,
  probing,
} from "./breaker-state.ts";

/** Permission to make one call. */
export type Permit = { isProbe: boolean; began: number };

/** Circuit breaker around the calls of one subgraph. */
export type CircuitBreaker = {
  /** @param now `performance.now()`. @throws SubgraphFailure when the breaker is open. */
  acquire(now: number): Permit;
  /** Ends the call. @param failure undefined if the response was usable. @param now `performance.now()`. */
  release(permit: Permit, failure: SubgraphFailure | undefined, now?: number): void;
};

export type CircuitBreakerOptions = {
  rules: BreakerRules;
  /** A timeout counts as the subgraph's failure only if the subgraph had at least this long. */
  patienceMs: number;
  agencyState: AgencyStateTracker;
  onChange(state: BreakerState): void;
};

export function openCircuitBreaker(options: CircuitBreakerOptions): CircuitBreaker {
  const { rules, patienceMs, agencyState, onChange } = options;
  let state: CircuitState = closedState(0);
  onChange(state.kind);

  function changeTo(next: CircuitState): void {
    const isChange = next.kind !== state.kind;
    state = next;
    if (isChange) onChange(next.kind);
  }

  return {
    acquire(now) {
      const decision = admission(state, now);
      if (decision === "refused") throw circuitOpen();
      if (decision === "probe") changeTo(probing(state));
      return { isProbe: decision === "probe", began: now };
    },
    release({ isProbe, began }, failure, now = performance.now()) {
      const outcome = outcomeOf(failure, now - began, patienceMs);
      if (failure?.kind === "identity refused" || outcome === "failure") agencyState.observe("UNAVAILABLE");
      else if (outcome === "success") agencyState.observe("LIVE");
      changeTo(afterCall(state, { isProbe, outcome }, now, rules));
    },
  };
}

/** A subgraph that refuses the identity or the operation is healthy. */
function outcomeOf(failure: SubgraphFailure | undefined, durationMs: number, patienceMs: number): CallEnd["outcome"] {
  if (!failure || failure.kind === "identity refused" || failure.kind === "unsupported") return "success";
  if (failure.kind === "timeout" && durationMs < patienceMs) return "cancelled";
  return isSubgraphFault(failure) ? "failure" : "cancelled";
}
