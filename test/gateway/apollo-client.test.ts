import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache } from "@apollo/client";
import { RetryLink } from "@apollo/client/link/retry";
import { pino } from "pino";
import { afterEach, expect, test } from "vitest";
import { gatewayConfiguration } from "../../gateway/configuration.ts";
import { type RunningGateway, serveGateway } from "../../gateway/server.ts";
import { composed } from "./kit/gateway-world.ts";
import { clock, squares } from "./kit/ticking-subgraph.ts";

const QUERY = gql`subscription Ticks { it: tick { n square } }`;
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const each of closing.splice(0).reverse()) await each();
});

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}

test("Apollo Client hears each event of a multipart subscription at once, and goes on at the gateway's successor", async () => {
  const [ticker, square] = await Promise.all([clock(), squares()]);
  const directory = mkdtempSync(join(tmpdir(), "motcua-apollo-client-"));
  closing.push(ticker.close, square.close, () => rmSync(directory, { recursive: true }));
  const SUPERGRAPH = join(directory, "supergraph.graphql");
  writeFileSync(SUPERGRAPH, composed([ticker, square]));
  // without heartbeats, which would complete a part that the gateway left open
  const environment = { SUPERGRAPH, PLAYGROUND: "off", MOTCUA_DEMO_DIR: directory, LIVE_HEARTBEAT_MS: "600000" };
  const start = (port: number): Promise<RunningGateway> =>
    serveGateway(gatewayConfiguration({ ...environment, PORT: String(port) }), pino({ level: "silent" }));

  const first = await start(0);
  const retry = new RetryLink({ delay: { initial: 20, max: 50, jitter: false }, attempts: { max: 1_000 } });
  const http = new HttpLink({ uri: `http://127.0.0.1:${first.port}/graphql` });
  const client = new ApolloClient({ cache: new InMemoryCache(), link: ApolloLink.from([retry, http]) });
  const heard: unknown[] = [];
  const ends: unknown[] = [];
  const end = (how: unknown) => void ends.push(how);
  const hearing = client.subscribe<{ it: { n: number; square: number } }>({ query: QUERY }).subscribe({
    next: ({ data }) => void heard.push([data?.it.n, data?.it.square]),
    error: end,
    complete: () => end("complete"),
  });
  closing.push(
    () => hearing.unsubscribe(),
    () => client.stop(),
  );
  await until(() => ticker.listeners() === 1);
  ticker.tick();
  await until(() => heard.length === 1);
  ticker.tick();
  await until(() => heard.length === 2);
  await first.close();
  const second = await start(first.port);
  closing.push(second.close);
  await until(() => ticker.listeners() === 1);
  ticker.tick();
  await until(() => heard.length === 3);
  expect(heard).toEqual([1, 2, 3].map((n) => [n, n * n]));
  expect(ends).toEqual([]);
});
