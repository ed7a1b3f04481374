import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";

const MEMORY = "/dev/shm";
const ENOUGH_BYTES = 3e9;
const OURS = /^motcua-test-(\d+)$/;

/** First data directory that no running test run uses: concurrent runs need one each. */
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
 * Folder in memory for this run, where the host has enough: the tests create and drop thousands of database files. Folders of
 * killed runs are removed.
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

/** Tells whether programs may run from memory: PostgreSQL's may be stored beside its data, which containers often forbid. */
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
