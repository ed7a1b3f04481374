import { mkdirSync, openSync, readFileSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import type { ServerName } from "./server-processes.ts";

const LARGEST_LOG = 10 * 1024 * 1024;
const LINES_SHOWN = 12;

export function logPath(data: string, name: ServerName): string {
  return join(data, "logs", `${name}.log`);
}

/** Opens the log of a process for appending. A log of more than 10 MB is first renamed to `.1`, replacing the last one. */
export function openLog(data: string, name: ServerName): number {
  const path = logPath(data, name);
  mkdirSync(join(data, "logs"), { recursive: true });
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LARGEST_LOG) renameSync(path, `${path}.1`);
  return openSync(path, "a", 0o640);
}

/** Last lines of the log of a process. */
export function lastLines(data: string, name: ServerName): string {
  const lines = readFileSync(logPath(data, name), "utf8").trimEnd().split("\n");
  return lines
    .slice(-LINES_SHOWN)
    .map((line) => `  ${line}`)
    .join("\n");
}
