import { describe, expect, test } from "vitest";
import {
  admission,
  afterCall,
  type BreakerRules,
  type CircuitState,
  closedState,
  probing,
} from "../../gateway/subgraph-client/circuit-breaker/breaker-state.ts";
import { seededRandom } from "../simulation/seeded-random.ts";

const rules: BreakerRules = {
  failuresInARow: 5,
  windowMs: 1_000,
  windowCalls: 20,
  windowShare: 0.5,
  openMs: 100,
  longestOpenMs: 500,
};

type Call = { ends: number; isProbe: boolean; outcome: "success" | "failure" | "cancelled" };

/** Simulates calls of random duration. `fails` decides by start time which fail. Returns permitted and refused calls. */
function simulated(seed: number, until: number, fails: (at: number) => boolean, cancelledShare = 0) {
  const random = seededRandom(seed);
  const seen = { permitted: [] as number[], refused: [] as number[], probes: 0, mostProbes: 0 };
  let breaker: CircuitState = closedState(0);
  let running: Call[] = [];
  for (let now = 0; now < until; now++) {
    for (const call of running.filter(({ ends }) => ends <= now)) {
      if (call.isProbe) seen.probes--;
      breaker = afterCall(breaker, call, now, rules);
    }
    running = running.filter(({ ends }) => ends > now);
    const decision = admission(breaker, now);
    if (decision === "refused") seen.refused.push(now);
    else {
      const isProbe = decision === "probe";
      if (isProbe) breaker = probing(breaker);
      if (isProbe) seen.probes++;
      seen.mostProbes = Math.max(seen.mostProbes, seen.probes);
      seen.permitted.push(now);
      const outcome = random() < cancelledShare ? "cancelled" : fails(now) ? "failure" : "success";
      running.push({ ends: now + 1 + Math.floor(random() * 20), isProbe, outcome });
    }
  }
  return seen;
}

const seeds = Array.from({ length: 50 }, (_, seed) => seed);

describe("a circuit breaker", () => {
  test("a circuit breaker permits every call of a subgraph of which none or a few calls fail", () => {
    for (const seed of seeds) {
      expect(simulated(seed, 3_000, () => false).refused).toEqual([]);
      expect(simulated(seed, 3_000, (at) => at % 20 === 0).refused).toEqual([]);
    }
  });

  test("a circuit breaker permits one probe at a time while a subgraph is down, at growing intervals", () => {
    for (const seed of seeds) {
      const { permitted, mostProbes } = simulated(seed, 10_000, (at) => at >= 1_000);
      expect(permitted.filter((at) => at >= 1_500).length).toBeLessThan(30);
      expect(permitted.some((at) => at > 9_000)).toBe(true);
      expect(mostProbes).toBe(1);
    }
  });

  test("a circuit breaker closes as soon as a probe succeeds", () => {
    for (const seed of seeds) {
      const { refused } = simulated(seed, 10_000, (at) => at >= 1_000 && at < 4_000);
      expect(refused.length).toBeGreaterThan(2_000);
      expect(Math.max(...refused)).toBeLessThan(4_000 + rules.longestOpenMs + 25);
    }
  });

  test("a circuit breaker opens if half of the calls fail, even without many consecutive failures", () => {
    for (const seed of seeds) expect(simulated(seed, 3_000, (at) => at % 2 === 0).refused.length).toBeGreaterThan(0);
  });

  test("a circuit breaker ignores cancelled calls and cancelled probes", () => {
    for (const seed of seeds) {
      expect(simulated(seed, 3_000, () => true, 1).refused).toEqual([]);
      const { refused } = simulated(seed, 10_000, (at) => at >= 1_000 && at < 4_000, 0.3);
      expect(refused.length).toBeGreaterThan(1_000);
      expect(Math.max(...refused)).toBeLessThan(4_000 + rules.longestOpenMs + 100);
    }
  });

  test("a circuit breaker ignores the outcome of calls that began before it opened", () => {
    const open: CircuitState = { kind: "open", until: 100, openMs: 100 };
    expect(afterCall(open, { isProbe: false, outcome: "success" }, 50, rules)).toBe(open);
    const half = probing(open);
    expect(afterCall(half, { isProbe: false, outcome: "success" }, 110, rules)).toBe(half);
    expect(afterCall(half, { isProbe: true, outcome: "success" }, 110, rules).kind).toBe("closed");
  });
});
