import { subgraphs } from "../../subgraphs/agency-registry.ts";
import type { Figure } from "../figures/recorded-figures.ts";
import type { ProcessName, RunningSystem } from "../supervisor/system.ts";
import type { Desks } from "./desks.ts";
import { busyDesks, cpuSeconds, median, percentile, postgresCpuSeconds, table } from "./figures.ts";
import { readRequestRows } from "./request-rows.ts";
import { openSqlBaseline } from "./sql-baseline.ts";

const WAIT_MS = 30_000;
const TARGET = 0.3;
/** Before the engine has compiled the hot code, each request costs a fifth more CPU. */
const WARM_UP_S = 20;

/**
 * Completed 3-in-1 requests per second through the gateway, relative to the same rows written by plain SQL on the same
 * PostgreSQL, in alternating rounds; and the CPU that each process spends on one request.
 */
export async function throughput(
  system: RunningSystem,
  desks: Desks,
  options: { desks: number; seconds: number; rounds: number; say: (line: string) => void },
): Promise<Figure[]> {
  const { say } = options;
  say(
    `Throughput: ${options.desks} desks, ${options.rounds} rounds of ${options.seconds} s each, gateway and plain SQL in turn`,
  );
  const first = await desks.submit(WAIT_MS);
  if (first.state !== "COMPLETED") throw new Error(`The first request ended as ${first.state}`);
  const baseline = openSqlBaseline(
    system.databaseUrls,
    await readRequestRows(system.databaseUrls, first.code),
    options.desks,
  );
  const ours: number[] = [];
  const bare: number[] = [];
  const waits: number[] = [];
  const cpu = new Map<string, number>();
  let completed = 0;
  await busyDesks(options.desks, Math.min(WARM_UP_S, options.seconds), async () => (await desks.submit(WAIT_MS)).ms);
  for (let round = 1; round <= options.rounds; round++) {
    const before = cpuOfAll(system);
    const run = await busyDesks(options.desks, options.seconds, async () => (await desks.submit(WAIT_MS)).ms);
    for (const [name, used] of cpuOfAll(system)) cpu.set(name, (cpu.get(name) ?? 0) + used - (before.get(name) ?? 0));
    completed += run.samples.length;
    waits.push(...run.samples);
    const plain = await busyDesks(options.desks, options.seconds, () => baseline.write());
    ours.push(run.perSecond);
    bare.push(plain.perSecond);
    say(
      `  round ${round}: ${run.perSecond.toFixed(1)}/s through the gateway, ${plain.perSecond.toFixed(1)}/s by plain SQL`,
    );
  }
  await baseline.close();
  const ratio = median(ours) / median(bare);
  say(
    `  3-in-1 completed: ${median(ours).toFixed(1)}/s, p50 ${median(waits).toFixed(0)} ms, p95 ${percentile(waits, 0.95).toFixed(0)} ms`,
  );
  say(`  ratio to plain SQL: ${ratio.toFixed(2)} (target ${TARGET})  ${ratio >= TARGET ? "reached" : "NOT reached"}`);
  const total = [...cpu.values()].reduce((sum, used) => sum + used, 0);
  const rows = [...cpu].map(([name, used]) => [
    name,
    ((used / completed) * 1_000).toFixed(2),
    `${((used / total) * 100).toFixed(0)} %`,
  ]);
  say("  Where the CPU goes, milliseconds for one completed request:");
  say(table([["process", "ms", "share"], ...rows, ["all", ((total / completed) * 1_000).toFixed(2), "100 %"]]));
  return [
    {
      what: `completed 3-in-1 requests per second through the gateway, ${options.desks} desks, as a share of the same rows written by plain SQL with the same commits`,
      measured: `${ratio.toFixed(2)} (${median(ours).toFixed(0)}/s of ${median(bare).toFixed(0)}/s)`,
      ...{ target: `at least ${TARGET}`, reached: ratio >= TARGET },
    },
    {
      what: "CPU of one completed request in all processes",
      measured: `${((total / completed) * 1_000).toFixed(1)} ms: ${rows.map(([name, ms]) => `${name} ${ms}`).join(", ")}`,
    },
  ];
}

function cpuOfAll(system: RunningSystem): Map<string, number> {
  const names: ProcessName[] = ["gateway", ...subgraphs.map((s) => s.name), "postgres"];
  return new Map(
    names.map((name) => {
      const pid = system.pidOf(name) ?? 0;
      return [name, name === "postgres" ? postgresCpuSeconds(pid) : cpuSeconds(pid)];
    }),
  );
}
