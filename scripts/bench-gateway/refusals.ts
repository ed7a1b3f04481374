import { median, table } from "../bench/figures.ts";
import type { Figure } from "../figures/recorded-figures.ts";
import { attacks } from "./attacks.ts";
import type { BenchGraph } from "./bench-graph.ts";
import { start } from "./contestants.ts";
import { type Answer, openConnection } from "./load/load-connection.ts";
import { run } from "./load/load-run.ts";
import { postText } from "./load/post-request.ts";
import { reached } from "./targets.ts";
import { bodyOf, light } from "./workloads.ts";

const TIMES = 11;
const WARM_UP = 2_000;

/** Time that our gateway takes to refuse each attack, and the subgraph calls that the attack causes. */
export async function refusals(graph: BenchGraph, say: (line: string) => void): Promise<Figure[]> {
  const { port, program } = await start(graph.ours, graph.directory);
  const [token] = graph.tokens;
  try {
    await run({ port, connections: 8, requests: WARM_UP, request: (n) => postText(bodyOf(light, n), token) });
    const rows: (string | number)[][] = [["attack", "ms to refuse", "CPU ms", "HTTP", "code", "subgraph calls"]];
    let calls = 0;
    let served = 0;
    for (const { name, body } of attacks) {
      const [before, cpu] = [await graph.counts(), program.cpuSeconds()];
      const times: number[] = [];
      let answer: Answer | undefined;
      for (let n = 0; n < TIMES; n++) {
        const connection = await openConnection(port);
        const request = postText(body(n), token);
        const began = performance.now();
        answer = await connection.ask(request);
        times.push(performance.now() - began);
        connection.close();
      }
      const asked = (await graph.counts()).asked - before.asked;
      const code = codeOf(answer);
      calls += asked;
      if (code === undefined) served++;
      const cpuMs = ((program.cpuSeconds() - cpu) / TIMES) * 1_000;
      rows.push([name, median(times).toFixed(1), cpuMs.toFixed(1), answer?.status ?? 0, code ?? "SERVED", asked]);
    }
    say(`Refusals, medians of ${TIMES}, with a different text each time`);
    say(table(rows));
    say(
      `  refusals: ${served} of ${attacks.length} served, ${calls} subgraph calls (target: none)  ${reached(calls + served === 0)}`,
    );
    return [
      ...rows.slice(1).map(([name, ms]) => ({ what: `time to refuse: ${name}`, measured: `${ms} ms` })),
      {
        what: "attacks served, and subgraph calls caused by attacks",
        measured: `${served} and ${calls}`,
        ...{ target: "none", reached: calls + served === 0 },
      },
    ];
  } finally {
    await program.stop();
  }
}

function codeOf(answer: Answer | undefined): string | undefined {
  type Body = { errors?: { extensions?: { code?: string } }[] };
  const { errors } = JSON.parse(answer?.body.toString() ?? "{}") as Body; // only its errors are read
  return errors?.[0] && (errors[0].extensions?.code ?? "without a code");
}
