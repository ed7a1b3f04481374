import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { identityOf, isAlive, type ProcessIdentity, signalTo } from "./process-identity.ts";
import type { ServerName } from "./server-processes.ts";

type Noted = Partial<Record<ServerName, ProcessIdentity>>;

/** What lost its supervisor stops by itself within three seconds; what was stalled or stopped does not. */
const PATIENCE_MS = 4_000;

/** Keeps, in `processes.json` of the data directory, which processes run there, for the start after a kill -9. */
export function recordProcesses(data: string): (part: ServerName, pid: number) => void {
  const noted: Noted = {};
  return (part, pid) => {
    noted[part] = identityOf(pid);
    const draft = join(data, `processes.json.${process.pid}`);
    writeFileSync(draft, JSON.stringify(noted));
    renameSync(draft, join(data, "processes.json"));
  };
}

/** Waits for the end of the parts that a killed supervisor left on this data directory, and kills what does not end. */
export async function endLeftoverProcesses(data: string, say: (line: string) => void): Promise<void> {
  const alive = () => Object.entries(readNotes(data)).filter(([, identity]) => isAlive(identity));
  if (alive().length === 0) return;
  say(
    `Waiting for the end of what an earlier start left: ${alive()
      .map(([part]) => part)
      .join(", ")}`,
  );
  const deadline = performance.now() + PATIENCE_MS;
  while (alive().length > 0 && performance.now() < deadline) await sleep(50);
  for (const [part, { pid }] of alive()) {
    say(`${part} (process ${pid}) does not end and is killed`);
    signalTo(pid, "SIGKILL");
  }
  while (alive().length > 0) await sleep(20);
}

function readNotes(data: string): Noted {
  try {
    return JSON.parse(readFileSync(join(data, "processes.json"), "utf8")) as Noted; // written by recordProcesses alone
  } catch {
    return {};
  }
}
