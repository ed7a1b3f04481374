import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Client, createClient } from "graphql-ws";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { gatewayConfiguration } from "../../gateway/configuration.ts";
import { demoIssuer } from "../../gateway/demo/demo-issuer.ts";
import { type RunningGateway, serveGateway } from "../../gateway/server.ts";
import type { ResponseJson } from "../kit/response-json.ts";
import { composed } from "./kit/gateway-world.ts";
import { type Clock, clock, squares } from "./kit/ticking-subgraph.ts";

const QUERY = "subscription Ticks { it: tick { n square } }";
let ticker: Clock;
let square: Awaited<ReturnType<typeof squares>>;
let directory: string;
let gateway: RunningGateway | undefined;
const clients: Client[] = [];
const lines: Record<string, unknown>[] = [];
beforeAll(async () => {
  [ticker, square] = await Promise.all([clock(), squares()]);
  directory = mkdtempSync(join(tmpdir(), "motcua-websocket-"));
  writeFileSync(join(directory, "supergraph.graphql"), composed([ticker, square]));
});
afterEach(async () => {
  for (const each of clients.splice(0)) await each.dispose();
  await gateway?.close();
  gateway = undefined;
  lines.length = 0;
});
afterAll(async () => {
  await Promise.all([ticker.close(), square.close()]);
  rmSync(directory, { recursive: true, force: true });
});

async function start(environment: Record<string, string> = {}): Promise<RunningGateway> {
  const configuration = gatewayConfiguration({
    ...{ SUPERGRAPH: join(directory, "supergraph.graphql"), PORT: "0", PLAYGROUND: "off", MOTCUA_DEMO_DIR: directory },
    ...environment,
  });
  const log = pino({ level: "info" }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  gateway = await serveGateway(configuration, log);
  return gateway;
}

type Options = Partial<Parameters<typeof createClient>[0]>;

function client({ port }: RunningGateway, more: Options = {}): Client {
  const made = createClient({ url: `ws://127.0.0.1:${port}/graphql`, webSocketImpl: WebSocket, ...more });
  clients.push(made);
  return made;
}

type Result = ResponseJson;

/** Hears an operation in the background. */
function hear(from: Client, query: string, more: object = {}) {
  const heard: Result[] = [];
  const iterator = from.iterate({ query, ...more });
  const over = (async () => {
    for await (const each of iterator) heard.push(each);
    return "complete" as unknown;
  })().catch((error: unknown) => error);
  return { heard, over, stop: () => iterator.return?.() };
}

async function once(from: Client, query: string, more: object = {}): Promise<Result> {
  const { heard, over } = hear(from, query, more);
  const end = await over;
  return heard[0] ?? end;
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe.each([["direct"], ["apollo"]])("a client over graphql-ws on the %s path", (GATEWAY_PATH) => {
  test("a subscription over graphql-ws is completed across subgraphs at each event, and ends when the client leaves", async () => {
    const { heard, stop } = hear(client(await start({ GATEWAY_PATH })), QUERY, { operationName: "Ticks" });
    await until(() => ticker.listeners() === 1);
    ticker.tick();
    ticker.tick();
    await until(() => heard.length === 2);
    const n = heard[0].data.it.n;
    expect(heard[0].data).toEqual({ it: { n, square: n * n } });
    expect(heard[0].extensions.eventId).toBe(String(n));
    await stop();
    await until(() => ticker.listeners() === 0);
    await until(() => lines.some(({ operation }) => operation === "Ticks"));
  });

  test("a query over graphql-ws is answered as over HTTP, and an invalid one is refused with an error message", async () => {
    const from = client(await start({ GATEWAY_PATH }));
    expect(await once(from, "{ hello }")).toMatchObject({ data: { hello: "hello" } });
    expect(await once(from, "{ nothing }")).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }]);
    const deep = "{ __schema { types { ".padEnd(600, "ofType { ").trim();
    const nested = `${deep} name ${"}".repeat(deep.split("{").length - 1)}`;
    expect(await once(from, nested)).toMatchObject([{ extensions: { limit: { name: "depth" } } }]);
  });
});

test("an operation over graphql-ws that is malformed is refused with an error message", async () => {
  const refused = await once(client(await start()), " ");
  expect(refused).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }]);
});

test("an operation over graphql-ws with variables that nest too deeply is refused, and logs no fault", async () => {
  const { port } = await start();
  const value = `${"[".repeat(50_000)}1e400${"]".repeat(50_000)}`;
  const payload = `{"query":"query ($n: Int) { hello @include(if: $n) }","variables":{"n":${value}}}`;
  const [, refused] = await exchanged(port, [`{"id":"1","type":"subscribe","payload":${payload}}`], 2);
  expect(refused).toMatchObject({ type: "error", payload: [{ extensions: { code: "BAD_USER_INPUT" } }] });
  expect(lines.filter(({ level }) => Number(level) >= 50)).toEqual([]);
});

test("a message over graphql-ws of any depth closes its connection or is answered, before and after connection_init", async () => {
  const { port } = await start();
  const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
  const hello = '"query":"{ hello }"';
  const refused = { closed: 4400 };
  const answered = { type: "next", payload: { data: { hello: "hello" } } };
  for (const [name, message, before, after] of [
    ["query", `{"id":"1","type":"subscribe","payload":{"query":${deep}}}`, 4400, refused],
    ["name", `{"id":"1","type":"subscribe","payload":{${hello},"operationName":${deep}}}`, 4400, refused],
    ["unknown parameter", `{"id":"1","type":"subscribe","payload":{${hello},"x":${deep}}}`, 4401, answered],
    ["unknown member", `{"id":"1","type":"subscribe","payload":{${hello}},"x":${deep}}`, 4401, answered],
    ["id", `{"id":${deep},"type":"subscribe","payload":{${hello}}}`, 4400, refused],
    ["type", `{"id":"1","type":${deep}}`, 4400, refused],
  ] as const) {
    expect(await closedBefore(port, message), name).toBe(before);
    expect((await exchanged(port, [message], 2))[1], name).toMatchObject(after);
  }
  expect(lines.filter(({ level }) => Number(level) >= 50)).toEqual([]);
});

/** Code with which a message before connection_init closes the connection. */
function closedBefore(port: number, message: string): Promise<number> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, "graphql-transport-ws");
  socket.once("open", () => socket.send(message));
  return new Promise((resolve) => socket.once("close", resolve));
}

test("an id over graphql-ws may be used again as soon as its operation is completed, and not before", async () => {
  const { port } = await start();
  const begin = (query: string) => JSON.stringify({ id: "é", type: "subscribe", payload: { query } });
  const end = JSON.stringify({ id: "é", type: "complete" });
  const heard = await exchanged(port, [begin(QUERY), end, begin("{ hello }"), end, begin("{ __typename }")], 3);
  expect(heard.slice(1)).toMatchObject([
    { id: "é", type: "next", payload: { data: { __typename: "Query" } } },
    { id: "é", type: "complete" },
  ]);
  await until(() => ticker.listeners() === 0);
  expect(await exchanged(port, [begin(QUERY), begin(QUERY)], 2)).toMatchObject([{}, { closed: 4409 }]);
});

/** The first messages of the gateway after messages that arrive at once, with the code of a close. */
async function exchanged(port: number, messages: readonly string[], count: number): Promise<unknown[]> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, "graphql-transport-ws");
  const heard: unknown[] = [];
  socket.once("open", () => socket.send('{"type":"connection_init"}'));
  socket.once("close", (closed) => void heard.push({ closed }));
  socket.on("message", (data) => {
    heard.push(JSON.parse(String(data)));
    if (heard.length > 1) return;
    const raw = (socket as unknown as { _socket: Socket })._socket; // corked, so that all frames are one packet
    raw.cork();
    for (const each of messages) socket.send(each);
    raw.uncork();
  });
  await until(() => heard.length >= count);
  socket.terminate();
  return heard;
}

test("a token in the payload of connection_init or in the upgrade has its rights, and a wrong one closes the connection", async () => {
  const running = await start();
  const response = await fetch(`http://127.0.0.1:${running.port}/dev/token?persona=clerk`);
  const { access_token: token } = (await response.json()) as { access_token: string };
  const query = "subscription { secret { n } }";
  expect(await once(client(running), query)).toMatchObject({ errors: [{ extensions: { code: "UNAUTHENTICATED" } }] });
  for (const more of [
    { connectionParams: { Authorization: `Bearer ${token}` } },
    { webSocketImpl: withHeader(token) },
  ]) {
    const { stop } = hear(client(running, more as Options), query);
    await until(() => ticker.listeners() === 1);
    await stop();
    await until(() => ticker.listeners() === 0);
  }
  const refused = await once(client(running, { connectionParams: { authorization: "Bearer wrong" } }), "{ hello }");
  expect(refused).toMatchObject({ code: 4401 });
});

function clerkWithoutScopes(issuedAt: Date): Promise<string> {
  const { trust } = gatewayConfiguration({ MOTCUA_DEMO_DIR: directory });
  if (trust.kind !== "demo") throw new Error("The demo trusts its own issuer");
  return demoIssuer(trust)({ sub: "test:clerk", role: "clerk", scope: "", office: "31471" }, issuedAt);
}

test("a subscription over graphql-ws that the caller has no right to is refused, and its subgraph is not asked", async () => {
  const running = await start();
  const token = await clerkWithoutScopes(new Date());
  const before = ticker.subscribed;
  const from = client(running, { connectionParams: { authorization: `Bearer ${token}` } });
  for (const query of ["subscription { secret { n } }", "subscription { it: secret { __typename n } }"]) {
    expect(await once(from, query)).toMatchObject({ errors: [{ extensions: { code: "FORBIDDEN" } }] });
  }
  expect(ticker.subscribed).toBe(before);
});

test("a token that expires closes its connection over graphql-ws, and is refused until then", async () => {
  const running = await start({ LIVE_HEARTBEAT_MS: "600000" });
  const longAgo = new Date(Date.now() - 3_600_000 + 4_000 - 5_000); // valid for an hour, with a tolerance of 5 s
  const token = await clerkWithoutScopes(longAgo);
  const from = client(running, {
    connectionParams: { authorization: `Bearer ${token}` },
    lazy: false,
    onNonLazyError: () => undefined,
    retryAttempts: 0,
  });
  let answer: Result;
  do answer = await once(from, "{ hello }");
  while (answer.data?.hello === "hello");
  expect(answer).toMatchObject([{ extensions: { code: "UNAUTHENTICATED" } }]);
  expect(await once(from, "subscription { tick { n } }")).toMatchObject([{ extensions: { code: "UNAUTHENTICATED" } }]);
  await running.close();
  const beating = await start({ LIVE_HEARTBEAT_MS: "50" });
  const late = client(beating, { connectionParams: { authorization: `Bearer ${token}` }, retryAttempts: 0 });
  expect(await once(late, "{ hello }")).toMatchObject({ code: 4401 });
});

function withHeader(token: string) {
  return class extends WebSocket {
    constructor(url: string, protocol: string) {
      super(url, protocol, { headers: { authorization: `Bearer ${token}` } });
    }
  };
}

test("a stop of the gateway asks clients over graphql-ws to connect again, and they continue at its successor", async () => {
  const first = await start();
  const codes: number[] = [];
  const from = client(first, {
    ...{ retryAttempts: 50, shouldRetry: () => true }, // also while nobody listens
    retryWait: () => new Promise((resolve) => setTimeout(resolve, 50)),
    on: { closed: (event) => void codes.push((event as { code: number }).code) },
  });
  const { heard, stop } = hear(from, QUERY);
  await until(() => ticker.listeners() === 1);
  ticker.tick();
  await until(() => heard.length === 1);
  await first.close();
  await until(() => codes.length > 0);
  expect(codes[0]).toBe(1012);
  await start({ PORT: String(first.port) });
  await until(() => ticker.listeners() === 1);
  ticker.tick();
  await until(() => heard.length === 2);
  expect(heard[1].data.it.n).toBe(heard[0].data.it.n + 1);
  await stop();
});

test("a subscription over graphql-ws continues after the event that its extensions name", async () => {
  const from = client(await start());
  ticker.tick();
  const first = hear(from, QUERY);
  await until(() => ticker.listeners() === 1);
  ticker.tick();
  await until(() => first.heard.length === 1);
  const { eventId } = first.heard[0].extensions;
  ticker.tick();
  const second = hear(from, QUERY, { extensions: { lastEventId: eventId } });
  await until(() => second.heard.length === 1);
  expect(second.heard[0].extensions.eventId).toBe(String(Number(eventId) + 1));
  await first.stop();
  await second.stop();
});

test("streams over graphql-ws count like others, and a connection carries several", async () => {
  const from = client(await start({ LIVE_STREAMS_PER_CALLER: "2" }));
  const open = [hear(from, QUERY), hear(from, QUERY)];
  await until(() => ticker.listeners() === 2);
  expect(await once(from, QUERY)).toMatchObject([{ extensions: { code: "RATE_LIMITED" } }]);
  for (const each of open) await each.stop();
});

test.each<[string, string, Record<string, string>, number]>([
  ["of a page that is not listed", "/graphql", { origin: "https://evil.example" }, 403],
  ["at another address", "/other", {}, 404],
])("a WebSocket %s is refused", async (_, path, headers, status) => {
  const { port } = await start();
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, "graphql-transport-ws", { headers });
  const answered = await new Promise((resolve) => {
    socket.on("error", () => {});
    socket.once("unexpected-response", (_request, response) => resolve(response.statusCode));
  });
  expect(answered).toBe(status);
});

test("a client over graphql-ws that answers no ping is disconnected", async () => {
  const { port } = await start({ LIVE_HEARTBEAT_MS: "20" });
  const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, "graphql-transport-ws", { autoPong: false });
  const code = await new Promise((resolve) => socket.once("close", resolve));
  expect(code).toBe(1006);
});
