import { existsSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { BadConfiguration } from "../../_shared/serving/environment.ts";

export type FailpointMoment = "before-call" | "after-call" | "before-commit" | "after-commit";
/**
 * `what` is the key of a step, ACCEPT, RESERVE, DEADLINE, MESSAGE, WEBHOOK, the kind of an act of a person, such as DECIDE or
 * CLAIM, or the name of a consumer of changes.
 */
export type Failpoints = (moment: FailpointMoment, what: string) => Promise<void>;

const LOOK_EVERY_MS = 10;

/**
 * Boundaries of the saga at which a test can kill or hold this process. A file in FAILPOINTS_DIR, such as `after-call.BIRTH`,
 * with the text `kill` or `hold` arms one. The first process that reaches the boundary renames the file to `….fired` and
 * acts; a hold ends when that file is removed.
 * @throws BadConfiguration in production
 */
export function failpoints(environment: NodeJS.ProcessEnv = process.env): Failpoints {
  const { FAILPOINTS_DIR: directory } = environment;
  if (!directory) return async () => {};
  if (environment.NODE_ENV === "production") throw new BadConfiguration("  FAILPOINTS_DIR: refused in production");
  return async (moment, what) => {
    const armed = join(directory, `${moment}.${what}`);
    const fired = `${armed}.fired`;
    if (!existsSync(armed) || !renamed(armed, fired)) return;
    if (readFileSync(fired, "utf8") === "kill") process.kill(process.pid, "SIGKILL");
    while (existsSync(fired)) await sleep(LOOK_EVERY_MS);
  };
}

/** False if another process has renamed the file before. */
function renamed(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch {
    return false;
  }
}
