import { setTimeout as sleep } from "node:timers/promises";
import { openConnection } from "./load-connection.ts";

export type Load = {
  port: number;
  connections: number;
  /** Ends after so many seconds, or so many requests. */
  seconds?: number;
  requests?: number;
  /** Average pause of a connection after a response. */
  pauseMs?: number | undefined;
  /** Bytes of the n-th request. */
  request(n: number): string;
};
export type Run = { requests: number; seconds: number; latenciesMs: number[] };

const ERRORS = Buffer.from('"errors"');
let sent = 0;

/** Keeps the connections busy. @throws for an incomplete response or one with errors: the figure would be invalid */
export async function run(load: Load): Promise<Run> {
  const { port, connections, seconds = Infinity, requests = Infinity, pauseMs = 0, request } = load;
  const open = await Promise.all(Array.from({ length: connections }, () => openConnection(port)));
  const latenciesMs: number[] = [];
  const started = performance.now();
  const until = started + seconds * 1_000;
  let begun = 0;
  const work = open.map(async (connection) => {
    for (let now = performance.now(); now < until && begun < requests; ) {
      begun++;
      const { status, body } = await connection.ask(request(sent++));
      const after = performance.now();
      latenciesMs.push(after - now);
      if (pauseMs > 0) await sleep(2 * pauseMs * Math.random());
      now = pauseMs > 0 ? performance.now() : after;
      if (status !== 200 || body.includes(ERRORS)) throw new Error(`HTTP ${status}: ${body.toString().slice(0, 500)}`);
    }
  });
  try {
    await Promise.all(work);
  } finally {
    for (const connection of open) connection.close();
  }
  return { requests: latenciesMs.length, seconds: (performance.now() - started) / 1_000, latenciesMs };
}
