import type { QueryPlan } from "@apollo/query-planner";
import type { Depth } from "./comparison.ts";
import type { Stage } from "./data/in-process.ts";
import type { Asked } from "./data/merged.ts";

/** What a system answered: `data` as JSON text, the errors with their paths, and the plan it followed. */
export type Answered = { data: string; errors: readonly Problem[]; plan?: QueryPlan | undefined };

/** An error of an answer, as JSON has it. */
export type Problem = {
  message: string;
  path?: readonly (string | number)[] | undefined;
  extensions?: Record<string, unknown> | undefined;
};

/** An executor under test over a federation's subgraphs, which all are in this process. */
export type System = {
  name: string;
  stage: Stage;
  /** How far its answers are compared; those of faulty subgraphs never up to the "paths". */
  compared: Depth;
  run(asked: Asked): Promise<Answered>;
  close(): Promise<void>;
};
