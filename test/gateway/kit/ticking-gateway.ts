import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll } from "vitest";
import { gatewayConfiguration } from "../../../gateway/configuration.ts";
import { type RunningGateway, serveGateway } from "../../../gateway/server.ts";
import { listen, type ReceivedEvent } from "../../kit/subscription-clients.ts";
import { composed } from "./gateway-world.ts";
import { type Clock, clock, squares } from "./ticking-subgraph.ts";

export const TICKS = "subscription Ticks { it: tick { n square } }";

/** A gateway over a subgraph that ticks and one that squares, for one test file. Each test starts its own gateway. */
export function tickingGateway() {
  const directory = mkdtempSync(join(tmpdir(), "motcua-live-"));
  const path = join(directory, "supergraph.graphql");
  const subgraphs = {} as { ticker: Clock; square: Awaited<ReturnType<typeof squares>> }; // before the first test
  let gateway: RunningGateway | undefined;

  beforeAll(async () => {
    [subgraphs.ticker, subgraphs.square] = await Promise.all([clock(), squares()]);
  });
  afterEach(stop);
  afterAll(async () => {
    await Promise.all([subgraphs.ticker.close(), subgraphs.square.close()]);
    rmSync(directory, { recursive: true, force: true });
  });

  function publish(text: string): void {
    writeFileSync(`${path}.new`, text);
    renameSync(`${path}.new`, path);
  }

  /** @returns the address of the gateway */
  async function start(environment: Record<string, string> = {}): Promise<string> {
    publish(composed([subgraphs.ticker, subgraphs.square]));
    const configuration = gatewayConfiguration({
      ...{ SUPERGRAPH: path, PORT: "0", PLAYGROUND: "off", MOTCUA_DEMO_DIR: directory, ...environment },
    });
    gateway = await serveGateway(configuration, pino({ level: "silent" }));
    return `http://127.0.0.1:${gateway.port}`;
  }

  async function stop(): Promise<void> {
    await gateway?.close();
    gateway = undefined;
  }

  return { directory, subgraphs, publish, start, stop };
}

/** Reads a stream in the background. */
export function reading(url: string, more: Parameters<typeof listen>[2] = {}, query = TICKS) {
  const client = new AbortController();
  const heard: ReceivedEvent[] = [];
  const over = (async () => {
    for await (const each of listen(url, query, { signal: client.signal, ...more })) heard.push(each);
  })().catch((error: Error) => error);
  return { heard, over, stop: () => client.abort(), numbers: () => heard.map(({ answer }) => answer?.data?.it?.n) };
}
