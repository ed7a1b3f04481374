import type { Failpoint } from "../armed-failpoints.ts";
import { waitUntil } from "../wait-until.ts";
import type { FaultSetup } from "./fault-setup.ts";
import { MOMENTS, type Scenario, STEPS } from "./scenario.ts";

/** SIGKILL of the one-stop process at every boundary of every step. */
export const crashes: Scenario[] = STEPS.flatMap((step) =>
  MOMENTS.map((moment) => ({
    name: `one-stop is killed ${moment} of ${step}`,
    run: (setup: FaultSetup) => killAt(setup, `${moment}.${step}`, () => setup.send()),
  })),
);

/** Arms a failpoint to kill, triggers it, and restarts the process. */
export async function killAt(
  { harness }: FaultSetup,
  point: Failpoint,
  trigger: () => Promise<unknown>,
): Promise<void> {
  const pid = harness.pidOf("one-stop");
  harness.failpoints.arm(point, "kill");
  const triggered = trigger();
  await harness.failpoints.fired(point);
  await waitUntil("the process has ended", async () => harness.pidOf("one-stop") !== pid);
  harness.failpoints.clear();
  await harness.start("one-stop");
  await triggered;
}
