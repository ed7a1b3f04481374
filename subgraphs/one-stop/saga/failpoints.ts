import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { BadConfiguration } from "../../_shared/environment.ts";

export type FailpointMoment = "before-call" | "after-call" | "after-commit";
export type Failpoints = (moment: FailpointMoment, step: string) => Promise<void>;

/**
 * Boundaries of the saga at which a test can kill or stall this process: FAILPOINTS such as
 * `after-call:BIRTH:kill,before-call:RESIDENCE:stall=3000`, each fired once, remembered in FAILPOINTS_DIR across restarts.
 * @throws BadConfiguration in production or when a point is malformed.
 */
export function failpoints(environment: NodeJS.ProcessEnv = process.env): Failpoints {
  const { FAILPOINTS: text, FAILPOINTS_DIR: directory } = environment;
  if (!text || !directory) return async () => {};
  if (environment.NODE_ENV === "production") throw new BadConfiguration("  FAILPOINTS: refused in production");
  const points = new Map(text.split(",").map((point) => parsePoint(point)));
  return async (moment, step) => {
    const name = `${moment}:${step}`;
    const act = points.get(name);
    if (!act || !firstTime(join(directory, name.replace(":", "-")))) return;
    await act();
  };
}

function parsePoint(point: string): [string, () => Promise<void>] {
  const [, moment, step, action, ms] =
    /^(before-call|after-call|after-commit):(\w+):(kill|stall)(?:=(\d+))?$/.exec(point) ?? [];
  if (!moment)
    throw new BadConfiguration(`  FAILPOINTS: ${point} must look like after-call:BIRTH:kill or …:stall=3000`);
  const act = async () => {
    if (action === "kill") process.kill(process.pid, "SIGKILL");
    await new Promise((resolve) => setTimeout(resolve, Number(ms ?? 60_000)));
  };
  return [`${moment}:${step}`, act];
}

/** Leaves a mark before acting, so that the process that comes back is not killed again. */
function firstTime(mark: string): boolean {
  try {
    closeSync(openSync(mark, "wx"));
    return true;
  } catch {
    return false;
  }
}
