import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { identityOf, isAlive, type ProcessIdentity } from "./process-identity.ts";
import { alreadyRunning } from "./start-failures.ts";

/** Content of `start.lock`: the system that runs on a data directory. */
type LockFacts = ProcessIdentity & { since: string; gatewayUrl?: string; stopping?: true };
export type StartLock = { tell(facts: Pick<LockFacts, "gatewayUrl" | "stopping">): void; release(): void };

/** Waiting time for the holder to release the lock; longer when it already stops. */
const PATIENCE_MS = { running: 1_500, stopping: 15_000 };

/** Locks the data directory for this process; the lock of a dead process is ignored. @throws ALREADY_RUNNING */
export async function takeStartLock(data: string): Promise<StartLock> {
  mkdirSync(data, { recursive: true });
  const path = join(data, "start.lock");
  const own: LockFacts = { ...identityOf(process.pid), since: new Date().toISOString() };
  const began = performance.now();
  while (!place(path, own)) {
    const holder = read(path);
    if (holder && isAlive(holder)) {
      const patience = holder.stopping ? PATIENCE_MS.stopping : PATIENCE_MS.running;
      const self = holder.pid === own.pid;
      if (self || performance.now() - began > patience) {
        throw alreadyRunning(data, holder.pid, holder.since, holder.gatewayUrl);
      }
      await sleep(100);
    } else removeStale(path, holder);
  }
  let facts = own;
  return {
    tell(news) {
      facts = { ...facts, ...news };
      const draft = `${path}.${process.pid}`;
      writeFileSync(draft, JSON.stringify(facts));
      renameSync(draft, path);
    },
    release: () => rmSync(path, { force: true }),
  };
}

/** Gateway URL of the system that runs on a data directory; undefined when none runs. */
export function runningGateway(data: string): string | undefined {
  const holder = read(join(data, "start.lock"));
  return holder && isAlive(holder) ? holder.gatewayUrl : undefined;
}

/** Creates the lock file by a link, which is atomic: of two simultaneous starts one wins. */
function place(path: string, facts: LockFacts): boolean {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(facts));
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function read(path: string): LockFacts | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as LockFacts; // written only by `place` and `tell`
  } catch {
    return undefined;
  }
}

/** Renames the stale lock before removing it; a lock that another start has put there meanwhile is restored. */
function removeStale(path: string, stale: LockFacts | undefined): void {
  const aside = `${path}.stale-${process.pid}`;
  try {
    renameSync(path, aside);
    const moved = read(aside);
    if (moved && (moved.pid !== stale?.pid || moved.started !== stale.started)) linkSync(aside, path);
  } catch {
    // another start was faster; the next attempt reads its lock
  } finally {
    rmSync(aside, { force: true });
  }
}
