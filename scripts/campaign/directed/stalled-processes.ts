import type { Failpoint } from "../armed-failpoints.ts";
import type { Arena } from "../harness.ts";
import { atRest } from "../settled-system.ts";
import { until } from "../wait-until.ts";
import type { Stage } from "./fault-stage.ts";
import { MOMENTS, type Scenario, STEPS } from "./scenario.ts";

const PATIENCE_SECONDS = 30;
const POINTS: Failpoint[] = STEPS.flatMap((step) => MOMENTS.map((moment): Failpoint => `${moment}.${step}`));

/** Under which a late writer overwrites what is long decided, if nothing keeps it off. */
export const wakesWithFailure: Scenario = {
  name: "a stalled process wakes with a failure when another has long been answered",
  run: (stage) =>
    besideSecondDesk(stage, async () => {
      const { arena } = stage;
      arena.demo.setMood("CIVIL_STATUS", "DOWN");
      arena.failpoints.arm("after-call.BIRTH", "hold");
      await stage.send();
      await arena.failpoints.fired("after-call.BIRTH");
      await takenOver(arena, () => {
        arena.failpoints.arm("after-commit.BIRTH", "hold");
        arena.failpoints.release("after-call.BIRTH");
      });
      await arena.failpoints.fired("after-commit.BIRTH");
      arena.failpoints.release("after-commit.BIRTH");
    }),
};

export const stalls: Scenario[] = [
  {
    name: "one-stop stalls past its lease at every boundary of every step; another process takes over",
    async run(stage) {
      const { arena } = stage;
      await besideSecondDesk(stage, async () => {
        for (const point of POINTS) arena.failpoints.arm(point, "hold");
        const open = () => POINTS.filter((point) => !arena.failpoints.hasFired(point));
        // what one dossier stalls at, it does not come to again in this process: another one comes there
        await until("every boundary holds a dossier", async () => {
          if (open().length > 0) await stage.send();
          return open().length === 0;
        });
        await takenOver(arena, () => {
          for (const point of POINTS) arena.failpoints.release(point);
        });
      });
    },
  },
  wakesWithFailure,
];

/** With a second one-stop process on the same database, which nobody holds. */
async function besideSecondDesk({ arena }: Stage, play: () => Promise<void>): Promise<void> {
  await arena.revive("second-desk");
  try {
    await arena.secondDeskReady();
    await play();
  } finally {
    arena.failpoints.clear();
    await arena.stop("second-desk");
  }
}

/** The held process stands still as a whole, so that it does not take over from itself; the other one finishes its work. */
async function takenOver(arena: Arena, thenWakes: () => void): Promise<void> {
  arena.kill("one-stop", "SIGSTOP");
  try {
    arena.demo.setMood("CIVIL_STATUS", "UP");
    if (!(await atRest(arena, PATIENCE_SECONDS))) throw new Error("Nobody took over from the stalled process");
    thenWakes();
  } finally {
    arena.kill("one-stop", "SIGCONT");
  }
}
