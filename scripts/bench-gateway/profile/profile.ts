import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { projectPath } from "../../../subgraphs/_shared/serving/paths.ts";
import type { BenchGraph } from "../bench-graph.ts";
import { start } from "../contestants.ts";
import { run } from "../load/load-run.ts";
import { postText } from "../load/post-request.ts";
import { bodyOf, type Workload } from "../workloads.ts";
import { profileSummary } from "./profile-summary.ts";

type Options = { seconds: number; connections: number; keep: string | undefined; say(line: string): void };

/** CPU profile of our gateway under this workload alone. */
export async function profile(
  workload: Workload,
  graph: BenchGraph,
  { seconds, connections, keep, say }: Options,
): Promise<void> {
  const path = keep ?? join(graph.directory, "gateway.cpuprofile");
  rmSync(path, { force: true });
  const preload = projectPath("dist", "scripts", "bench-gateway", "processes", "profiler.js");
  const recipe = { ...graph.ours, environment: { ...graph.ours.environment, PROFILE: path } };
  const { port, program } = await start(recipe, graph.directory, { node: ["--import", preload] });
  const request = (n: number) => postText(bodyOf(workload, n), graph.tokens[n % graph.tokens.length]);
  try {
    await run({ port, connections, seconds, request }); // warm-up: the engine compiles the hot code
    program.signal("SIGUSR2");
    const { requests } = await run({ port, connections, seconds, request });
    program.signal("SIGUSR2");
    while (!existsSync(path)) await sleep(100);
    await sleep(300); // until the file is written
    say(`${workload.name}: ${requests} requests under the profiler`);
    say(profileSummary(path));
  } finally {
    await program.stop();
  }
}
