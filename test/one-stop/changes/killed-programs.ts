import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";
import { afterAll, beforeAll } from "vitest";
import { type ArmedFailpoints, armedFailpoints } from "../../../scripts/campaign/armed-failpoints.ts";
import { waitUntil } from "../../../scripts/campaign/wait-until.ts";
import { projectPath } from "../../../subgraphs/_shared/serving/paths.ts";

/** Real processes of a program of the tests, which are killed at failpoints or at any moment. */
export type KilledPrograms = {
  readonly failpoints: ArmedFailpoints;
  /** @param printed gets each line that the process prints */
  start(environment: NodeJS.ProcessEnv, printed?: (line: string) => void): ChildProcess;
  /** Starts a process again whenever it has ended, until the returned function is called, which kills it. */
  keepRunning(environment: NodeJS.ProcessEnv): () => Promise<void>;
  kill(child: ChildProcess): Promise<void>;
};

/** @param path of the program's source in the project */
export function killedPrograms(...path: string[]): KilledPrograms {
  const folder = projectPath("node_modules", ".cache", `motcua-${path.at(-1)}-${process.pid}`);
  const program = join(folder, "program.mjs");
  const running = new Set<ChildProcess>();
  let failpoints: ArmedFailpoints;
  let areOver = false; // a test that failed may not have stopped its own
  beforeAll(async () => {
    failpoints = armedFailpoints(mkdtempSync(join(tmpdir(), "motcua-failpoints-")));
    await build({
      entryPoints: [projectPath(...path)],
      ...{ outfile: program, bundle: true, platform: "node", format: "esm", packages: "external", logLevel: "error" },
    });
  });
  afterAll(() => {
    areOver = true;
    for (const each of running) each.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
    rmSync(failpoints.directory, { recursive: true, force: true });
  });

  function start(environment: NodeJS.ProcessEnv, printed?: (line: string) => void): ChildProcess {
    const env = { ...process.env, FAILPOINTS_DIR: failpoints.directory, ...environment };
    const child = spawn(process.execPath, [program], { env, stdio: ["pipe", printed ? "pipe" : "inherit", "inherit"] });
    if (printed && child.stdout) createInterface(child.stdout).on("line", printed);
    running.add(child);
    child.once("exit", () => running.delete(child));
    return child;
  }

  async function kill(child: ChildProcess): Promise<void> {
    child.kill("SIGKILL");
    await waitUntil("the process ends", async () => !running.has(child));
  }

  return {
    get failpoints() {
      return failpoints;
    },
    ...{ start, kill },
    keepRunning(environment) {
      let isOver = false;
      let child: ChildProcess;
      const begin = () => {
        if (isOver || areOver) return;
        child = start(environment);
        child.once("exit", begin);
      };
      begin();
      return () => {
        isOver = true;
        return kill(child);
      };
    },
  };
}
