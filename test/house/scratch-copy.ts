import { execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { choosePorts } from "../../scripts/supervisor/ports.ts";
import { portVariable, serverNames } from "../../scripts/supervisor/server-processes.ts";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";

/** A copy of the repository in which a test changes files, and the system that runs from it. */
export type ScratchCopy = {
  directory: string;
  /** Copies a folder of `test/house` into the product; its imports of the product are adapted to the new place. */
  add(folder: string, target: string): void;
  /** Runs a script of the copy, such as `compose`, to its end. @returns its output */
  run(script: string, ...args: string[]): string;
  /** Starts the whole system of the copy; `environment` adds variables. @returns the address of the gateway */
  start(environment?: Record<string, string>): Promise<string>;
  stop(): Promise<void>;
  remove(): Promise<void>;
};

export function scratchCopy(): ScratchCopy {
  const directory = mkdtempSync(join(tmpdir(), "motcua-scratch-"));
  chmodSync(directory, 0o755); // PostgreSQL may run as another user
  const files = execFileSync("git", ["ls-files", "-z"], { cwd: projectPath(), encoding: "utf8" }).split("\0");
  for (const file of files.filter((each) => each !== "" && !each.startsWith("test/"))) {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    cpSync(projectPath(file), join(directory, file));
  }
  symlinkSync(projectPath("node_modules"), join(directory, "node_modules"));
  const program = { process: undefined as ReturnType<typeof spawn> | undefined };
  async function stop(): Promise<void> {
    const running = program.process;
    if (!running || running.exitCode !== null) return;
    const ended = new Promise((resolve) => running.once("close", resolve));
    running.kill("SIGTERM");
    await ended;
  }
  /** Bundles the programs, unless nothing has changed since the last time. */
  const build = () => execFileSync(process.execPath, [".build.mjs"], { cwd: directory, encoding: "utf8" });
  return {
    directory,
    add(folder, target) {
      cpSync(projectPath("test", "house", folder), join(directory, target), { recursive: true });
      for (const name of readdirSync(join(directory, target), { recursive: true, encoding: "utf8" })) {
        if (!name.endsWith(".ts")) continue;
        const path = join(directory, target, name);
        const up = "../".repeat(target.split("/").length + name.split("/").length - 1);
        writeFileSync(path, readFileSync(path, "utf8").replaceAll(/"(\.\.\/){3,}subgraphs\//g, `"${up}subgraphs/`));
      }
    },
    run(script, ...args) {
      build();
      return execFileSync(process.execPath, [join("dist", "scripts", `${script}.js`), ...args], {
        cwd: directory,
        encoding: "utf8",
      });
    },
    async start(environment = {}) {
      build();
      const ports = await choosePorts("free", {});
      const { NODE_ENV: _test, DATABASE_URL: _database, ...inherited } = process.env;
      const started = spawn(process.execPath, [join("dist", "scripts", "start.js")], {
        cwd: directory,
        env: {
          ...inherited,
          ...Object.fromEntries(serverNames.map((name) => [portVariable(name), String(ports[name])])),
          MOTCUA_DATA: join(directory, ".data"),
          PLAYGROUND: "off", // the gateway of a copy would bundle it anew
          ...environment,
        },
      });
      program.process = started;
      let printed = "";
      for (const stream of [started.stdout, started.stderr]) stream?.on("data", (chunk) => (printed += chunk));
      while (!printed.includes("Motcua is ready")) {
        if (started.exitCode !== null) throw new Error(`The copy does not start:\n${printed}`);
        await sleep(50);
      }
      return `http://127.0.0.1:${ports.gateway}`;
    },
    stop,
    async remove() {
      await stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
