import { spawn } from "node:child_process";
import { closeSync, fchownSync, openSync, readFileSync, renameSync, statSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { Binaries } from "./binaries.ts";
import { programEnvironment } from "./cluster.ts";
import { binaryUnusable, explainExit } from "./failures.ts";
import type { Home } from "./home.ts";
import { processState, readLockFile } from "./lockfile.ts";

/** A server process: `exited` resolves when it is gone. */
export type Postmaster = { pid: number; port: number; exited: Promise<void> };

const largestLog = 20 * 1024 * 1024;

const defaults: Record<string, string> = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "300",
  shared_buffers: "256MB",
  fsync: "on",
  synchronous_commit: "on",
  wal_level: "replica",
  timezone: "UTC",
  log_timezone: "UTC",
  log_line_prefix: "%m [%p] %d ",
  jit: "off",
  // the log must never hold a citizen's data: neither the failed statement nor the key values of a violation
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
};

/**
 * Starts a server and waits until it accepts connections, through crash recovery if need be.
 * Undefined: another server, or what a killed one left, holds the cluster. Throws PORT_TAKEN, DISK_FULL, START_FAILED.
 */
export async function launch(
  home: Home,
  binaries: Binaries,
  port: number,
  settings: Record<string, string>,
): Promise<Postmaster | undefined> {
  const log = openLog(home);
  const printedBefore = statSync(home.log).size;
  const parameters = Object.entries({
    ...defaults,
    ...settings,
    port: String(port),
  });
  const child = spawn(
    binaries.postgres,
    ["-D", home.cluster, ...parameters.flatMap(([name, value]) => ["-c", `${name}=${value}`])],
    // a separate process group: Ctrl-C must reach the services first, their supervisor stops the server
    {
      ...home.account,
      cwd: home.path,
      env: programEnvironment,
      stdio: ["ignore", log, log],
      detached: true,
    },
  );
  closeSync(log);
  child.unref();
  let ended: string | undefined;
  const exited = new Promise<void>((resolve, reject) => {
    child.once("error", (cause) => reject(binaryUnusable(binaries.postgres, cause)));
    child.once("exit", (code, signal) => {
      ended = String(code ?? signal);
      resolve();
    });
  });
  for (;;) {
    await Promise.race([exited, sleep(15)]);
    if (ended !== undefined) {
      const printed = readFileSync(home.log).subarray(printedBefore).toString();
      const why = explainExit(`PostgreSQL ended with ${ended} (see ${home.log})`, printed, home.path, port);
      if (why) throw why;
      return undefined;
    }
    // a lock file left by a killed server says "ready" too, but under that server's number
    const lock = readLockFile(home.cluster);
    if (child.pid !== undefined && lock?.pid === child.pid && lock.ready) return { pid: child.pid, port, exited };
  }
}

/** A server this process did not start, so its end can only be watched for. */
export function watch(pid: number, port: number): Postmaster {
  const exited = new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      if (processState(pid) === "postgres") return;
      clearInterval(timer);
      resolve();
    }, 100);
    timer.unref();
  });
  return { pid, port, exited };
}

/** Fast shutdown (sessions are ended, everything is written); after ten seconds immediate (recovers at next start). */
export async function stop({ pid, exited }: Postmaster): Promise<void> {
  for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
    if (processState(pid) !== "postgres") break;
    process.kill(pid, signal);
    if (await endsWithin(exited, 10_000)) break;
  }
  await endsWithin(exited, 1_000);
}

async function endsWithin(exited: Promise<void>, milliseconds: number): Promise<boolean> {
  const patience = new AbortController();
  const late = sleep(milliseconds, false, { signal: patience.signal }).catch(() => false);
  const ended = await Promise.race([exited.then(() => true), late]);
  patience.abort();
  return ended;
}

function openLog(home: Home): number {
  const size = statSync(home.log, { throwIfNoEntry: false })?.size ?? 0;
  if (size > largestLog) renameSync(home.log, `${home.log}.1`);
  const log = openSync(home.log, "a", 0o640);
  const { uid, gid } = home.account;
  if (uid !== undefined) fchownSync(log, uid, gid ?? uid);
  return log;
}
