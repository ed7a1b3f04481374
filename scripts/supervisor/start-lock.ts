import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { identityOf, isAlive, type ProcessIdentity } from "./process-identity.ts";
import { alreadyRunning } from "./start-failures.ts";

/** What `start.lock` says of the system that runs on a data directory. */
type LockFacts = ProcessIdentity & { since: string; gatewayUrl?: string; stopping?: true };
export type StartLock = { tell(facts: Pick<LockFacts, "gatewayUrl" | "stopping">): void; release(): void };

/** A holder that is about to go gets this long; one that stops already, until it must have ended. */
const PATIENCE_MS = { running: 1_500, stopping: 15_000 };

/** Takes the data directory for this process; a lock of a dead process is ignored. @throws ALREADY_RUNNING */
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

/** The gateway of the system that runs on a data directory now, if one does. */
export function runningGateway(data: string): string | undefined {
  const holder = read(join(data, "start.lock"));
  return holder && isAlive(holder) ? holder.gatewayUrl : undefined;
}

/** A link appears whole or not at all, so of two that start at once one wins. */
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
    return JSON.parse(readFileSync(path, "utf8")) as LockFacts; // written by `place` and `tell` alone
  } catch {
    return undefined;
  }
}

/** Moves it aside first: if somebody else has replaced the stale lock meanwhile, that one is put back. */
function removeStale(path: string, stale: LockFacts | undefined): void {
  const aside = `${path}.stale-${process.pid}`;
  try {
    renameSync(path, aside);
    const moved = read(aside);
    if (moved && (moved.pid !== stale?.pid || moved.started !== stale.started)) linkSync(aside, path);
  } catch {
    // another start was faster; the next attempt sees its lock
  } finally {
    rmSync(aside, { force: true });
  }
}
