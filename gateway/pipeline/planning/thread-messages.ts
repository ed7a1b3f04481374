import type { PlannerResult } from "./query-planner.ts";

/** Data that a planner thread starts with. */
export type PlannerThreadStart = {
  supergraphSdl: string;
  /** True for the thread that validates the supergraph and reports the public schema. */
  isFirst: boolean;
  /** True if operations wait for this thread. */
  isUrgent: boolean;
};

/** Messages of a planner thread. It receives `PlannerTask`s, one at a time. */
export type ThreadMessage =
  | { kind: "ready"; apiSdl: string | undefined }
  /** The supergraph cannot be planned for; the thread ends. */
  | { kind: "unusable"; reason: string }
  | { kind: "result"; result: PlannerResult };
