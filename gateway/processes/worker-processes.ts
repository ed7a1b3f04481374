import cluster, { type Worker } from "node:cluster";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { relayMetrics } from "../observability/metrics-of-processes.ts";
import { returnUntakenConnections } from "./untaken-connections.ts";

/** Pause before a process is started again: 0.2 s, doubled up to 10 s; reset after a minute of running. */
const PAUSE_MS = { first: 200, longest: 10_000, resetAfter: 60_000 };
/** Time limit of an orderly stop, longer than a process waits for its requests in flight. */
const STOP_MS = 20_000;
const READY = "motcua:ready";

export type WorkerProcesses = { close(): Promise<void> };

/** Tells the primary process that this worker process serves. */
export function reportReady(): void {
  process.send?.(READY);
}

/**
 * Runs this program in `count` worker processes that serve one port, and starts each again when it ends. The first one must
 * serve before the others start, because they use the keys and the playground that it makes.
 * @throws Error when the first one does not start; that process has logged the reason
 */
export async function runWorkerProcesses(count: number, log: Logger): Promise<WorkerProcesses> {
  const stopping = new AbortController();
  const running = new Map<Worker, number>();
  relayMetrics((worker) => running.get(worker));

  function fork(number: number): { ended: Promise<string>; ready: Promise<boolean> } {
    const worker = cluster.fork();
    returnUntakenConnections(worker);
    running.set(worker, number);
    const ended = new Promise<string>((resolve) => {
      worker.once("exit", (code, signal) => {
        running.delete(worker);
        resolve(signal ? `by ${signal}` : `with exit code ${code}`);
      });
    });
    const reported = new Promise<boolean>((resolve) => {
      worker.on("message", (message) => message === READY && resolve(true));
    });
    return { ended, ready: Promise.race([reported, ended.then(() => false)]) };
  }

  async function restartWhenEnded(number: number, first: Promise<string>): Promise<void> {
    let began = performance.now();
    let pauseMs = PAUSE_MS.first;
    for (let ended = first; ; ended = fork(number).ended) {
      const how = await ended;
      if (stopping.signal.aborted) return;
      if (performance.now() - began > PAUSE_MS.resetAfter) pauseMs = PAUSE_MS.first;
      log.error({ process: number, how, pauseMs }, "A process of the gateway ended; it is started again");
      await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      pauseMs = Math.min(pauseMs * 2, PAUSE_MS.longest);
      began = performance.now();
    }
  }

  const { ended, ready } = fork(1);
  const supervised = [restartWhenEnded(1, ended)];
  const close = async () => {
    stopping.abort();
    const signal = (name: NodeJS.Signals) => {
      for (const worker of running.keys()) worker.process.kill(name);
    };
    signal("SIGTERM");
    const late = setTimeout(() => signal("SIGKILL"), STOP_MS);
    await Promise.all(supervised);
    clearTimeout(late);
  };
  if (!(await ready)) {
    await close();
    throw new Error("The first process of the gateway did not start");
  }
  for (let number = 2; number <= count; number++) supervised.push(restartWhenEnded(number, fork(number).ended));
  return { close };
}
