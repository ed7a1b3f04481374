import type { Failpoint } from "../armed-failpoints.ts";
import type { Harness } from "../harness.ts";
import { isSettled, unsettledSteps } from "../settled-system.ts";
import { waitUntil } from "../wait-until.ts";
import type { FaultSetup } from "./fault-setup.ts";
import { MOMENTS, type Scenario, STEPS } from "./scenario.ts";

const PATIENCE_SECONDS = 60;
const POINTS: Failpoint[] = STEPS.flatMap((step) => MOMENTS.map((moment): Failpoint => `${moment}.${step}`));

/** Fault in which a stalled writer overwrites a later decision unless it is fenced off. */
export const resumesWithFailure: Scenario = {
  name: "a stalled process resumes with a failed call after another process has received the answer",
  run: (setup) =>
    besideSecondDesk(setup, async () => {
      const { harness } = setup;
      harness.demo.setFaultMode("CIVIL_STATUS", "DOWN");
      harness.failpoints.arm("after-call.BIRTH", "hold");
      await setup.send();
      await harness.failpoints.fired("after-call.BIRTH");
      await takeOver(harness, () => {
        harness.failpoints.arm("after-commit.BIRTH", "hold");
        harness.failpoints.release("after-call.BIRTH");
      });
      await harness.failpoints.fired("after-commit.BIRTH");
      harness.failpoints.release("after-commit.BIRTH");
    }),
};

export const stalledProcesses: Scenario[] = [
  {
    name: "one-stop stalls longer than its lease at every boundary of every step; another process takes over",
    async run(setup) {
      const { harness } = setup;
      await besideSecondDesk(setup, async () => {
        for (const point of POINTS) harness.failpoints.arm(point, "hold");
        const open = () => POINTS.filter((point) => !harness.failpoints.hasFired(point));
        // a dossier that stalls at one boundary does not reach the next, so each boundary needs another dossier
        await waitUntil("every boundary holds a dossier", async () => {
          if (open().length > 0) await setup.send();
          return open().length === 0;
        });
        await takeOver(harness, () => {
          for (const point of POINTS) harness.failpoints.release(point);
        });
      });
    },
  },
  resumesWithFailure,
];

/** Runs a scenario beside a second one-stop process on the same database, which no failpoint holds. */
async function besideSecondDesk({ harness }: FaultSetup, play: () => Promise<void>): Promise<void> {
  await harness.start("second-desk");
  try {
    await harness.secondDeskReady();
    await play();
  } finally {
    harness.failpoints.clear();
    await harness.stop("second-desk");
  }
}

/** Stops the held process as a whole, so that only the other process can take over its work. */
async function takeOver(harness: Harness, thenWakes: () => void): Promise<void> {
  harness.signal("one-stop", "SIGSTOP");
  try {
    harness.demo.setFaultMode("CIVIL_STATUS", "UP");
    if (!(await isSettled(harness, PATIENCE_SECONDS)))
      throw new Error(`No process took over from the stalled one: ${await unsettledSteps(harness)}`);
    thenWakes();
  } finally {
    harness.signal("one-stop", "SIGCONT");
  }
}
