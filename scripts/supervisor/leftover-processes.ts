import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { identityOf, isAlive, type ProcessIdentity, signalTo } from "./process-identity.ts";
import type { ServerName } from "./server-processes.ts";

type Recorded = Partial<Record<ServerName, ProcessIdentity>>;

/** A process that lost its supervisor ends by itself within three seconds, unless it is stalled or stopped. */
const PATIENCE_MS = 4_000;

/** Records the running processes in `processes.json` of the data directory, for the start after a kill -9. */
export function recordProcesses(data: string): (name: ServerName, pid: number) => void {
  const recorded: Recorded = {};
  return (name, pid) => {
    recorded[name] = identityOf(pid);
    const draft = join(data, `processes.json.${process.pid}`);
    writeFileSync(draft, JSON.stringify(recorded));
    renameSync(draft, join(data, "processes.json"));
  };
}

/** Waits for the end of processes that a killed supervisor left on this data directory, and kills those that stay. */
export async function endLeftoverProcesses(data: string, say: (line: string) => void): Promise<void> {
  const alive = () => Object.entries(readRecorded(data)).filter(([, identity]) => isAlive(identity));
  if (alive().length === 0) return;
  say(
    `Waiting for the end of processes that an earlier start left: ${alive()
      .map(([name]) => name)
      .join(", ")}`,
  );
  const deadline = performance.now() + PATIENCE_MS;
  while (alive().length > 0 && performance.now() < deadline) await sleep(50);
  for (const [name, { pid }] of alive()) {
    say(`${name} (process ${pid}) does not end and is killed`);
    signalTo(pid, "SIGKILL");
  }
  while (alive().length > 0) await sleep(20);
}

function readRecorded(data: string): Recorded {
  try {
    return JSON.parse(readFileSync(join(data, "processes.json"), "utf8")) as Recorded; // written only by recordProcesses
  } catch {
    return {};
  }
}
