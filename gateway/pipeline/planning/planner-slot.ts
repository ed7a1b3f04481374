import type { PlannerThread } from "./planner-thread.ts";
import type { PlanningJob } from "./planning-job.ts";

/** A planner thread with its present work. */
export type PlannerSlot = {
  thread: PlannerThread;
  isReady: boolean;
  job: PlanningJob | undefined;
  /** Beginning of the present job. */
  began: number;
  timers: NodeJS.Timeout[];
};

export function newSlot(thread: PlannerThread): PlannerSlot {
  return { thread, isReady: false, job: undefined, began: 0, timers: [] };
}

export function runningMs({ began }: PlannerSlot): number {
  return performance.now() - began;
}

export function clearTimers({ timers }: PlannerSlot): void {
  for (const timer of timers) clearTimeout(timer);
}
