import { cpus } from "node:os";
import { getIntrospectionQuery } from "graphql";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import { median, table } from "../bench/figures.ts";
import type { Figure } from "../figures/recorded-figures.ts";
import type { BenchGraph } from "./bench-graph.ts";
import { type Contestant, start } from "./contestants.ts";
import { run } from "./load/load-run.ts";
import { postText } from "./load/post-request.ts";
import { pinToOtherCore, unpin } from "./machine/cores.ts";
import { reached } from "./targets.ts";
import { bodyOf, light, varied } from "./workloads.ts";

type Options = { rounds: number; seconds: number; connections: number; say(line: string): void };
type Measured = { perSecond: number; cpuPerRequest: number };

const TARGET = 1.8;

/** With a variable, as the gateway executes an introspection without variables only once. */
const INTROSPECTION = getIntrospectionQuery()
  .replace("query IntrospectionQuery", "query IntrospectionQuery($deprecated: Boolean)")
  .replaceAll("includeDeprecated: true", "includeDeprecated: $deprecated");

/** One process of the gateway against two on the same port. */
export async function scaling(graph: BenchGraph, options: Options): Promise<Figure[]> {
  return [...(await onAllCores(graph, options)), ...(await onOneCore(graph, options))];
}

/**
 * CPU per request of two processes that share the measured core, against one process alone on it; each process has as many
 * connections and is saturated. Subgraphs and clients have the other core. Two processes on two cores of their own serve
 * 2 × (CPU per request of one) / (CPU per request of two) times the requests of one, if the cores do not hinder each other.
 * Context switches on the shared core count against the two; contention for memory between two cores does not count.
 */
async function onOneCore(graph: BenchGraph, { rounds, seconds, connections, say }: Options): Promise<Figure[]> {
  const withProcesses = (count: number) => ({
    ...graph.ours,
    environment: { ...graph.ours.environment, PROCESSES: String(count) },
  });
  const one = await start(withProcesses(1), graph.directory);
  const two = await start(withProcesses(2), graph.directory);
  const turns = [
    { contestant: one, connections },
    { contestant: two, connections: 2 * connections },
  ];
  try {
    const figures: Figure[] = [];
    for (const workload of [light, varied]) {
      const request = (n: number) => postText(bodyOf(workload, n), graph.tokens[n % graph.tokens.length]);
      const results = new Map<Contestant, Measured[]>(turns.map(({ contestant }) => [contestant, []]));
      for (const { contestant, connections } of turns)
        await run({ port: contestant.port, connections, requests: 2 * workload.warmUp, seconds: 4 * seconds, request });
      for (let round = 0; round < rounds; round++) {
        for (const { contestant, connections } of round % 2 === 0 ? turns : turns.toReversed())
          results.get(contestant)?.push(await measured(contestant, { connections, seconds, request }));
      }
      figures.push(capacityOf(workload.name, medians(results.get(one)), medians(results.get(two)), say));
    }
    return figures;
  } finally {
    for (const { program } of [one, two]) await program.stop();
  }
}

function capacityOf(name: string, one: Measured, two: Measured, say: (line: string) => void): Figure {
  const ratio = (2 * one.cpuPerRequest) / two.cpuPerRequest;
  const cpu = `${one.cpuPerRequest.toFixed(0)} and ${two.cpuPerRequest.toFixed(0)} µs of CPU per request`;
  const isReached = ratio >= TARGET;
  say(
    `  scaling: two processes have ${ratio.toFixed(2)} times the capacity of one, ${name}, ${cpu}  ${reached(isReached)}`,
  );
  return {
    what: `capacity of two processes on two cores of their own, ${name}, computed from CPU per request on one core`,
    measured: `${ratio.toFixed(2)} × that of one (${cpu})`,
    target: `at least ${TARGET} ×`,
    reached: isReached,
  };
}

/**
 * One process of the gateway against two on the same port, neither pinned to a core. The introspection of our own supergraph
 * keeps the gateway busy for milliseconds, needs no subgraph and hardly any of the client, so that the cores are left to the
 * gateway. `var` shares them with its subgraphs and clients: on two cores only its CPU per request can show what a second process
 * costs.
 */
async function onAllCores(graph: BenchGraph, options: Options): Promise<Figure[]> {
  const introspection = JSON.stringify({ query: INTROSPECTION, variables: { deprecated: true } });
  // production hides introspection
  const development = { ...graph.ours.environment, NODE_ENV: "development", PLAYGROUND: "off" };
  const own = { ...development, SUPERGRAPH: projectPath("schema", "supergraph.graphql") };
  const loads = [
    { name: "introspection", environment: own, request: () => postText(introspection, undefined) },
    {
      name: "var",
      environment: development,
      request: (n: number) => postText(bodyOf(varied, n), graph.tokens[n % graph.tokens.length]),
    },
  ];
  unpin(process.pid);
  try {
    const figures: Figure[] = [];
    for (const load of loads) figures.push(await oneAndTwo(graph, load, options));
    return figures;
  } finally {
    pinToOtherCore(process.pid);
  }
}

type NamedLoad = { name: string; environment: Record<string, string>; request(n: number): string };

async function oneAndTwo(graph: BenchGraph, load: NamedLoad, options: Options): Promise<Figure> {
  const { rounds, seconds, connections, say } = options;
  const { name, environment, request } = load;
  const withProcesses = (count: number) => ({
    ...graph.ours,
    environment: { ...environment, PROCESSES: String(count) },
  });
  const one = await start(withProcesses(1), graph.directory, { isPinned: false });
  const two = await start(withProcesses(2), graph.directory, { isPinned: false });
  try {
    const results = new Map<Contestant, Measured[]>([
      [one, []],
      [two, []],
    ]);
    for (const { port } of results.keys()) await run({ port, connections, seconds, request });
    for (let round = 0; round < rounds; round++) {
      for (const [contestant, all] of results) all.push(await measured(contestant, { connections, seconds, request }));
    }
    return figureOf(name, medians(results.get(one)), medians(results.get(two)), say);
  } finally {
    for (const { program } of [one, two]) await program.stop();
  }
}

type Load = { connections: number; seconds: number; request(n: number): string };

async function measured({ port, program }: Contestant, load: Load): Promise<Measured> {
  const before = program.cpuSeconds();
  const { requests, seconds } = await run({ port, ...load });
  return { perSecond: requests / seconds, cpuPerRequest: ((program.cpuSeconds() - before) / requests) * 1e6 };
}

function medians(all: readonly Measured[] = []): Measured {
  return {
    perSecond: median(all.map((each) => each.perSecond)),
    cpuPerRequest: median(all.map((each) => each.cpuPerRequest)),
  };
}

function figureOf(name: string, one: Measured, two: Measured, say: (line: string) => void): Figure {
  const row = ({ perSecond, cpuPerRequest }: Measured) => [perSecond.toFixed(0), cpuPerRequest.toFixed(0)];
  say(
    table([
      [name, "req/s", "CPU µs/req"],
      ["one process", ...row(one)],
      ["two processes", ...row(two)],
    ]),
  );
  const ratio = two.perSecond / one.perSecond;
  const cpu = `${one.cpuPerRequest.toFixed(0)} and ${two.cpuPerRequest.toFixed(0)} µs of CPU per request`;
  const measured = `${ratio.toFixed(2)} × the requests per second of one (${one.perSecond.toFixed(0)} → ${two.perSecond.toFixed(0)}), ${cpu}`;
  const what = `two processes on ${cpus().length} cores, ${name}`;
  if (name === "var") return { what: `${what}, which shares them with subgraphs and clients`, measured };
  say(`  scaling: ${ratio.toFixed(2)} times (target: at least ${TARGET} times)  ${reached(ratio >= TARGET)}`);
  return { what, measured, target: `at least ${TARGET} ×`, reached: ratio >= TARGET };
}
