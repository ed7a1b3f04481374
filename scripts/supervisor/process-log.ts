import { mkdirSync, openSync, readFileSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import type { ServerName } from "./server-processes.ts";

const LARGEST_LOG = 10 * 1024 * 1024;
const LINES_SHOWN = 12;

export function logPath(data: string, part: ServerName): string {
  return join(data, "logs", `${part}.log`);
}

/** Opens a part's log for appending; one of more than 10 MB is first set aside as `.1`, in place of the one before. */
export function openLog(data: string, part: ServerName): number {
  const path = logPath(data, part);
  mkdirSync(join(data, "logs"), { recursive: true });
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LARGEST_LOG) renameSync(path, `${path}.1`);
  return openSync(path, "a", 0o640);
}

/** The last lines of a part's log. */
export function lastLines(data: string, part: ServerName): string {
  const lines = readFileSync(logPath(data, part), "utf8").trimEnd().split("\n");
  return lines
    .slice(-LINES_SHOWN)
    .map((line) => `  ${line}`)
    .join("\n");
}
