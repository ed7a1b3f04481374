import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** Identity of a process: its number and the time of its start, because the system reuses numbers. */
export type ProcessIdentity = { pid: number; started: string };

export function identityOf(pid: number): ProcessIdentity {
  return { pid, started: startOf(pid) ?? "" };
}

/** Tells whether this very process still runs. Where start times are unknown, a running process of that number counts. */
export function isAlive({ pid, started }: ProcessIdentity): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EPERM")) return false;
  }
  const now = startOf(pid);
  return now === undefined || started === "" || now === started;
}

/** Start time of a process, as the system writes it; `ended` for a zombie; undefined where it is unknown. */
function startOf(pid: number): string | undefined {
  try {
    if (process.platform === "linux") {
      const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return fields[0] === "Z" || fields[0] === "X" ? "ended" : fields[19];
    }
    const asked = ["-o", "lstart=", "-p", String(pid)];
    return execFileSync("ps", asked, { stdio: ["ignore", "pipe", "ignore"] })
      .toString()
      .trim();
  } catch {
    return undefined;
  }
}

/** Sends a signal to a process that may have ended already. */
export function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
