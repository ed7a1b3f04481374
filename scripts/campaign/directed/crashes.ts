import type { Failpoint } from "../armed-failpoints.ts";
import { until } from "../wait-until.ts";
import type { Stage } from "./fault-stage.ts";
import { MOMENTS, type Scenario, STEPS } from "./scenario.ts";

/** At every boundary of every step the one-stop process dies by kill -9 and comes back. */
export const deaths: Scenario[] = STEPS.flatMap((step) =>
  MOMENTS.map((moment) => ({
    name: `one-stop dies ${moment} of ${step}`,
    run: (stage: Stage) => diesAt(stage, `${moment}.${step}`, () => stage.send()),
  })),
);

/** Arms a point to kill, does what leads there, and brings the process back. */
export async function diesAt({ arena }: Stage, point: Failpoint, leadsThere: () => Promise<unknown>): Promise<void> {
  const pid = arena.pidOf("one-stop");
  arena.failpoints.arm(point, "kill");
  const led = leadsThere();
  await arena.failpoints.fired(point);
  await until("the process is gone", async () => arena.pidOf("one-stop") !== pid);
  arena.failpoints.clear();
  await arena.revive("one-stop");
  await led;
}
