import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AgencyCode } from "../../agency-registry.ts";

/** Fault modes of an agency, for client authors in demo mode. `LOSES_ANSWERS` does the work and drops the response. */
export const FAULT_MODES = ["UP", "DOWN", "SLOW", "REFUSES", "ASKS_FOR_PAPERS", "LOSES_ANSWERS"] as const;
export type FaultMode = (typeof FAULT_MODES)[number];

export type DemoState = {
  /** Milliseconds that the business clock is ahead of the machine's. */
  clockOffsetMs(): number;
  faultMode(agency: AgencyCode): FaultMode;
  setClockOffsetMs(offset: number): void;
  setFaultMode(agency: AgencyCode, mode: FaultMode): void;
};

/**
 * State of the demo in two small files below `directory`, written by renaming and read when they change: all processes see
 * the same state, which survives a restart.
 */
export function demoState(directory: string): DemoState {
  mkdirSync(directory, { recursive: true });
  const clock = watchedFile<{ offsetMs: number }>(join(directory, "clock.json"), { offsetMs: 0 });
  const modes = watchedFile<Partial<Record<AgencyCode, FaultMode>>>(join(directory, "fault-modes.json"), {});
  return {
    clockOffsetMs: () => clock.read().offsetMs,
    faultMode: (agency) => modes.read()[agency] ?? "UP",
    setClockOffsetMs: (offsetMs) => clock.write({ offsetMs }),
    setFaultMode: (agency, mode) => modes.write({ ...modes.read(), [agency]: mode }),
  };
}

/** Outside demo mode: the machine's clock, and no fault mode. */
export const noDemo: Pick<DemoState, "clockOffsetMs" | "faultMode"> = { clockOffsetMs: () => 0, faultMode: () => "UP" };

function watchedFile<T>(path: string, initial: T) {
  let value = initial;
  let version = "";
  return {
    read(): T {
      const stat = statSync(path, { throwIfNoEntry: false });
      const now = stat ? `${stat.mtimeMs}:${stat.ino}` : "";
      if (now === version) return value;
      version = now;
      value = stat ? (JSON.parse(readFileSync(path, "utf8")) as T) : initial; // written by `write` alone
      return value;
    },
    write(next: T): void {
      const draft = `${path}.${process.pid}.draft`;
      writeFileSync(draft, JSON.stringify(next));
      renameSync(draft, path);
    },
  };
}
