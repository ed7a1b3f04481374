import { readFileSync } from "node:fs";
import type { Profiler } from "node:inspector";
import { table } from "../../bench/figures.ts";
import { type Place, placeOf } from "./places.ts";

/** Summary of a profile: shares of the busy time by part, and the most expensive functions, both by self time. */
export function profileSummary(path: string, longest = 40): string {
  const profile = JSON.parse(readFileSync(path, "utf8")) as Profiler.Profile;
  const parts = new Map<string, number>();
  const functions = new Map<string, number>();
  const times = selfTimes(profile);
  const places = placesOf(profile);
  let busy = 0;
  for (const node of profile.nodes) {
    const { functionName } = node.callFrame;
    if (functionName === "(idle)") continue;
    const time = times.get(node.id) ?? 0;
    const { part, file } = places.get(node.id) ?? { part: "(root)", file: "" };
    const native = node.callFrame.url === "" && file !== "" ? " (native)" : "";
    busy += time;
    add(parts, part, time);
    add(functions, `${functionName || "(anonymous)"}${native}  ${file}`, time);
  }
  const share = (time: number) => `${((time / busy) * 100).toFixed(1)} %`;
  const rows = (times: Map<string, number>, count: number) =>
    [...times]
      .sort(([, a], [, b]) => b - a)
      .slice(0, count)
      .map(([name, time]) => [share(time), name]);
  return `By part:\n${table(rows(parts, longest))}\nBy function:\n${table(rows(functions, longest))}`;
}

function add<K>(sums: Map<K, number>, key: K, time: number): void {
  sums.set(key, (sums.get(key) ?? 0) + time);
}

function selfTimes({ samples = [], timeDeltas = [] }: Profiler.Profile): Map<number, number> {
  const times = new Map<number, number>();
  for (const [at, id] of samples.entries()) add(times, id, timeDeltas[at + 1] ?? 0);
  return times;
}

/** Counts a native function for the JavaScript that called it. */
function placesOf({ nodes }: Profiler.Profile): Map<number, Place> {
  const places = new Map<number, Place>();
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  for (const { id, callFrame } of nodes) {
    const parent = places.get(parents.get(id) ?? -1);
    const place = placeOf(callFrame) ?? parent;
    if (place) places.set(id, place);
  }
  return places;
}
