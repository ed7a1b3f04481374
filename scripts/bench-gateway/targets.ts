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

/** Tail of the response times, p99 / p50, against that of Grafbase; undefined where Grafbase did not run. */
export function tailFigure(results: ReadonlyMap<ContestantName, ContestantFigures>): Figure | undefined {
  const [own, other] = [results.get("ours"), results.get("grafbase")];
  if (!own || !other) return undefined;
  const tails = [...results].map(([name, { p50, p99 }]) => `${titles[name]} ${(p99 / p50).toFixed(2)}`);
  const isReached = own.p99 / own.p50 <= other.p99 / other.p50;
  const target = "ours at most Grafbase's";
  return { what: "p99 / p50", measured: tails.join(", "), target, reached: isReached };
}

/** Figures of a workload to record: CPU per request, relative to ours, throughput, and the tail. */
export function figuresOf(workload: string, results: ReadonlyMap<ContestantName, ContestantFigures>): Figure[] {
  const own = results.get("ours")?.cpuPerRequest;
  const targets = new Map(verdicts(workload, results).map((each) => [each.name, each]));
  const tail = tailFigure(results);
  const figures = [...results].map(([name, { cpuPerRequest, perSecond, p99 }]): Figure => {
    const times = own && name !== "ours" ? ` (${(cpuPerRequest / own).toFixed(2)} × ours)` : "";
    const measured = `${cpuPerRequest.toFixed(0)} µs of CPU per request${times}, ${perSecond.toFixed(0)} requests/s, p99 ${p99.toFixed(1)} ms`;
    const verdict = targets.get(name);
    return { what: titles[name], measured, ...(verdict && { target: verdict.target, reached: verdict.reached }) };
  });
  return tail ? [...figures, tail] : figures;
}

export function reached(is: boolean): string {
  return is ? "reached" : "NOT reached";
}
