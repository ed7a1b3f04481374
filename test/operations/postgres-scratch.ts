import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readlinkSync, rmSync } from "node:fs";
import { chmod, mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { buildSync } from "esbuild";
import postgres, { type Sql } from "postgres";
import { afterEach } from "vitest";
import { processState, readLockFile } from "../../scripts/postgres/lockfile.ts";

export const isRoot = process.getuid?.() === 0;

const folders: string[] = [];

/** Folder for one server; both are removed after the test in any case. */
export async function scratchDirectory(mode = 0o755): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "motcua-postgres-"));
  await chmod(folder, mode);
  const directory = join(folder, "data");
  await mkdir(directory);
  folders.push(directory);
  return directory;
}

/** Actual folder of the cluster of a directory. */
export function homeOf(directory: string): string {
  const pointer = join(directory, "cluster-elsewhere");
  return existsSync(pointer) ? readlinkSync(pointer) : directory;
}

/** Removes every scratch server and folder after each test. */
export function cleanUpAfterEachTest(): void {
  afterEach(removeScratch);
}

/** Removes every scratch server and folder. */
export async function removeScratch(): Promise<void> {
  const used = folders.splice(0);
  await Promise.all(used.map((directory) => end(readLockFile(join(homeOf(directory), "cluster"))?.pid)));
  for (const path of used.flatMap((directory) => [homeOf(directory), resolve(directory, "..")])) {
    rmSync(path, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Ends a process by SIGKILL, or a PostgreSQL by an immediate shutdown; waits until it has ended. */
async function end(pid: number | undefined): Promise<void> {
  if (pid === undefined || processState(pid) !== "postgres") return;
  process.kill(pid, "SIGQUIT");
  for (let i = 0; i < 500 && processState(pid) === "postgres"; i++) await sleep(10);
}

/** Runs `work` on a separate connection. */
export async function connected<T>(url: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** Calls startPostgres in a separate Node process, which then stays alive. `pid` is that of the server it reports. */
export function startInOtherProcess(directory: string): {
  node: ChildProcess;
  pid: Promise<number>;
} {
  const folder = resolve("node_modules", ".cache", `motcua-postgres-${process.pid}`);
  buildSync({
    stdin: {
      contents: `import { startPostgres } from "./launcher.ts";
        const running = await startPostgres({ directory: ${JSON.stringify(directory)} });
        console.log(running.pid);
        setInterval(() => {}, 1000);`,
      resolveDir: resolve("scripts", "postgres"),
      loader: "ts",
    },
    outfile: join(folder, "start.mjs"),
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
  });
  const node = spawn(process.execPath, [join(folder, "start.mjs")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const pid = new Promise<number>((reported) => node.stdout.once("data", (line) => reported(Number(line))));
  node.once("close", () => rmSync(folder, { recursive: true, force: true }));
  return { node, pid };
}

/** Waits until `condition` holds; fails after ten seconds. */
export async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error("It did not come to that");
    await sleep(5);
  }
}
