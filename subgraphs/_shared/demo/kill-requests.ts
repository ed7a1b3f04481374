import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = "kill";
const SUPERVISOR = "supervisor.json";
const EVERY_MS = 100;

/** Requests to kill a process of the demo, as files below its directory: the gateway writes them, the supervisor takes them. */
export type KillRequests = {
  /** True while a supervisor takes requests, which starts again what it kills. */
  isSupervised(): boolean;
  add(process: string): void;
};

export function killRequests(directory: string): KillRequests {
  const folder = join(directory, FOLDER);
  return {
    isSupervised: () => isAlive(supervisorOf(folder)),
    add: (process) => writeFileSync(join(folder, process), ""),
  };
}

/** Takes requests until it is stopped. `kill` ignores names of no process. */
export function takeKillRequests(directory: string, kill: (process: string) => void): { stop(): void } {
  const folder = join(directory, FOLDER);
  rmSync(folder, { recursive: true, force: true }); // requests of an earlier run are void
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, SUPERVISOR), JSON.stringify({ pid: process.pid }));
  const timer = setInterval(() => {
    for (const name of readdirSync(folder).filter((each) => each !== SUPERVISOR)) {
      rmSync(join(folder, name), { force: true });
      kill(name);
    }
  }, EVERY_MS);
  return {
    stop() {
      clearInterval(timer);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function supervisorOf(folder: string): number | undefined {
  const path = join(folder, SUPERVISOR);
  if (!existsSync(path)) return undefined;
  return (JSON.parse(readFileSync(path, "utf8")) as { pid: number }).pid; // written by takeKillRequests alone
}

function isAlive(pid: number | undefined): boolean {
  if (pid === undefined) return false;
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
