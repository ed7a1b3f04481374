import type { BreakerState } from "../../observability/metrics.ts";
import type { AgencySight } from "../agency-states.ts";
import { isFailure, leftAlone, type Unreachable } from "../unreachable.ts";
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
export type Pass = { isProbe: boolean; began: number };

/** Where every call of a subgraph goes in and out, so that one that is not well is left alone for a while. */
export type Gate = {
  /** `now` is `performance.now()`. @throws Unreachable when the subgraph is left alone at present. */
  enter(now: number): Pass;
  /** The call has ended; with `why` if there was no usable answer. */
  leave(pass: Pass, why: Unreachable | undefined): void;
};

export type GateOptions = {
  rules: BreakerRules;
  /** An answer that did not come is the subgraph's fault only if it had at least so long. */
  patienceMs: number;
  sight: AgencySight;
  changed(state: BreakerState): void;
};

export function gate({ rules, patienceMs, sight, changed }: GateOptions): Gate {
  let breaker: Breaker = closedBreaker(0);
  changed(breaker.kind);

  function become(next: Breaker): void {
    const isNews = next.kind !== breaker.kind;
    breaker = next;
    if (isNews) changed(next.kind);
  }

  return {
    enter(now) {
      const leave = admission(breaker, now);
      if (leave === "refused") throw leftAlone();
      if (leave === "probe") become(probing(breaker));
      return { isProbe: leave === "probe", began: now };
    },
    leave({ isProbe, began }, why) {
      const now = performance.now();
      const end = endOf(why, now - began);
      if (why?.mishap === "unwelcome" || end === "failed") sight.saw("UNAVAILABLE");
      else if (end === "answered") sight.saw("LIVE");
      become(afterCall(breaker, { isProbe, end }, now, rules));
    },
  };

  function endOf(why: Unreachable | undefined, waitedMs: number): CallEnd["end"] {
    if (why === undefined || why.mishap === "unwelcome" || why.mishap === "unable") return "answered";
    return isToBlame(why, waitedMs) ? "failed" : "abandoned";
  }

  function isToBlame(why: Unreachable, waitedMs: number): boolean {
    return isFailure(why) && (why.mishap !== "late" || waitedMs >= patienceMs);
  }
}
