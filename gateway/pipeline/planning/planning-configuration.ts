import * as z from "zod";

/** Bounds of planning. */
export type PlanningConfiguration = {
  /** Longest time that one operation is planned. */
  timeoutMs: number;
  /** Planner threads of one supergraph version. */
  threads: number;
  /** Heap of one planner thread. */
  memoryMb: number;
  /** Operations that wait for a planner thread. */
  queue: number;
};

const whole = (least: number, most: number, fallback: number) =>
  z.coerce
    .number({ error: "must be a number" })
    .int({ error: "must be a whole number" })
    .min(least, { error: `must be at least ${least}` })
    .max(most, { error: `must be at most ${most}` })
    .default(fallback);

export const planningVariables = {
  PLANNING_TIMEOUT_MS: whole(1, 600_000, 5_000),
  PLANNING_THREADS: whole(1, 64, 2),
  PLANNING_MEMORY_MB: whole(32, 65_536, 512),
  PLANNING_QUEUE: whole(1, 100_000, 1_000),
};

type Read = { [name in keyof typeof planningVariables]: number };

/** An operation is not planned for longer than a query may take. */
export function planningConfiguration(read: Read, queryTimeoutMs: number): PlanningConfiguration {
  return {
    timeoutMs: Math.min(read.PLANNING_TIMEOUT_MS, queryTimeoutMs),
    threads: read.PLANNING_THREADS,
    memoryMb: read.PLANNING_MEMORY_MB,
    queue: read.PLANNING_QUEUE,
  };
}
