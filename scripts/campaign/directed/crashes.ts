import type { Failpoint } from "../armed-failpoints.ts";
import { waitUntil } from "../wait-until.ts";
import type { FaultStage } from "./fault-stage.ts";
import { MOMENTS, type Scenario, STEPS } from "./scenario.ts";

/** Kills the one-stop process by kill -9 at every boundary of every step. */
export const crashes: Scenario[] = STEPS.flatMap((step) =>
  MOMENTS.map((moment) => ({
    name: `one-stop dies ${moment} of ${step}`,
    run: (stage: FaultStage) => crashesAt(stage, `${moment}.${step}`, () => stage.send()),
  })),
);

/** Arms a failpoint to kill, triggers it, and restarts the process. */
export async function crashesAt(
  { harness }: FaultStage,
  point: Failpoint,
  leadsThere: () => Promise<unknown>,
): Promise<void> {
  const pid = harness.pidOf("one-stop");
  harness.failpoints.arm(point, "kill");
  const led = leadsThere();
  await harness.failpoints.fired(point);
  await waitUntil("the process is gone", async () => harness.pidOf("one-stop") !== pid);
  harness.failpoints.clear();
  await harness.revive("one-stop");
  await led;
}
