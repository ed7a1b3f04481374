/** When a circuit breaker opens, and for how long. Times are milliseconds of any clock that only goes forward. */
export type BreakerRules = {
  /** So many failures one after another open it. */
  failuresInARow: number;
  /** So does a window of this length in which at least so many calls ended and at least this share of them failed. */
  windowMs: number;
  windowCalls: number;
  windowShare: number;
  /** How long it stays open; doubled with each probe that fails, up to the longest. */
  openMs: number;
  longestOpenMs: number;
};

export type Closed = { kind: "closed"; inARow: number; since: number; calls: number; failures: number };
/**
 * Closed: everybody is let through. Open: nobody is, until `until`. Half-open: one call is on its way to find out, everybody
 * else is not let through.
 */
export type Breaker = Closed | { kind: "open"; until: number; openMs: number } | { kind: "half-open"; openMs: number };

export function closedBreaker(now: number): Closed {
  return { kind: "closed", inARow: 0, since: now, calls: 0, failures: 0 };
}

/** Whether a call may be made now; "probe" is the one call that finds out for the others. */
export function admission(breaker: Breaker, now: number): "go" | "probe" | "refused" {
  if (breaker.kind === "closed") return "go";
  return breaker.kind === "open" && now >= breaker.until ? "probe" : "refused";
}

/** The breaker once a probe has begun. */
export function probing(breaker: Breaker): Breaker {
  return breaker.kind === "open" ? { kind: "half-open", openMs: breaker.openMs } : breaker;
}

/** How a call ended: `abandoned` when nobody waited for its end, which says nothing of the agency. */
export type CallEnd = { isProbe: boolean; end: "answered" | "failed" | "abandoned" };

/** The breaker after a call has ended. Calls that began before it opened have no say any more. */
export function afterCall(breaker: Breaker, { isProbe, end }: CallEnd, now: number, rules: BreakerRules): Breaker {
  if (breaker.kind === "closed") return end === "abandoned" ? breaker : counted(breaker, end === "failed", now, rules);
  if (breaker.kind === "open" || !isProbe) return breaker;
  if (end === "answered") return closedBreaker(now);
  const { openMs } = breaker;
  if (end === "abandoned") return { kind: "open", until: now, openMs };
  return { kind: "open", until: now + openMs, openMs: Math.min(openMs * 2, rules.longestOpenMs) };
}

function counted(before: Closed, failed: boolean, now: number, rules: BreakerRules): Breaker {
  const { since, calls, failures } = now - before.since < rules.windowMs ? before : closedBreaker(now);
  const after: Closed = {
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
