import { type ChildProcess, spawn } from "node:child_process";
import { closeSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import type { RunningProcess } from "./supervision.ts";

/** Time between SIGTERM and SIGKILL. */
const GRACE_MS = 3_000;

/**
 * Starts a Node program. Its IPC channel closes when this process has ended, by which it notices that. Its own process
 * group keeps Ctrl-C from it: only the supervisor receives Ctrl-C and stops everything in order.
 */
export async function launchProgram(
  program: string[],
  environment: NodeJS.ProcessEnv,
  log: number,
): Promise<RunningProcess> {
  const windows = process.platform === "win32";
  const child = spawn(process.execPath, ["--enable-source-maps", ...program], {
    cwd: projectPath(),
    env: environment,
    stdio: ["ignore", log, log, "ipc"],
    detached: !windows,
    windowsHide: true,
  });
  closeSync(log);
  const ended = endOf(child);
  await new Promise<void>((resolve, reject) => {
    child.once("spawn", resolve);
    child.once("error", reject);
  });
  return {
    pid: child.pid ?? 0,
    ended,
    async stop() {
      child.kill("SIGTERM");
      const patience = new AbortController();
      const late = sleep(GRACE_MS, "late", { signal: patience.signal }).catch(() => "late");
      if ((await Promise.race([ended, late])) === "late") child.kill("SIGKILL");
      patience.abort();
      await ended;
    },
  };
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once("exit", (code, signal) => resolve(signal ? `by ${signal}` : `with exit code ${code}`));
  });
}
