import type { Failpoint } from "../armed-failpoints.ts";
import { killAt } from "./crashes.ts";
import type { Scenario } from "./scenario.ts";

/** SIGKILL of the one-stop process at a boundary of a channel: of its consumer of the stream, or of a delivery. */
export function channelKilled(point: Failpoint): Scenario {
  return {
    name: `one-stop is killed ${point.replace(".", " of ")}`,
    run: (setup) => killAt(setup, point, () => setup.send()),
  };
}
