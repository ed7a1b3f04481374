/** Rules of a circuit breaker. Times are milliseconds of a monotonic clock. */
export type BreakerRules = {
  /** This many consecutive failures open it. */
  failuresInARow: number;
  /** A window of this length with at least this many calls and this share of failures opens it too. */
  windowMs: number;
  windowCalls: number;
  windowShare: number;
  /** Duration of the open state; doubled with each failed probe up to the longest. */
  openMs: number;
  longestOpenMs: number;
};

export type ClosedState = { kind: "closed"; inARow: number; since: number; calls: number; failures: number };
/** Closed: every call is permitted. Open: none until `until`. Half-open: one probe is in flight, no other call is permitted. */
export type CircuitState =
  | ClosedState
  | { kind: "open"; until: number; openMs: number }
  | { kind: "half-open"; openMs: number };

export function closedState(now: number): ClosedState {
  return { kind: "closed", inARow: 0, since: now, calls: 0, failures: 0 };
}

/** Decides about a call now. A "probe" is the single call whose outcome closes or reopens the breaker. */
export function admission(state: CircuitState, now: number): "permitted" | "probe" | "refused" {
  if (state.kind === "closed") return "permitted";
  return state.kind === "open" && now >= state.until ? "probe" : "refused";
}

/** State after a probe has begun. */
export function probing(state: CircuitState): CircuitState {
  return state.kind === "open" ? { kind: "half-open", openMs: state.openMs } : state;
}

/** End of a call. A cancelled call says nothing about the subgraph. */
export type CallEnd = { isProbe: boolean; outcome: "success" | "failure" | "cancelled" };

/** State after a call has ended. Calls that began before the breaker opened have no effect on it. */
export function afterCall(
  state: CircuitState,
  { isProbe, outcome }: CallEnd,
  now: number,
  rules: BreakerRules,
): CircuitState {
  if (state.kind === "closed")
    return outcome === "cancelled" ? state : counted(state, outcome === "failure", now, rules);
  if (state.kind === "open" || !isProbe) return state;
  if (outcome === "success") return closedState(now);
  const { openMs } = state;
  if (outcome === "cancelled") return { kind: "open", until: now, openMs };
  return { kind: "open", until: now + openMs, openMs: Math.min(openMs * 2, rules.longestOpenMs) };
}

function counted(before: ClosedState, failed: boolean, now: number, rules: BreakerRules): CircuitState {
  const { since, calls, failures } = now - before.since < rules.windowMs ? before : closedState(now);
  const after: ClosedState = {
    kind: "closed",
    inARow: failed ? before.inARow + 1 : 0,
    since,
    calls: calls + 1,
    failures: failures + (failed ? 1 : 0),
  };
  const isWindowBad = after.calls >= rules.windowCalls && after.failures >= rules.windowShare * after.calls;
  if (!failed || (after.inARow < rules.failuresInARow && !isWindowBad)) return after;
  return { kind: "open", until: now + rules.openMs, openMs: Math.min(rules.openMs * 2, rules.longestOpenMs) };
}
