import type { FaultStage } from "./fault-stage.ts";

/** A fault staged at one place. It resolves when the fault is over; what must hold then, the invariants say. */
export type Scenario = { name: string; run(stage: FaultStage): Promise<void> };

export const STEPS = ["BIRTH", "PERSONAL_NUMBER", "NUMBER_NOTICE", "RESIDENCE", "INSURANCE"] as const;
export const MOMENTS = ["before-call", "after-call", "after-commit"] as const;
