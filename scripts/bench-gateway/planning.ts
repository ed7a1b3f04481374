import { setTimeout as sleep } from "node:timers/promises";
import { median, percentile } from "../bench/figures.ts";
import type { Figure } from "../figures/recorded-figures.ts";
import type { BenchGraph } from "./bench-graph.ts";
import { type Contestant, type ContestantName, ours, start, titles } from "./contestants.ts";
import { explosion } from "./graph/explosive-schemas.ts";
import { openConnection } from "./load/load-connection.ts";
import { run } from "./load/load-run.ts";
import { postText } from "./load/post-request.ts";
import { reached } from "./targets.ts";
import { bodyOf, varied } from "./workloads.ts";

type Options = { rounds: number; seconds: number; say(line: string): void };

/** Each connection pauses after a response, so that the gateway has capacity left, as in service. */
const LOAD = { connections: 16, pauseMs: 20 };
const WARM_UP = 10_000;
const TARGET = 2;

/**
 * Latency of other requests while operations are planned whose planning never ends: fields of an interface of twenty types that
 * two subgraphs share. Each of these operations has another shape, so that the gateway has not seen it before.
 * @param before root of another checkout, measured in turn with this one
 */
export async function planning(
  graph: BenchGraph,
  { rounds, seconds, say }: Options,
  before: string | undefined,
): Promise<Figure[]> {
  const recipes = [graph.explosive, ...(before ? [ours("before", graph.explosive.environment, before)] : [])];
  const request = (n: number) => postText(bodyOf(varied, n), graph.tokens[n % graph.tokens.length]);
  const results = new Map<Contestant, Latencies>();
  let explosions = 0;
  const nextExplosion = () => postText(JSON.stringify({ query: explosion(explosions++) }), graph.tokens[0]);

  try {
    for (const recipe of recipes) {
      const contestant = await start(recipe, graph.directory, { isPinned: false });
      results.set(contestant, { usual: [], meanwhile: [] });
      await run({ port: contestant.port, connections: LOAD.connections, requests: WARM_UP, request });
    }
    for (let round = 0; round < rounds; round++) {
      const turns = [...results];
      for (const [{ port }, { usual, meanwhile }] of round % 2 === 0 ? turns : turns.toReversed()) {
        const p99 = async () => percentile((await run({ port, ...LOAD, seconds, request })).latenciesMs, 0.99);
        usual.push(await p99());
        const stop = explode(port, nextExplosion);
        await sleep(1_000); // it is planned, and the next thread has started
        meanwhile.push(await p99());
        await stop();
        await sleep(6_000); // the last planning has ended
      }
    }
    return [...results].map(([{ name }, latencies]) => figureOf(name, latencies, say));
  } finally {
    for (const { program } of results.keys()) await program.stop();
  }
}

/** 99th percentiles in milliseconds, one for each round. */
type Latencies = { usual: number[]; meanwhile: number[] };

/** Sends one operation after another to be planned, until it is told to stop. */
function explode(port: number, next: () => string): () => Promise<void> {
  let isOver = false;
  const sending = (async () => {
    while (!isOver) {
      const connection = await openConnection(port);
      const ended = connection.ask(next()).then(
        () => true,
        () => true,
      );
      while (!isOver && !(await Promise.race([ended, sleep(50)])));
      connection.close();
    }
  })();
  return async () => {
    isOver = true;
    await sending;
  };
}

function figureOf(name: ContestantName, { usual, meanwhile }: Latencies, say: (line: string) => void): Figure {
  const ratio = median(meanwhile) / median(usual);
  const measured = `p99 ${median(meanwhile).toFixed(1)} ms, usually ${median(usual).toFixed(1)} ms (${ratio.toFixed(2)} times)`;
  const title = name === "ours" ? "" : ` (${titles[name]})`;
  say(`  planning${title}: ${measured} (target: at most ${TARGET} times)  ${reached(ratio <= TARGET)}`);
  const what = `other requests while 20 × 2 interface explosions are planned${title}`;
  return { what, measured, target: `at most ${TARGET} times`, reached: ratio <= TARGET };
}
