import { Worker } from "node:worker_threads";
import type { ThreadProgram } from "../../thread-program.ts";
import type { PlannerResult, PlannerTask } from "./query-planner.ts";
import type { PlannerThreadStart, ThreadMessage } from "./thread-messages.ts";

/** A worker thread with a query planner. It plans one operation at a time. */
export type PlannerThread = {
  /** The result goes to `onResult`. */
  plan(operation: PlannerTask): void;
  /** Ends the thread, also while it plans. No callback follows. */
  terminate(): Promise<void>;
};

/** Callbacks of a planner thread. */
export type ThreadEvents = {
  onReady(apiSdl: string | undefined): void;
  onResult(result: PlannerResult): void;
  /** The thread has ended by itself. */
  onEnd(end: ThreadEnd): void;
};

export type ThreadEnd =
  | { kind: "unusable"; reason: string }
  | { kind: "out of memory" }
  | { kind: "crashed"; error: unknown };

const YOUNG_GENERATION_MB = 32;

export function openPlannerThread(
  program: ThreadProgram,
  start: PlannerThreadStart,
  memoryMb: number,
  { onReady, onResult, onEnd }: ThreadEvents,
): PlannerThread {
  const options = {
    name: "planner",
    workerData: start,
    env: {}, // without the gateway's keys
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
  };
  const worker =
    "file" in program ? new Worker(program.file, options) : new Worker(program.code, { ...options, eval: true });
  let isOver = false;

  function end(reason: ThreadEnd): void {
    if (isOver) return;
    isOver = true;
    onEnd(reason);
  }

  worker.on("message", (message: ThreadMessage) => {
    if (isOver) return;
    if (message.kind === "ready") onReady(message.apiSdl);
    else if (message.kind === "result") onResult(message.result);
    else end(message);
  });
  worker.on("error", (error) => {
    const isMemory = "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
    end(isMemory ? { kind: "out of memory" } : { kind: "crashed", error });
  });
  worker.on("exit", (code) =>
    end({ kind: "crashed", error: new Error(`A planner thread has ended with code ${code}`) }),
  );

  return {
    plan: ({ text, overrides }) => worker.postMessage({ text, overrides }),
    async terminate() {
      isOver = true;
      await worker.terminate();
    },
  };
}

/** Error of a gateway or a new supergraph version that could not start its first thread. */
export function startFailure(end: ThreadEnd, memoryMb: number): Error {
  if (end.kind === "unusable") return new Error(end.reason);
  if (end.kind === "crashed" && end.error instanceof Error) return end.error;
  return new Error(`The supergraph needs more than PLANNING_MEMORY_MB (${memoryMb}) to be planned for`);
}
