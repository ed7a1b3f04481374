import { execFileSync } from "node:child_process";
import { cpus } from "node:os";
import { familyOf } from "./processes.ts";

/** Tells whether programs can be pinned to a core (Linux, `taskset`, at least two cores). */
export const isPinnable = hasTaskset() && cpus().length > 1;

/** Core of the measured program, and core of everything else. */
export const MEASURED_CORE = 0;
export const OTHER_CORE = 1;

/** Pins a running process and its children, with all threads, to the core of everything else. */
export function pinToOtherCore(pid: number): void {
  if (!isPinnable) return;
  for (const each of familyOf(pid)) {
    execFileSync("taskset", ["-acp", String(OTHER_CORE), String(each)], { stdio: "ignore" });
  }
}

function hasTaskset(): boolean {
  try {
    execFileSync("taskset", ["--version"], { stdio: "ignore" });
    return process.platform === "linux";
  } catch {
    return false;
  }
}
