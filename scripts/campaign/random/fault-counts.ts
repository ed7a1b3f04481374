import type { DeskCounts } from "../desk-client.ts";
import type { Fault } from "./fault-schedule.ts";

/** Counts of injected faults; `kills` by the killed process. */
export type Counts = DeskCounts & {
  kills: Record<string, number>;
  faults: Record<string, number>;
  withoutTarget: number;
};

export function noCounts(): Counts {
  return { kills: {}, faults: {}, attempts: 0, missingResponses: {}, withoutTarget: 0 };
}

export function countFault(counts: Counts, fault: Fault): void {
  if (fault.kind === "KILL") counts.kills[fault.target] = (counts.kills[fault.target] ?? 0) + 1;
  else if (fault.kind === "KILL_BACKEND")
    counts.kills["a backend of PostgreSQL"] = (counts.kills["a backend of PostgreSQL"] ?? 0) + 1;
  const name = fault.kind === "FAULT_MODE" ? `${fault.kind} ${fault.mode}` : fault.kind;
  counts.faults[name] = (counts.faults[name] ?? 0) + 1;
}

export function killsOf({ kills }: Counts): number {
  return Object.values(kills).reduce((sum, count) => sum + count, 0);
}
