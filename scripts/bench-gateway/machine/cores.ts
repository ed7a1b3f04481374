import { execFileSync } from "node:child_process";
import { cpus } from "node:os";
import { familyOf } from "./processes.ts";

/** Tells whether programs can be pinned to a core (Linux, `taskset`, at least two cores). */
export const isPinnable = hasTaskset() && cpus().length > 1;

/** Core of the measured program, and core of everything else. */
export const MEASURED_CORE = 0;
export const OTHER_CORE = 1;
/** In the form of `taskset -c`. */
export const ALL_CORES = `0-${cpus().length - 1}`;

/** Pins a running process and its children, with all threads, to the core of everything else. */
export function pinToOtherCore(pid: number): void {
  pin(pid, String(OTHER_CORE));
}

/** Lets a pinned process and its children use every core again. */
export function unpin(pid: number): void {
  pin(pid, ALL_CORES);
}

function pin(pid: number, cores: string): void {
  if (!isPinnable) return;
  for (const each of familyOf(pid)) execFileSync("taskset", ["-acp", cores, String(each)], { stdio: "ignore" });
}

function hasTaskset(): boolean {
  try {
    execFileSync("taskset", ["--version"], { stdio: "ignore" });
    return process.platform === "linux";
  } catch {
    return false;
  }
}
