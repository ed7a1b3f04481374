import { median, percentile, table } from "../bench/figures.ts";
import type { Counts } from "./bench-graph.ts";
import { type Contestant, type ContestantName, titles } from "./contestants.ts";
import { openConnection } from "./load/load-connection.ts";
import { run } from "./load/load-run.ts";
import { postText } from "./load/post-request.ts";
import { bodyOf, type Workload } from "./workloads.ts";

/** Measurements of one contestant for one workload, medians over the rounds. */
export type ContestantFigures = {
  perSecond: number;
  /** Microseconds of the gateway's processor time. */
  cpuPerRequest: number;
  p50: number;
  p99: number;
  megabytes: number;
  fetches: number | undefined;
};
export type Results = Map<ContestantName, ContestantFigures>;

type Options = {
  rounds: number;
  seconds: number;
  connections: number;
  /** Average pause of a connection in milliseconds, so that all contestants get the same load; default: none. */
  pause?: number | undefined;
  tokens: readonly string[];
  counts?: () => Promise<Counts>;
  say(line: string): void;
};

const LONGEST_WARM_UP_S = 15;

/** Runs a workload against the contestants in turn, after a check that all give the same data. */
export async function match(workload: Workload, contestants: Contestant[], options: Options): Promise<Results> {
  const { rounds, seconds, connections, pause: pauseMs, tokens, say } = options;
  await compareAnswers(workload, contestants, options);
  const request = (n: number) => postText(bodyOf(workload, n), tokens[n % tokens.length]);
  const warmUp = { connections, requests: workload.warmUp, seconds: LONGEST_WARM_UP_S, request };
  for (const { port } of contestants) await run({ port, ...warmUp });
  const all = new Map<ContestantName, ContestantFigures[]>(contestants.map(({ name }) => [name, []]));
  for (let round = 1; round <= rounds; round++) {
    // The order alternates, because the turn before has an effect on the next one.
    for (const { name, port, program } of round % 2 === 1 ? contestants : contestants.toReversed()) {
      const [cpu, before] = [program.cpuSeconds(), await options.counts?.()];
      const { requests, seconds: took, latenciesMs } = await run({ port, connections, seconds, pauseMs, request });
      const [used, after] = [program.cpuSeconds() - cpu, await options.counts?.()];
      all.get(name)?.push({
        perSecond: requests / took,
        cpuPerRequest: (used / requests) * 1e6,
        p50: median(latenciesMs),
        p99: percentile(latenciesMs, 0.99),
        megabytes: program.residentBytes() / 1e6,
        fetches: before && after && name !== "bare" ? (after.asked - before.asked) / requests : undefined,
      });
    }
    say(`  ${workload.name}: round ${round} of ${rounds} done`);
  }
  return new Map([...all].map(([name, figures]) => [name, medians(figures)]));
}

function medians(all: ContestantFigures[]): ContestantFigures {
  const of = (key: keyof ContestantFigures) => median(all.map((each) => each[key] ?? Number.NaN));
  return {
    perSecond: of("perSecond"),
    cpuPerRequest: of("cpuPerRequest"),
    p50: of("p50"),
    p99: of("p99"),
    megabytes: of("megabytes"),
    fetches: all[0]?.fetches === undefined ? undefined : of("fetches"),
  };
}

const SAMPLES = [1, 7, 1_234];

/** Checks that all contestants give the same data: a gateway with other data has not done the same work. */
async function compareAnswers(workload: Workload, contestants: Contestant[], { tokens, say }: Options): Promise<void> {
  let size = 0;
  const reordered = new Set<string>();
  for (const n of SAMPLES) {
    const texts = await Promise.all(contestants.map(({ port }) => dataOf(port, bodyOf(workload, n), tokens[0])));
    const [first = ""] = texts;
    size = Buffer.byteLength(first);
    contestants.forEach(({ name }, at) => {
      const text = texts[at] ?? "";
      if (text === first) return;
      if (sorted(text) !== sorted(first)) {
        throw new Error(`${workload.name}: ${titles[name]} answers ${text.slice(0, 300)}, not ${first.slice(0, 300)}`);
      }
      reordered.add(titles[name]);
    });
  }
  const order = reordered.size > 0 ? ` (fields in another order: ${[...reordered].join(", ")})` : "";
  say(`  ${workload.name}: all ${contestants.length} give the same data, ${size} bytes${order}`);
}

/** JSON text of a response's `data`. @throws for a response with errors */
export async function dataOf(port: number, body: string, token: string | undefined): Promise<string> {
  const connection = await openConnection(port);
  const { body: text } = await connection.ask(postText(body, token));
  connection.close();
  const { data, errors } = JSON.parse(text.toString()) as { data?: unknown; errors?: unknown };
  if (errors || !data) throw new Error(text.toString().slice(0, 500));
  return JSON.stringify(data);
}

function sorted(text: string): string {
  return JSON.stringify(JSON.parse(text), (_, value: unknown) =>
    value && typeof value === "object" && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

/** Result table: one line per contestant, with its CPU time as a multiple of ours. */
export function resultTable(results: Results): string {
  const own = results.get("ours")?.cpuPerRequest;
  const rows = [...results].map(([name, each]) => [
    titles[name],
    each.perSecond.toFixed(0),
    each.cpuPerRequest.toFixed(0),
    own ? (each.cpuPerRequest / own).toFixed(2) : "",
    each.p50.toFixed(1),
    each.p99.toFixed(1),
    each.megabytes.toFixed(0),
    each.fetches?.toFixed(2) ?? "–",
  ]);
  return table([["", "req/s", "CPU µs/req", "× ours", "p50 ms", "p99 ms", "RSS MB", "fetches/req"], ...rows]);
}
