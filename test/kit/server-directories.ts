import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";

const MEMORY = "/dev/shm";
const ENOUGH_BYTES = 3e9;
const OURS = /^motcua-test-(\d+)$/;

/** The first place for a server's data that no living run has taken: two runs at once need one each. */
export function freePlace(): string {
  for (let n = 1; ; n++) {
    const place = projectPath("node_modules", ".cache", `motcua-test-${n}`);
    mkdirSync(place, { recursive: true });
    const mark = join(place, "taken-by");
    const holder = existsSync(mark) ? Number(readFileSync(mark, "utf8")) : 0;
    if (holder !== process.pid && holder > 0 && isAlive(holder)) continue;
    writeFileSync(mark, String(process.pid));
    return place;
  }
}

/**
 * A folder in memory for what this run writes, where the host has one with room: the tests make and drop thousands of
 * files of databases. Those of runs that were killed are removed.
 */
export function placeInMemory(): string | undefined {
  if (!mayHoldPrograms() || !hasRoom()) return undefined;
  for (const name of readdirSync(MEMORY)) {
    const run = Number(OURS.exec(name)?.[1] ?? process.pid);
    if (run !== process.pid && !isAlive(run)) rmSync(join(MEMORY, name), { recursive: true, force: true });
  }
  const place = join(MEMORY, `motcua-test-${process.pid}`);
  mkdirSync(place, { recursive: true, mode: 0o755 });
  return place;
}

function hasRoom(): boolean {
  const { bavail, bsize } = statfsSync(MEMORY);
  return Math.min(bavail * bsize, process.availableMemory()) > ENOUGH_BYTES;
}

/** PostgreSQL's programs may be put beside its data; containers often forbid to run any from their memory. */
function mayHoldPrograms(): boolean {
  if (!existsSync("/proc/mounts")) return false;
  const mounts = readFileSync("/proc/mounts", "utf8").split("\n");
  const [, , type, options = ""] = mounts.find((line) => line.split(" ")[1] === MEMORY)?.split(" ") ?? [];
  const set = options.split(",");
  return type === "tmpfs" && set.includes("rw") && !set.includes("noexec");
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
