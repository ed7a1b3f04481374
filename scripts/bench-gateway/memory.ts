import { start } from "./contestants.ts";
import { postText } from "./load/request.ts";
import { run } from "./load/run.ts";
import type { Stage } from "./stage.ts";
import { reached } from "./targets.ts";

type Options = { requests: number; connections: number; say(line: string): void };

const WARM_UP_SHARE = 0.1;
const STEPS = 20;
const OPERATION_EVERY = 10;
const TARGET = 0.1;

/**
 * So many requests, each with variables of its own and every tenth with an operation of its own; how much more memory is
 * resident at the end than after the first tenth.
 */
export async function memory(stage: Stage, { requests, connections, say }: Options): Promise<void> {
  const { port, program } = await start(stage.ours, stage.directory);
  const megabytes = () => program.residentBytes() / 1e6;
  const request = (n: number) => postText(distinctBody(n), stage.tokens[n % stage.tokens.length]);
  const started = performance.now();
  say(`Memory: ${requests} requests, each with other variables, and ${requests / OPERATION_EVERY} operations`);
  say(`  ${megabytes().toFixed(0)} MB after the start`);
  try {
    await run({ port, connections, requests: Math.round(requests * WARM_UP_SHARE), request });
    const warm = megabytes();
    say(`  ${warm.toFixed(0)} MB after the warm-up, ${WARM_UP_SHARE * 100} % of the requests`);
    const later: number[] = [];
    for (let step = 1; step <= STEPS; step++) {
      await run({ port, connections, requests: Math.round((requests * (1 - WARM_UP_SHARE)) / STEPS), request });
      later.push(megabytes());
      const minutes = (performance.now() - started) / 60_000;
      say(`  ${megabytes().toFixed(0)} MB after ${(step / STEPS) * 100} % of the rest, ${minutes.toFixed(1)} min`);
    }
    const growth = (later.at(-1) ?? warm) / warm - 1;
    const verdict = reached(growth < TARGET);
    say(
      `  memory: ${percent(growth)} against the warm-up, at most ${percent(Math.max(...later) / warm - 1)} on the way (target: under ${percent(TARGET)})  ${verdict}`,
    );
  } finally {
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
