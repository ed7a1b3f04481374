import { readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { median } from "../bench/figures.ts";
import type { Figure } from "../figures/recorded-figures.ts";
import { ours } from "./contestants.ts";
import { openConnection } from "./load/load-connection.ts";
import { MEASURED_CORE } from "./machine/cores.ts";
import { freePorts } from "./machine/free-ports.ts";
import { launch } from "./machine/program.ts";
import { profileSummary } from "./profile/profile-summary.ts";
import { reached } from "./targets.ts";

const TIMES = 5;
const TARGET_MS = 1_500;

/** Time from the spawn of our gateway with the committed supergraph until /health/live responds, and its CPU profile. */
export async function measureStart(directory: string, say: (line: string) => void): Promise<Figure[]> {
  const gateway = ours("ours", {}).args;
  const nothing: number[] = [];
  const times: number[] = [];
  for (let at = 0; at < TIMES; at++) {
    times.push(await timeToLive(directory, gateway));
    nothing.push(await timeToEnd(directory));
  }
  const took = median(times);
  say(
    `  start: ${took.toFixed(0)} ms until /health/live, median of ${TIMES} (${range(times)}); Node alone needs ${median(nothing).toFixed(0)} ms`,
  );
  say(`  start: target under ${TARGET_MS} ms  ${reached(took < TARGET_MS)}`);
  await timeToLive(directory, ["--cpu-prof", "--cpu-prof-dir", directory, ...gateway]);
  const profile = readdirSync(directory).find((name) => name.endsWith(".cpuprofile"));
  if (profile) say(profileSummary(join(directory, profile), 12));
  return [
    {
      what: "start of the gateway until /health/live",
      measured: `median ${took.toFixed(0)} ms of ${TIMES} starts, ${range(times)} ms; Node.js alone ${median(nothing).toFixed(0)} ms`,
      ...{ target: `under ${TARGET_MS} ms`, reached: took < TARGET_MS },
    },
  ];
}

const range = (times: number[]) => `${Math.min(...times).toFixed(0)} to ${Math.max(...times).toFixed(0)}`;

async function timeToLive(directory: string, args: string[]): Promise<number> {
  const [port = 0] = await freePorts(1);
  const environment = { PORT: String(port), MOTCUA_DATA: directory, MOTCUA_DEMO_DIR: join(directory, "demo") };
  const program = launch({ args, environment, core: MEASURED_CORE, log: join(directory, "start.log") });
  try {
    while (!(await isLive(port))) await sleep(2);
    return performance.now() - program.spawnedAt;
  } finally {
    await program.stop();
  }
}

async function timeToEnd(directory: string): Promise<number> {
  const log = join(directory, "start.log");
  const program = launch({ args: ["-e", "process.disconnect()"], environment: {}, core: MEASURED_CORE, log });
  await program.ended;
  return performance.now() - program.spawnedAt;
}

async function isLive(port: number): Promise<boolean> {
  try {
    const connection = await openConnection(port);
    const { status } = await connection.ask("GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    connection.close();
    return status === 200;
  } catch {
    return false;
  }
}
