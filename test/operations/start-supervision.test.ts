import { mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { launchProgram } from "../../scripts/supervisor/launch-program.ts";
import { type RunningProcess, supervise } from "../../scripts/supervisor/supervision.ts";
import { until } from "./start-scratch.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
afterEach(() => void vi.useRealTimers());

/** A supervised process that starts at once and ends when the test calls `die`. */
function supervisedProcess(restart = true) {
  const said: string[] = [];
  let starts = 0;
  let end: (how: string) => void = () => {};
  const launch = async (): Promise<RunningProcess> => {
    starts += 1;
    const ended = new Promise<string>((resolve) => {
      end = resolve;
    });
    return { pid: starts, ended, stop: async () => end("by SIGTERM") };
  };
  const supervised = supervise({ name: "land", launch, restart, say: (line) => said.push(line) });
  const die = async () => {
    end("by SIGKILL");
    await vi.advanceTimersByTimeAsync(0);
  };
  return { supervised, said, die, starts: () => starts };
}

test("a process that keeps ending is restarted after pauses that double up to ten seconds", async () => {
  const { supervised, said, die } = supervisedProcess();
  await supervised.start();
  for (let deaths = 0; deaths < 8; deaths++) {
    await die();
    await vi.advanceTimersByTimeAsync(10_000);
  }
  const pauses = said.map((line) => /restart in (.*) s$/.exec(line)?.[1]);
  expect(pauses).toEqual(["0.2", "0.4", "0.8", "1.6", "3.2", "6.4", "10.0", "10.0"]);
});

test("the pause before a restart is reset after a minute of running", async () => {
  const { supervised, said, die } = supervisedProcess();
  await supervised.start();
  for (const life of [0, 0, 61_000]) {
    await vi.advanceTimersByTimeAsync(life);
    await die();
    await vi.advanceTimersByTimeAsync(1_000);
  }
  expect(said.at(-1)).toBe("land ended by SIGKILL after 61.6 s; restart in 0.2 s");
});

test("a stopped process stays down even when it ended just before the stop", async () => {
  const { supervised, die, starts } = supervisedProcess();
  await supervised.start();
  await die();
  await supervised.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect([starts(), supervised.pid(), supervised.wanted()]).toEqual([1, undefined, false]);
  await supervised.start();
  expect(supervised.pid()).toBe(2);
});

test("a process that ignores the request to end is killed, and the terminal reports it", async () => {
  vi.useRealTimers();
  const said: string[] = [];
  const directory = mkdtempSync(join(tmpdir(), "motcua-deaf-"));
  const log = join(directory, "log");
  const program = ["-e", "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('deaf')"];
  const launch = () => launchProgram(program, {}, openSync(log, "w"));
  const supervised = supervise({ name: "land", launch, restart: true, say: (line) => said.push(line) });
  await supervised.start();
  await until(() => readFileSync(log, "utf8").includes("deaf"));
  const pid = supervised.pid() ?? 0;
  await supervised.stop();
  expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  expect(said).toEqual(["land did not end when it was asked to, and was killed"]);
  rmSync(directory, { recursive: true });
});

test("a process supervised without restart stays down until it is started", async () => {
  const { supervised, die, starts } = supervisedProcess(false);
  await supervised.start();
  await die();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(starts()).toBe(1);
  await supervised.start();
  expect(starts()).toBe(2);
});
