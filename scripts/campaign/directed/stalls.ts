import type { Failpoint } from "../failpoint-board.ts";
import { atRest } from "../rest.ts";
import { until } from "../until.ts";
import { MOMENTS, type Scenario, STEPS } from "./scenario.ts";
import type { Stage } from "./stage.ts";

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
      arena.demo.setMood("CIVIL_STATUS", "UP");
      await atRest(arena, 20);
      arena.failpoints.arm("after-commit.BIRTH", "hold");
      arena.failpoints.release("after-call.BIRTH");
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
        await atRest(arena, 20);
        for (const point of POINTS) arena.failpoints.release(point);
      });
    },
  },
  wakesWithFailure,
];

/** With a second one-stop process on the same database, which nobody holds. */
async function besideSecondDesk({ arena }: Stage, play: () => Promise<void>): Promise<void> {
  await arena.revive("second-desk");
  try {
    await play();
  } finally {
    arena.failpoints.clear();
    await arena.stop("second-desk");
  }
}
