import { median } from "../bench/figures.ts";
import type { Figure } from "../figures/recorded-figures.ts";
import type { BenchGraph } from "./bench-graph.ts";
import { start } from "./contestants.ts";
import { run } from "./load/load-run.ts";
import { postText } from "./load/post-request.ts";
import { reached } from "./targets.ts";

type Options = { requests: number; connections: number; say(line: string): void };

const WARM_UP_SHARE = 0.1;
const QUARTERS = 4;
const SAMPLE_MS = 250;
const OPERATION_EVERY = 10;
const TARGET = 0.1;

/**
 * Growth of the resident memory over many requests, each with distinct variables and every tenth with a distinct operation.
 * Garbage collection moves it by a third, so the median of the last quarter is compared with that of the first one after
 * the warm-up.
 */
export async function memory(graph: BenchGraph, { requests, connections, say }: Options): Promise<Figure[]> {
  const { port, program } = await start(graph.ours, graph.directory);
  const request = (n: number) => postText(distinctBody(n), graph.tokens[n % graph.tokens.length]);
  const samples: number[] = [];
  const sampling = setInterval(() => samples.push(program.residentBytes() / 1e6), SAMPLE_MS);
  const started = performance.now();
  say(`Memory: ${requests} requests, each with other variables, and ${requests / OPERATION_EVERY} operations`);
  try {
    await run({ port, connections, requests: Math.round(requests * WARM_UP_SHARE), request });
    say(`  warm-up, ${percent(WARM_UP_SHARE)} of the requests: median ${median(samples.splice(0)).toFixed(0)} MB`);
    const quarters: number[] = [];
    for (let quarter = 1; quarter <= QUARTERS; quarter++) {
      await run({ port, connections, requests: Math.round((requests * (1 - WARM_UP_SHARE)) / QUARTERS), request });
      const seen = samples.splice(0);
      quarters.push(median(seen));
      const minutes = (performance.now() - started) / 60_000;
      say(
        `  quarter ${quarter} of the rest: median ${median(seen).toFixed(0)} MB, ${Math.min(...seen).toFixed(0)} to ${Math.max(...seen).toFixed(0)} MB, ${minutes.toFixed(1)} min`,
      );
    }
    const growth = (quarters.at(-1) ?? Number.NaN) / (quarters[0] ?? Number.NaN) - 1;
    say(
      `  memory: ${percent(growth)} from the first quarter to the last (target: under ${percent(TARGET)})  ${reached(growth < TARGET)}`,
    );
    return [
      {
        what: `growth over ${requests} requests with distinct variables and ${requests / OPERATION_EVERY} distinct operations`,
        measured: `${percent(growth)} from the first quarter after the warm-up to the last: medians ${quarters.map((each) => each.toFixed(0)).join(", ")} MB`,
        ...{ target: `under ${percent(TARGET)}`, reached: growth < TARGET },
      },
    ];
  } finally {
    clearInterval(sampling);
    await program.stop();
  }
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

function distinctBody(n: number): string {
  const isOwn = n % OPERATION_EVERY === 0;
  const query = isOwn
    ? `query Own${n}($id: ID!) { citizen(id: $id) { own${n}: name born card { number } } }`
    : "query Shared($id: ID!) { citizen(id: $id) { name born card { number } } }";
  return JSON.stringify({ query, variables: { id: `c${n}` } });
}
