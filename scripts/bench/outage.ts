import { type SubgraphName, subgraphs } from "../../subgraphs/agency-registry.ts";
import type { Figure } from "../figures/recorded-figures.ts";
import type { RunningSystem } from "../supervisor/system.ts";
import type { Desks } from "./desks.ts";
import { median, percentile } from "./figures.ts";

const TARGET = 1.3;
const agencies: SubgraphName[] = subgraphs.map((s) => s.name).filter((name) => name !== "one-stop");

/** Response times of submissions without `waitMs` while all agencies are up, refuse connections, or stall. */
export async function outage(
  system: RunningSystem,
  desks: Desks,
  { samples, say }: { samples: number; say: (line: string) => void },
): Promise<Figure[]> {
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
  const ms = (all: number[]) => `median ${median(all).toFixed(0)} ms, p95 ${percentile(all, 0.95).toFixed(0)} ms`;
  return [
    {
      what: "median response time of submitBirthBundle with all agencies refusing connections, relative to all up",
      measured: `${ratio.toFixed(2)} (${ms(refusing)} against ${ms([...up, ...upAgain])})`,
      ...{ target: `at most ${TARGET}`, reached: ratio <= TARGET },
    },
    { what: "the same with all agencies stalled", measured: `${ms(stalled)}; the budget of the check is 300 ms` },
  ];
}

async function measure(desks: Desks, samples: number): Promise<number[]> {
  for (let i = 0; i < 5; i++) await desks.submit(0);
  const all: number[] = [];
  for (let i = 0; i < samples; i++) {
    all.push((await desks.submit(0)).ms);
    await new Promise((resolve) => setTimeout(resolve, 20)); // the saga finishes the last one first, so that its work does not delay the next
  }
  return all;
}
