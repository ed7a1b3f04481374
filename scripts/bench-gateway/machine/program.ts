import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { projectPath } from "../../../subgraphs/_shared/paths.ts";
import { isPinnable } from "./cores.ts";

export type Program = {
  pid: number;
  /** When it was spawned, by performance.now(). */
  spawnedAt: number;
  /** Seconds of processor time it and its children have used. */
  cpuSeconds(): number;
  residentBytes(): number;
  signal(name: NodeJS.Signals): void;
  /** What it has written so far, for a message when it did not start. */
  said(): string;
  stop(): Promise<void>;
};

export type Launch = {
  /** Arguments of Node. */
  node: string[];
  environment: Record<string, string>;
  /** The processor core it may use; undefined: any. */
  core: number | undefined;
  /** Where its output goes. */
  log: string;
};

const TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4_096;
const GRACE_MS = 5_000;

/** Starts a Node program on one core, with nothing in its environment but what it is given. */
export function launch({ node, environment, core, log }: Launch): Program {
  const pinned = core !== undefined && isPinnable;
  const output = openSync(log, "a");
  const spawnedAt = performance.now();
  const child = spawn(
    pinned ? "taskset" : process.execPath,
    pinned ? ["-c", String(core), process.execPath, ...node] : node,
    {
      cwd: projectPath(),
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment },
      stdio: ["ignore", output, output, "ipc"], // its programs end when this channel does
    },
  );
  closeSync(output);
  const pid = child.pid ?? 0;
  return {
    pid,
    spawnedAt,
    cpuSeconds: () => familyOf(pid).reduce((sum, each) => sum + cpuSeconds(each), 0),
    residentBytes: () => familyOf(pid).reduce((sum, each) => sum + residentBytes(each), 0),
    signal: (name) => void child.kill(name),
    said: () => readFileSync(log, "utf8").slice(-2_000),
    stop: () => ended(child),
  };
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const late = setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
    child.once("exit", () => {
      clearTimeout(late);
      resolve();
    });
    child.kill("SIGTERM");
  });
}

function familyOf(pid: number): number[] {
  const children = (read(`/proc/${pid}/task/${pid}/children`) ?? "").trim();
  return [pid, ...children.split(" ").filter(Boolean).map(Number)];
}

function cpuSeconds(pid: number): number {
  const fields = read(`/proc/${pid}/stat`)?.split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / TICKS_PER_SECOND;
}

function residentBytes(pid: number): number {
  return Number(read(`/proc/${pid}/statm`)?.split(" ")[1] ?? 0) * PAGE_BYTES;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
