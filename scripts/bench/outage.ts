import { type SubgraphName, subgraphs } from "../../subgraphs/agency-registry.ts";
import type { RunningSystem } from "../supervisor/system.ts";
import type { Desks } from "./desks.ts";
import { median, percentile } from "./figures.ts";

const TARGET = 1.3;
const agencies: SubgraphName[] = subgraphs.map((s) => s.name).filter((name) => name !== "one-stop");

/** How long a submission without `waitMs` takes while all agencies are up, refuse connections, or accept and say nothing. */
export async function outage(
  system: RunningSystem,
  desks: Desks,
  { samples, say }: { samples: number; say: (line: string) => void },
): Promise<void> {
  say(`Outage: ${samples} submissions one after the other, without waitMs`);
  const up = await measure(desks, samples);
  for (const name of agencies) await system.stopProcess(name);
  const refusing = await measure(desks, samples);
  for (const name of agencies) await system.startProcess(name);
  await system.ready();
  for (const name of agencies) system.kill(name, "SIGSTOP");
  const stalled = await measure(desks, Math.min(samples, 30));
  for (const name of agencies) system.kill(name, "SIGCONT");
  const upAgain = await measure(desks, samples);
  const baseline = median([...up, ...upAgain]);
  const ratio = median(refusing) / baseline;
  const line = (name: string, all: number[]) =>
    `  ${name}: median ${median(all).toFixed(1)} ms, p95 ${percentile(all, 0.95).toFixed(1)} ms`;
  say(line("all up", [...up, ...upAgain]));
  say(
    `${line("all refuse connections", refusing)}; ratio ${ratio.toFixed(2)} (target at most ${TARGET})  ${ratio <= TARGET ? "reached" : "NOT reached"}`,
  );
  say(`${line("all stalled", stalled)}; the check's budget is 300 ms`);
}

async function measure(desks: Desks, samples: number): Promise<number[]> {
  for (let i = 0; i < 5; i++) await desks.submit(0);
  const all: number[] = [];
  for (let i = 0; i < samples; i++) {
    all.push((await desks.submit(0)).ms);
    await new Promise((resolve) => setTimeout(resolve, 20)); // the saga's work for the last one should not queue before the next
  }
  return all;
}
