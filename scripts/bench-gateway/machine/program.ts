import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { projectPath } from "../../../subgraphs/_shared/serving/paths.ts";
import { ALL_CORES, isPinnable } from "./cores.ts";
import { cpuSeconds, familyOf, residentBytes } from "./processes.ts";

export type Program = {
  pid: number;
  /** Time of its start, by performance.now(). */
  spawnedAt: number;
  /** Seconds of processor time it and its children have used. */
  cpuSeconds(): number;
  residentBytes(): number;
  signal(name: NodeJS.Signals): void;
  /** Its output so far, for the message of a failed start. */
  said(): string;
  /** Resolves when it has ended. */
  ended: Promise<void>;
  stop(): Promise<void>;
};

export type Launch = {
  /** Program; default: Node.js. */
  program?: string | undefined;
  args: string[];
  environment: Record<string, string>;
  /** Working directory; default: the root of this checkout. */
  directory?: string | undefined;
  /** The processor core it may use; default: every core, also where the bench itself is pinned to one. */
  core: number | undefined;
  /** File of its output. */
  log: string;
};

const GRACE_MS = 5_000;

/** Starts a program on its core, with only the given environment. */
export function launch({
  program = process.execPath,
  args,
  environment,
  directory = projectPath(),
  core,
  log,
}: Launch): Program {
  const cores = core === undefined ? ALL_CORES : String(core);
  const output = openSync(log, "a");
  const spawnedAt = performance.now();
  const child = spawn(isPinnable ? "taskset" : program, isPinnable ? ["-c", cores, program, ...args] : args, {
    cwd: directory,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment },
    stdio: ["ignore", output, output, "ipc"], // the program ends with this channel
  });
  closeSync(output);
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const pid = child.pid ?? 0;
  return {
    pid,
    spawnedAt,
    cpuSeconds: () => familyOf(pid).reduce((sum, each) => sum + cpuSeconds(each), 0),
    residentBytes: () => familyOf(pid).reduce((sum, each) => sum + residentBytes(each), 0),
    signal: (name) => void child.kill(name),
    said: () => readFileSync(log, "utf8").slice(-2_000),
    ended,
    async stop() {
      const late = setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
      child.kill("SIGTERM");
      await ended;
      clearTimeout(late);
    },
  };
}
