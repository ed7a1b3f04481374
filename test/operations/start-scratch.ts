import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { chmod } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type BuildOptions, buildSync } from "esbuild";
import options from "../../.esbuild.json";
import { processState, readLockFile } from "../../scripts/postgres/lockfile.ts";
import { holderOf } from "../../scripts/supervisor/port-holder.ts";
import { choosePorts } from "../../scripts/supervisor/ports.ts";
import { type Ports, portVariable, type ServerName, serverNames } from "../../scripts/supervisor/server-processes.ts";
import { homeOf } from "./postgres-scratch.ts";

/** Data directory, free ports and a separate bundle, with the programs that run on them. */
export type Place = {
  data: string;
  bundle: string;
  ports: Ports;
  /** Runs a script of the bundle, such as `start`; `printed` returns its output. */
  run(script: string, environment?: Record<string, string>): Program;
  /** Process that listens on the port of a server, if any. */
  pidOf(part: ServerName): Promise<number | undefined>;
  remove(): Promise<void>;
};
export type Program = { process: ChildProcess; printed(): string; ended: Promise<number | null> };

export async function scratchPlace(): Promise<Place> {
  const data = mkdtempSync(join(tmpdir(), "motcua-start-"));
  await chmod(data, 0o755);
  const bundle = buildBundle();
  const ports = await choosePorts("free", {});
  const programs: Program[] = [];
  const place: Place = {
    data,
    bundle,
    ports,
    run(script, environment = {}) {
      const program = runProgram(join(bundle, "scripts", `${script}.js`), {
        ...Object.fromEntries(serverNames.map((part) => [portVariable(part), String(ports[part])])),
        MOTCUA_DATA: data,
        ...environment,
      });
      programs.push(program);
      return program;
    },
    pidOf: async (part) => (await holderOf(ports[part])).pid,
    async remove() {
      for (const { process: program } of programs) program.kill("SIGKILL");
      await Promise.all(serverNames.map((part) => until(async () => (await place.pidOf(part)) === undefined)));
      const postgres = readLockFile(join(homeOf(join(data, "postgres")), "cluster"))?.pid ?? 0;
      if (postgres && processState(postgres) === "postgres") {
        process.kill(postgres, "SIGQUIT");
        await until(async () => processState(postgres) !== "postgres");
      }
      for (const folder of [homeOf(join(data, "postgres")), data, bundle])
        rmSync(folder, { recursive: true, force: true });
    },
  };
  return place;
}

/** Bundles as `npm run build` does, beside dist: other builds must not change the programs under a test. */
function buildBundle(): string {
  const bundle = resolve("node_modules", ".cache", `motcua-start-${process.pid}`);
  buildSync({ ...(options as BuildOptions), outdir: bundle });
  return bundle;
}

function runProgram(path: string, environment: Record<string, string>): Program {
  const { NODE_ENV: _test, DATABASE_URL: _database, ...inherited } = process.env;
  const program = spawn(process.execPath, ["--enable-source-maps", path], { env: { ...inherited, ...environment } });
  let printed = "";
  for (const stream of [program.stdout, program.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      printed += chunk;
    });
  }
  const ended = new Promise<number | null>((done) => program.once("close", done));
  return { process: program, printed: () => printed, ended };
}

/** Waits until `condition` holds; fails after `seconds`. */
export async function until(condition: () => Promise<boolean> | boolean, seconds = 20): Promise<void> {
  const deadline = performance.now() + seconds * 1000;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error("It did not come to that");
    await sleep(50);
  }
}
