import type { DeskCounts } from "../desk-client.ts";
import type { Act } from "./fault-schedule.ts";

/** What was done to the system; `kills` by what was killed. */
export type Counts = DeskCounts & { kills: Record<string, number>; acts: Record<string, number>; faults: number };

export function noCounts(): Counts {
  return { kills: {}, acts: {}, attempts: 0, silences: {}, faults: 0 };
}

export function countAct(counts: Counts, act: Act): void {
  if (act.kind === "KILL") counts.kills[act.target] = (counts.kills[act.target] ?? 0) + 1;
  else if (act.kind === "KILL_BACKEND")
    counts.kills["a backend of PostgreSQL"] = (counts.kills["a backend of PostgreSQL"] ?? 0) + 1;
  const name = act.kind === "MOOD" ? `${act.kind} ${act.mood}` : act.kind;
  counts.acts[name] = (counts.acts[name] ?? 0) + 1;
}

export function killsOf({ kills }: Counts): number {
  return Object.values(kills).reduce((sum, count) => sum + count, 0);
}
