import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

/** Content of PostgreSQL's `postmaster.pid`. It may be stale, even in the state "ready". */
type LockFile = { pid: number; port: number; ready: boolean };

/** Reads the lock file of a cluster; undefined if there is none, or it is not whole yet. */
export function readLockFile(cluster: string): LockFile | undefined {
  let lines: string[];
  try {
    lines = readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n");
  } catch {
    return undefined;
  }
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return pid > 0 ? { pid, port, ready: lines[7]?.trim() === "ready" } : undefined;
}

/** `zombie`: ended, but not yet reaped by its parent. `stranger`: another program has the process number now. */
type ProcessState = "gone" | "zombie" | "postgres" | "stranger";

/** State of a process. Without /proc its program is unknown, and a living process counts as postgres. */
export function processState(pid: number): ProcessState {
  try {
    process.kill(pid, 0);
  } catch (cause) {
    const refused = cause instanceof Error && "code" in cause && cause.code === "EPERM";
    if (!refused) return "gone";
  }
  try {
    const [, program, state] = /\((.*)\) (\S)/s.exec(readFileSync(`/proc/${pid}/stat`, "latin1")) ?? [];
    if (state === "Z" || state === "X") return "zombie";
    return program === undefined || program.startsWith("postgres") ? "postgres" : "stranger";
  } catch {
    return "postgres";
  }
}

/**
 * Removes a lock file whose process cannot be this cluster's server, where PostgreSQL itself would refuse to start
 * because a process with that number exists. Its check of the shared memory (keyed by the folder's inode) still guards against two servers.
 */
export function removeStaleLockFile(cluster: string, stale: LockFile): void {
  if (readLockFile(cluster)?.pid === stale.pid) rmSync(join(cluster, "postmaster.pid"), { force: true });
}
