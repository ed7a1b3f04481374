import type { Figure } from "../figures/recorded-figures.ts";
import { type ContestantName, titles } from "./contestants.ts";
import type { ContestantFigures } from "./match.ts";

/** Least CPU per request that another gateway needs, as a multiple of ours. */
const TARGETS: Record<string, Partial<Record<ContestantName, number>>> = {
  var: { stock: 14, hive: 10, grafbase: 1 },
  light: { stock: 12, hive: 8 },
  heavy: { stock: 10, "hive-rust": 1, grafbase: 0.77 },
};
/** Most CPU per request of ours, as a multiple of the bare subgraph's. */
const OF_BARE = 2.2;

/** Result of one target. */
export type Verdict = { name: ContestantName; target: string; reached: boolean; line: string };

/** Verdicts on the targets that these results concern. */
export function verdicts(workload: string, results: ReadonlyMap<ContestantName, ContestantFigures>): Verdict[] {
  const own = results.get("ours")?.cpuPerRequest;
  if (own === undefined) return [];
  const found = Object.entries(TARGETS[workload] ?? {}).flatMap(([key, least]): Verdict[] => {
    const name = key as ContestantName; // a key of the record above
    const other = results.get(name)?.cpuPerRequest;
    if (other === undefined) return [];
    const times = other / own;
    const target = least === 1 ? "more than ours" : `at least ${least} times ours`;
    const line = `  ${workload}: ${titles[name]} needs ${times.toFixed(2)} times our CPU per request (target: ${target})  ${reached(times >= least)}`;
    return [{ name, target, reached: times >= least, line }];
  });
  const bare = results.get("bare")?.cpuPerRequest;
  if (bare === undefined || workload !== "light") return found;
  const times = own / bare;
  const line = `  light: ours is ${times.toFixed(2)} times the bare subgraph's CPU per request (target: at most ${OF_BARE})  ${reached(times <= OF_BARE)}`;
  return [...found, { name: "bare", target: `ours at most ${OF_BARE} times`, reached: times <= OF_BARE, line }];
}

/** Figures of a workload to record: CPU per request, relative to ours, and throughput. */
export function figuresOf(workload: string, results: ReadonlyMap<ContestantName, ContestantFigures>): Figure[] {
  const own = results.get("ours")?.cpuPerRequest;
  const targets = new Map(verdicts(workload, results).map((each) => [each.name, each]));
  return [...results].map(([name, { cpuPerRequest, perSecond, p99 }]) => {
    const times = own && name !== "ours" ? ` (${(cpuPerRequest / own).toFixed(2)} × ours)` : "";
    const measured = `${cpuPerRequest.toFixed(0)} µs of CPU per request${times}, ${perSecond.toFixed(0)} requests/s, p99 ${p99.toFixed(1)} ms`;
    const verdict = targets.get(name);
    return { what: titles[name], measured, ...(verdict && { target: verdict.target, reached: verdict.reached }) };
  });
}

export function reached(is: boolean): string {
  return is ? "reached" : "NOT reached";
}
