import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { FailpointMoment } from "../../subgraphs/one-stop/saga/failpoints.ts";
import { waitUntil } from "./wait-until.ts";

/** Boundary of a saga step, such as `after-call.BIRTH`. */
export type Failpoint = `${FailpointMoment}.${string}`;

/** Arms failpoints of the process that was started with FAILPOINTS_DIR. Each acts once. */
export type ArmedFailpoints = {
  directory: string;
  arm(point: Failpoint, action: "kill" | "hold"): void;
  /** Resolves when a process has reached the failpoint. */
  fired(point: Failpoint): Promise<void>;
  hasFired(point: Failpoint): boolean;
  /** Releases a held process. */
  release(point: Failpoint): void;
  /** Disarms all failpoints and releases all held processes. */
  clear(): void;
};

export function armedFailpoints(directory: string): ArmedFailpoints {
  mkdirSync(directory, { recursive: true });
  const path = (point: Failpoint) => join(directory, point);
  const hasFired = (point: Failpoint) => existsSync(`${path(point)}.fired`);
  return {
    directory,
    hasFired,
    arm(point, action) {
      const draft = join(directory, `draft-${point}`);
      writeFileSync(draft, action);
      renameSync(draft, path(point)); // a rename makes the file appear complete
    },
    fired: (point) => waitUntil(`a process comes to ${point}`, async () => hasFired(point)),
    release: (point) => rmSync(`${path(point)}.fired`, { force: true }),
    clear() {
      for (const file of readdirSync(directory)) rmSync(join(directory, file), { force: true });
    },
  };
}
