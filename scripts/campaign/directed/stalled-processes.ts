import type { Failpoint } from "../armed-failpoints.ts";
import type { Harness } from "../harness.ts";
import { isSettled } from "../settled-system.ts";
import { waitUntil } from "../wait-until.ts";
import type { FaultStage } from "./fault-stage.ts";
import { MOMENTS, type Scenario, STEPS } from "./scenario.ts";

const PATIENCE_SECONDS = 30;
const POINTS: Failpoint[] = STEPS.flatMap((step) => MOMENTS.map((moment): Failpoint => `${moment}.${step}`));

/** Fault in which a late writer overwrites a later decision unless it is fenced off. */
export const wakesWithFailure: Scenario = {
  name: "a stalled process wakes with a failure when another has long been answered",
  run: (stage) =>
    besideSecondDesk(stage, async () => {
      const { harness } = stage;
      harness.demo.setMood("CIVIL_STATUS", "DOWN");
      harness.failpoints.arm("after-call.BIRTH", "hold");
      await stage.send();
      await harness.failpoints.fired("after-call.BIRTH");
      await takenOver(harness, () => {
        harness.failpoints.arm("after-commit.BIRTH", "hold");
        harness.failpoints.release("after-call.BIRTH");
      });
      await harness.failpoints.fired("after-commit.BIRTH");
      harness.failpoints.release("after-commit.BIRTH");
    }),
};

export const stalledProcesses: Scenario[] = [
  {
    name: "one-stop stalls past its lease at every boundary of every step; another process takes over",
    async run(stage) {
      const { harness } = stage;
      await besideSecondDesk(stage, async () => {
        for (const point of POINTS) harness.failpoints.arm(point, "hold");
        const open = () => POINTS.filter((point) => !harness.failpoints.hasFired(point));
        // a dossier that stalls at one boundary does not reach the next: each boundary needs another dossier
        await waitUntil("every boundary holds a dossier", async () => {
          if (open().length > 0) await stage.send();
          return open().length === 0;
        });
        await takenOver(harness, () => {
          for (const point of POINTS) harness.failpoints.release(point);
        });
      });
    },
  },
  wakesWithFailure,
];

/** Runs a scenario beside a second one-stop process on the same database, which no failpoint holds. */
async function besideSecondDesk({ harness }: FaultStage, play: () => Promise<void>): Promise<void> {
  await harness.revive("second-desk");
  try {
    await harness.secondDeskReady();
    await play();
  } finally {
    harness.failpoints.clear();
    await harness.stop("second-desk");
  }
}

/** Stops the held process as a whole, so that only the other process can take over its work. */
async function takenOver(harness: Harness, thenWakes: () => void): Promise<void> {
  harness.kill("one-stop", "SIGSTOP");
  try {
    harness.demo.setMood("CIVIL_STATUS", "UP");
    if (!(await isSettled(harness, PATIENCE_SECONDS))) throw new Error("No process took over from the stalled one");
    thenWakes();
  } finally {
    harness.kill("one-stop", "SIGCONT");
  }
}
