import type { FaultStage } from "./fault-stage.ts";

/** One directed fault. Resolves when the fault is over; the invariants are checked afterwards. */
export type Scenario = { name: string; run(stage: FaultStage): Promise<void> };

export const STEPS = ["BIRTH", "PERSONAL_NUMBER", "NUMBER_NOTICE", "RESIDENCE", "INSURANCE"] as const;
export const MOMENTS = ["before-call", "after-call", "after-commit"] as const;
