import { setTimeout as sleep } from "node:timers/promises";
import { median, percentile } from "../bench/figures.ts";
import type { Figure } from "../figures/recorded-figures.ts";
import type { BenchGraph } from "./bench-graph.ts";
import { start } from "./contestants.ts";
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
 */
export async function planning(graph: BenchGraph, { rounds, seconds, say }: Options): Promise<Figure[]> {
  const { port, program } = await start(graph.explosive, graph.directory, { isPinned: false });
  const request = (n: number) => postText(bodyOf(varied, n), graph.tokens[n % graph.tokens.length]);
  const p99 = async () => percentile((await run({ port, ...LOAD, seconds, request })).latenciesMs, 0.99);
  let explosions = 0;

  /** Sends one operation after another to be planned, until it is told to stop. */
  function explode(): () => Promise<void> {
    let isOver = false;
    const sending = (async () => {
      while (!isOver) {
        const connection = await openConnection(port);
        const asked = connection.ask(postText(JSON.stringify({ query: explosion(explosions++) }), graph.tokens[0]));
        const ended = asked.then(
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

  try {
    await run({ port, connections: LOAD.connections, requests: WARM_UP, request });
    const usual: number[] = [];
    const meanwhile: number[] = [];
    for (let round = 0; round < rounds; round++) {
      usual.push(await p99());
      const stop = explode();
      await sleep(1_000); // it is planned, and the next thread has started
      meanwhile.push(await p99());
      await stop();
      await sleep(6_000); // the last planning has ended
    }
    const ratio = median(meanwhile) / median(usual);
    const measured = `p99 ${median(meanwhile).toFixed(1)} ms while ${explosions} of them were sent, usually ${median(usual).toFixed(1)} ms (${ratio.toFixed(2)} times)`;
    say(`  planning: ${measured} (target: at most ${TARGET} times)  ${reached(ratio <= TARGET)}`);
    return [
      {
        what: "other requests while a 20 × 2 interface explosion is planned",
        ...{ measured, target: `at most ${TARGET} times`, reached: ratio <= TARGET },
      },
    ];
  } finally {
    await program.stop();
  }
}
