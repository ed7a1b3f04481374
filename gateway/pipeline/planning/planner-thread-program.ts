import { parentPort, workerData } from "node:worker_threads";
import { lowerPriority } from "../../thread-program.ts";
import type { PlannerTask } from "./query-planner.ts";
import type { PlannerThreadStart, ThreadMessage } from "./thread-messages.ts";

/** Program of a planner thread: opens the planner of a supergraph, then plans one operation after another. */
async function main({ supergraphSdl, isFirst, isUrgent }: PlannerThreadStart): Promise<void> {
  const tell = (message: ThreadMessage) => parentPort?.postMessage(message);
  if (!isUrgent) lowerPriority(); // the start takes most of a second of CPU
  try {
    const { openQueryPlanner } = await import("./query-planner.ts");
    const planner = openQueryPlanner(supergraphSdl, !isFirst);
    parentPort?.on("message", (operation: PlannerTask) => tell({ kind: "result", result: planner.plan(operation) }));
    if (isUrgent) lowerPriority();
    tell({ kind: "ready", apiSdl: isFirst ? planner.apiSdl() : undefined });
  } catch (error) {
    tell({ kind: "unusable", reason: error instanceof Error ? error.message : String(error) });
  }
}

main(workerData as PlannerThreadStart); // set by openPlannerThread
