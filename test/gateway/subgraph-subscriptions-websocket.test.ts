import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { Socket } from "node:net";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { GraphQLError, parse } from "graphql";
import { useServer } from "graphql-ws/use/ws";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { WebSocketServer } from "ws";
import { trackAgencyState } from "../../gateway/subgraph-client/agency-states.ts";
import { openCircuitBreaker } from "../../gateway/subgraph-client/circuit-breaker/circuit-breaker.ts";
import { SubgraphFailure } from "../../gateway/subgraph-client/subgraph-failure.ts";
import { openWebSocketSubscriptions } from "../../gateway/subgraph-client/subscriptions/websocket-subscriptions.ts";
import { fromUtf8 } from "../../gateway/utf8.ts";
import { closeServer, listen } from "../../subgraphs/_shared/serving/http.ts";

const schema = buildSubgraphSchema({
  typeDefs: parse(
    "scalar Long type Query { x: Int } type Subscription { tick(from: Int): Int echo(n: Long): Long broken: Int refused: Int endless: Int }",
  ),
  resolvers: {
    Subscription: {
      tick: {
        async *subscribe(_: unknown, { from }: { from: number }) {
          for (let n = from; n < from + 3; n++) yield { tick: n };
        },
      },
      broken: {
        async *subscribe() {
          yield { broken: 1 };
          throw new Error("the source broke");
        },
      },
      refused: {
        subscribe: () => {
          throw new GraphQLError("no such thing", { extensions: { code: "BAD_USER_INPUT" } });
        },
      },
      endless: {
        async *subscribe() {
          yield { endless: 1 };
          await new Promise(() => {});
        },
      },
    },
  } as never,
});

let http: Server;
let sockets: WebSocketServer;
let url = "";
let seen: { headers: IncomingHttpHeaders; payload: unknown }[] = [];
let isRefused = false;
beforeAll(async () => {
  http = createServer((_, response) => response.writeHead(404).end());
  sockets = new WebSocketServer({ server: http, path: "/graphql" });
  useServer(
    {
      schema,
      onConnect: ({ extra, connectionParams }) => {
        seen.push({
          headers: (extra as { request: { headers: IncomingHttpHeaders } }).request.headers,
          payload: connectionParams,
        });
        return !isRefused;
      },
    },
    sockets,
  );
  url = `ws://127.0.0.1:${await listen(http, 0)}/graphql`;
});
afterEach(() => {
  seen = [];
  isRefused = false;
});
afterAll(async () => {
  for (const each of sockets.clients) each.terminate();
  await closeServer(http, 0);
});

const breaker = () =>
  openCircuitBreaker({
    rules: { failuresInARow: 9, windowMs: 1_000, windowCalls: 100, windowShare: 1, openMs: 100, longestOpenMs: 100 },
    patienceMs: 100,
    agencyState: trackAgencyState(() => new Date()),
    onChange: () => {},
  });

/** Events of a subscription until it ends, or its failure. */
async function heard(query: string, at = url, signal = new AbortController().signal) {
  const subscriptions = openWebSocketSubscriptions(at, breaker());
  const found: unknown[] = [];
  try {
    const headers = ["content-type", "application/json", "x-motcua-identity", "sealed"];
    for await (const event of subscriptions.subscribe(headers, Buffer.from(query), signal)) {
      found.push(event === "open" ? event : { data: event.response.data, errors: event.response.errors });
    }
  } catch (error) {
    if (!(error instanceof SubgraphFailure)) throw error;
    found.push(error.kind);
  }
  await subscriptions.close();
  return found;
}

const body = (query: string, variables = "{}") => `{"query":${JSON.stringify(query)},"variables":${variables}}`;

describe("a subscription of a subgraph over graphql-ws", () => {
  test("a subscription over graphql-ws yields its events until the subgraph completes it", async () => {
    expect(await heard(body("subscription ($n: Int) { tick(from: $n) }", '{"n":7}'))).toEqual([
      "open",
      ...[7, 8, 9].map((tick) => ({ data: { tick }, errors: undefined })),
    ]);
    expect(seen[0]?.headers["x-motcua-identity"]).toBe("sealed");
    expect(seen[0]?.payload).toEqual({ "x-motcua-identity": "sealed" });
  });

  test("errors of a subgraph over graphql-ws are told as they are", async () => {
    const told = await heard(body("subscription { refused }"));
    expect(told).toMatchObject([
      "open",
      { errors: [{ message: "no such thing", extensions: { code: "BAD_USER_INPUT" } }] },
    ]);
    const invalid = await heard(body("subscription { nothing }"));
    expect(invalid).toMatchObject(["open", { errors: [{ message: expect.stringContaining("Cannot query field") }] }]);
  });

  test("a subgraph that refuses the identity or does not serve WebSockets is told apart from one that is down", async () => {
    isRefused = true;
    expect(await heard(body("subscription { tick(from: 1) }"))).toEqual(["identity refused"]);
    expect(await heard(body("subscription { tick(from: 1) }"), url.replace("/graphql", "/other"))).toEqual([
      "unsupported",
    ]);
    expect(await heard(body("subscription { tick(from: 1) }"), "ws://127.0.0.1:1/graphql")).toEqual(["disconnected"]);
  });

  test("a connection that breaks fails the subscription, so that it is opened again", async () => {
    const hearing = heard(body("subscription { endless }"));
    while (sockets.clients.size === 0 || seen.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await new Promise((resolve) => setTimeout(resolve, 50));
    for (const each of sockets.clients) each.terminate();
    expect((await hearing).at(-1)).toBe("disconnected");
  });

  test("a subscription that its client leaves closes the connection", async () => {
    const client = new AbortController();
    const hearing = heard(body("subscription { endless }"), url, client.signal);
    while (seen.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    client.abort();
    expect((await hearing).at(-1)).toBe("cancelled");
    while (sockets.clients.size > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  });
});

describe("a subgraph with its own implementation of graphql-ws", () => {
  let raw: WebSocketServer;
  let at = "";
  /** Messages after the subscription, or the code with which it is closed. */
  let says: (string | Buffer | number)[] = [];
  beforeAll(async () => {
    raw = new WebSocketServer({ port: 0, host: "127.0.0.1", handleProtocols: () => "graphql-transport-ws" });
    raw.on("connection", (socket) => {
      socket.on("message", (data) => {
        if (String(data).includes("connection_init")) socket.send('{"type":"connection_ack"}');
        if (!String(data).includes('"subscribe"')) return;
        for (const each of says) typeof each === "number" ? socket.close(each) : socket.send(each);
      });
    });
    await once(raw, "listening");
    at = `ws://127.0.0.1:${(raw.address() as { port: number }).port}/`;
  });
  afterAll(() => {
    for (const each of raw.clients) each.terminate();
    raw.close();
  });

  const next = (n: number, id = "1") => JSON.stringify({ id, type: "next", payload: { data: { tick: n } } });
  const complete = '{"id":"1","type":"complete"}';
  const tick = (n: number) => ({ data: { tick: n }, errors: undefined });

  test("events of another operation and unknown messages are ignored", async () => {
    says = [next(7, "2"), '{"id":"2","type":"complete"}', '{"type":"ka"}', next(1), complete, next(2)];
    expect(await heard(body("subscription { tick }"), at)).toEqual(["open", tick(1)]);
  });

  test("a message that is not text breaks the connection, and no event after it is told as if none were missing", async () => {
    says = [next(1), Buffer.from(next(2)), next(3), complete];
    expect(await heard(body("subscription { tick }"), at)).toEqual(["open", tick(1), "disconnected"]);
  });

  test.each([4400, 4409, 4429, 4500])(
    "a close with code %i is a refusal, which is not repeated for ever",
    async (code) => {
      says = [code];
      expect(await heard(body("subscription { tick }"), at)).toEqual(["open", "unsupported"]);
    },
  );

  test("a client that leaves while the connection is made leaves no subscription behind", async () => {
    const waiting = createServer();
    const upgraded = once(waiting, "upgrade");
    const address = `ws://127.0.0.1:${await listen(waiting, 0)}/`;
    const client = new AbortController();
    const hearing = heard(body("subscription { tick }"), address, client.signal);
    const [, socket] = (await upgraded) as [unknown, Socket];
    const closed = once(socket.resume(), "end");
    client.abort();
    expect(await hearing).toEqual(["cancelled"]);
    await closed;
    socket.destroy();
    await closeServer(waiting, 0);
  });
});

test("numbers keep their digits over graphql-ws, in variables and in events", async () => {
  const raw = new WebSocketServer({ port: 0, host: "127.0.0.1", handleProtocols: () => "graphql-transport-ws" });
  const received: string[] = [];
  raw.on("connection", (socket) => {
    socket.on("message", (data) => {
      const text = String(data);
      received.push(text);
      if (text.includes("connection_init")) socket.send('{"type":"connection_ack"}');
      if (!text.includes("subscribe")) return;
      socket.send('{"type":"ping"}');
      socket.send('{"id":"1","type":"next","payload":{"data":{"echo":1234567890123456789}}}');
      socket.send('{"id":"1","type":"complete"}');
    });
  });
  await once(raw, "listening");
  const { port } = raw.address() as { port: number };
  const subscriptions = openWebSocketSubscriptions(`ws://127.0.0.1:${port}/`, breaker());
  const events: unknown[] = [];
  const query = body("subscription ($n: Long) { echo(n: $n) }", '{"n":9007199254740993}');
  for await (const each of subscriptions.subscribe([], Buffer.from(query), new AbortController().signal)) {
    if (each !== "open") events.push(each.response.json && fromUtf8(each.response.json));
  }
  expect(events).toEqual(['{"data":{"echo":1234567890123456789}}']);
  expect(received.find((each) => each.includes("subscribe"))).toContain('"n":9007199254740993');
  while (!received.some((each) => each.includes("pong"))) await new Promise((resolve) => setTimeout(resolve, 5));
  for (const each of raw.clients) each.terminate();
  raw.close();
});
