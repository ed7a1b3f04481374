import { execFileSync } from "node:child_process";
import { cpus } from "node:os";
import { familyOf } from "./processes.ts";

/** Whether programs can be held on a core (Linux, `taskset`, two cores and more). */
export const isPinnable = hasTaskset() && cpus().length > 1;

/** The core of whatever is measured, and that of everything else. */
export const MEASURED_CORE = 0;
export const OTHER_CORE = 1;

/** Holds a running process and its children, with all their threads, on the core of everything else. */
export function keepAside(pid: number): void {
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
