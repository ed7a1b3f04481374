import { type ContestantName, titles } from "./contestants.ts";
import type { Results } from "./match.ts";

/** How many times our processor time per request another needs at least; for the bare subgraph: we at most of its. */
const TARGETS: Record<string, Partial<Record<ContestantName, number>>> = {
  var: { stock: 10, hive: 10 },
  light: { stock: 8, hive: 8 },
  heavy: { stock: 6, "hive-rust": 1 },
};
const OF_BARE = 3.5;

/** One line for each target that these results can tell about. */
export function verdicts(workload: string, results: Results): string[] {
  const own = results.get("ours")?.cpuPerRequest;
  if (own === undefined) return [];
  const lines = Object.entries(TARGETS[workload] ?? {}).flatMap(([name, least]) => {
    const other = results.get(name as ContestantName)?.cpuPerRequest; // a key of the record above
    if (other === undefined) return [];
    const times = other / own;
    const wanted = least === 1 ? "more than ours" : `at least ${least} times ours`;
    return `  ${workload}: ${titles[name as ContestantName]} needs ${times.toFixed(2)} times our CPU per request (target: ${wanted})  ${reached(times >= least)}`;
  });
  const bare = results.get("bare")?.cpuPerRequest;
  if (bare === undefined || workload !== "light") return lines;
  const times = own / bare;
  const line = `  light: ours is ${times.toFixed(2)} times the bare subgraph's CPU per request (target: at most ${OF_BARE})  ${reached(times <= OF_BARE)}`;
  return [...lines, line];
}

export function reached(is: boolean): string {
  return is ? "reached" : "NOT reached";
}
