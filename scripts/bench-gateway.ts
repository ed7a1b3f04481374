import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { startBenchGraph } from "./bench-gateway/bench-graph.ts";
import { contestantNames } from "./bench-gateway/contestants.ts";
import { isPinnable, pinToOtherCore } from "./bench-gateway/machine/cores.ts";
import { matches } from "./bench-gateway/matches.ts";
import { measureStart } from "./bench-gateway/measure-start.ts";
import { memory } from "./bench-gateway/memory.ts";
import { startOwnSystem } from "./bench-gateway/own-agencies.ts";
import { planning } from "./bench-gateway/planning.ts";
import { profile } from "./bench-gateway/profile/profile.ts";
import { refusals } from "./bench-gateway/refusals.ts";
import { scaling } from "./bench-gateway/scaling.ts";
import { workloads } from "./bench-gateway/workloads.ts";
import { type Figure, recordFigures } from "./figures/recorded-figures.ts";
import { wholeNumber } from "./terminal/whole-number.ts";

const SYNTHETIC = workloads.map(({ name }) => name);
const OWN = ["dossier", "citizen"];
const PARTS = [...SYNTHETIC, ...OWN, "start", "refusals", "planning", "scaling"];

const command = new Command("bench:gateway")
  .description(
    "Measures CPU per request and requests per second of the gateway against other gateways, in alternating rounds on one core,\nand its start, its refusals and its memory. Other gateways are installed on demand, beside the product.",
  )
  .option("--only <parts>", `some of ${PARTS.join(", ")}, memory; separated by commas`, partList, PARTS)
  .option("--contestants <names>", `some of ${contestantNames.join(", ")}`, (text) => text.split(","))
  .option("--before <directory>", "another checkout of this repository, built, as one more contestant")
  .option("--write", "record the figures in scripts/figures.json and scripts/FIGURES.md")
  .option("--rounds <n>", "alternating rounds", wholeNumber(1), 3)
  .option("--seconds <s>", "seconds of a contestant's turn", wholeNumber(1), 5)
  .option("--connections <n>", "number of concurrent connections", wholeNumber(1), 32)
  .option(
    "--pause <ms>",
    "average pause of a connection after a response: all contestants get the same load",
    wholeNumber(1),
  )
  .option("--requests <n>", "requests of the memory part", wholeNumber(1), 1_000_000)
  .option("--profile <workload>", `only a CPU profile of our gateway under one of ${SYNTHETIC.join(", ")}`)
  .option("--keep <file>", "keep that profile, for the developer tools of a browser")
  .parse();
const options = command.opts<{
  only: string[];
  contestants?: string[];
  before?: string;
  write?: true;
  rounds: number;
  seconds: number;
  connections: number;
  pause?: number;
  requests: number;
  profile?: string;
  keep?: string;
}>();

function partList(text: string): string[] {
  const names = text.split(",");
  const unknown = names.filter((name) => name !== "memory" && !PARTS.includes(name));
  if (unknown.length > 0) throw new InvalidArgumentError(`no such part: ${unknown.join(", ")}`);
  return names;
}

const say = (line: string) => console.log(line);
const wants = (part: string) => !options.profile && options.only.includes(part);

function record(part: string, figures: Figure[]): void {
  if (options.write) recordFigures("npm run bench:gateway", part, figures);
}

async function synthetic(directory: string): Promise<void> {
  const graph = await startBenchGraph(directory);
  try {
    const profiled = workloads.find(({ name }) => name === options.profile);
    if (profiled) await profile(profiled, graph, { ...options, keep: options.keep, say });
    const wanted = workloads.filter(({ name }) => wants(name));
    const { tokens, counts } = graph;
    if (wanted.length > 0)
      await matches(wanted, await graph.recipes(say, options.before), {
        ...options,
        directory,
        tokens,
        counts,
        say,
        record,
      });
    if (wants("refusals")) record("refusals", await refusals(graph, say));
    if (wants("planning")) record("planning", await planning(graph, { ...options, say }, options.before));
    if (wants("scaling")) record("scaling", await scaling(graph, { ...options, say }));
    if (wants("memory")) record("memory", await memory(graph, { ...options, say }));
  } finally {
    await graph.close();
  }
}

async function own(directory: string): Promise<void> {
  const system = await startOwnSystem(directory, say);
  try {
    const wanted = system.workloads.filter(({ name }) => wants(name));
    await matches(wanted, system.recipes, { ...options, directory, tokens: system.tokens, say, record });
  } finally {
    await system.close();
  }
}

if (isPinnable) pinToOtherCore(process.pid);
else say("Without taskset or a second core, no process is pinned to a core: the figures are noisier");
const directory = mkdtempSync(join(tmpdir(), "motcua-bench-gateway-"));
try {
  if (wants("start")) record("start", await measureStart(directory, say));
  if (options.profile || [...SYNTHETIC, "refusals", "planning", "scaling", "memory"].some(wants))
    await synthetic(directory);
  if (OWN.some(wants)) await own(directory);
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  rmSync(directory, { recursive: true, force: true });
}
