import { mkdtempSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { cancelled, type SubgraphFailure } from "../../gateway/subgraph-client/subgraph-failure.ts";
import { endpointOf, isLocal } from "../../gateway/subgraph-client/transport/endpoint.ts";
import { openConnectionPool } from "../../gateway/subgraph-client/transport/http1/connection-pool.ts";
import { openTransport } from "../../gateway/subgraph-client/transport/open-transport.ts";
import type { HttpResponse, Transport } from "../../gateway/subgraph-client/transport/transport.ts";
import { fromUtf8, toUtf8 } from "../../gateway/utf8.ts";
import { answerOf, type RawServer, rawServer, type Script } from "./kit/raw-socket-server.ts";

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function serverOf(script: Script, on?: string): Promise<RawServer> {
  const server = await rawServer(script, on);
  open.push(server.close);
  return server;
}

async function served(script: Script, most = 256): Promise<{ server: RawServer; transport: Transport }> {
  const server = await serverOf(script);
  const transport = openConnectionPool(endpointOf(server.url), most);
  open.push(() => transport.close());
  return { server, transport };
}

function ask(transport: Transport, text = "{}", headers: string[] = []): Promise<HttpResponse> {
  const body = toUtf8(text);
  return new Promise((replied, failed) => transport.send(headers, body, { onResponse: replied, onFailure: failed }));
}

const textOf = async (reply: Promise<HttpResponse>) => fromUtf8((await reply).text);
/** Longer than the two turns of the event loop after which a connection is reusable. */
const rest = () => sleep(20);

describe("a request of the gateway's own HTTP/1.1 client", () => {
  test("a request of the gateway's own HTTP/1.1 client is sent with its headers and body, and its response is read completely", async () => {
    const { server, transport } = await served((socket) => socket.write(answerOf('{"it":"giấy khai sinh 🍼"}')));
    const reply = await ask(transport, '{"ngôn ngữ":"tiếng Việt"}', ["x-one", "1", "x-two", "2 2"]);
    expect(reply.status).toBe(200);
    expect(reply.header("x-reads-recorded")).toBeUndefined();
    expect(fromUtf8(reply.text)).toBe('{"it":"giấy khai sinh 🍼"}');
    const [head, body = ""] = server.requests[0]?.split("\r\n\r\n") ?? [];
    expect(head?.split("\r\n")).toEqual([
      "POST /graphql HTTP/1.1",
      `host: ${new URL(server.url).host}`,
      "connection: keep-alive",
      "x-one: 1",
      "x-two: 2 2",
      `content-length: ${Buffer.byteLength('{"ngôn ngữ":"tiếng Việt"}')}`,
    ]);
    expect(Buffer.from(body, "latin1").toString()).toBe('{"ngôn ngữ":"tiếng Việt"}');
  });

  test.each(["a\r\nx-motcua-identity: forged", "a\nb", "\0", "Ċ", "\x7f"])(
    "a request of the gateway's own HTTP/1.1 client is refused if a header value has an illegal character: %j",
    async (value) => {
      const { server, transport } = await served((socket) => socket.write(answerOf("{}")));
      expect(() => transport.send(["x-it", value], toUtf8("{}"), never)).toThrow(
        "The header x-it has an illegal character",
      );
      await ask(transport);
      expect(server.requests).toHaveLength(1);
    },
  );

  test("a request of the gateway's own HTTP/1.1 client reuses a connection when it is sequential and opens another when it is concurrent", async () => {
    const { server, transport } = await served((socket, _, place) => socket.write(answerOf(`${place}`)));
    for (let n = 0; n < 5; n++, await rest()) expect(await textOf(ask(transport))).toBe(`${n}`);
    expect(server.sockets).toHaveLength(1);
    const answers = await Promise.all(Array.from({ length: 20 }, () => textOf(ask(transport))));
    expect(new Set(answers).size).toBe(20);
    expect(server.sockets).toHaveLength(20);
  });

  test("a request of the gateway's own HTTP/1.1 client waits while all connections are in use, and is never sent if it is aborted meanwhile", async () => {
    let held: (() => void)[] = [];
    const { server, transport } = await served((socket) => void held.push(() => socket.write(answerOf("{}"))), 2);
    const first = [ask(transport, "1"), ask(transport, "2")];
    while (server.requests.length < 2) await sleep(5);
    const why = await new Promise<SubgraphFailure>((failed) => {
      const sending = transport.send([], toUtf8("3"), { onResponse: never.onResponse, onFailure: failed });
      setTimeout(() => sending.abort(cancelled()), 50);
    });
    expect(why.kind).toBe("cancelled");
    const last = ask(transport, "4");
    expect(server.requests).toHaveLength(2);
    for (const answer of held) answer();
    held = [];
    await Promise.all(first);
    while (held.length === 0) await sleep(5);
    for (const answer of held) answer();
    await last;
    expect(server.requests.map((each) => each.slice(-1))).toEqual(["1", "2", "4"]);
    expect(server.sockets).toHaveLength(2);
  });

  test("a request of the gateway's own HTTP/1.1 client is sent in the order of arrival among thousands", async () => {
    const { server, transport } = await served((socket) => socket.write(answerOf("{}")), 1);
    await Promise.all(Array.from({ length: 2_000 }, (_, n) => ask(transport, `${10_000 + n}`)));
    const order = server.requests.map((each) => Number(each.slice(-5)));
    expect(order).toEqual(Array.from({ length: 2_000 }, (_, n) => 10_000 + n));
  });

  test("a request of the gateway's own HTTP/1.1 client succeeds although the event loop was blocked while its connection was made", async () => {
    const { transport } = await served((socket) => socket.write(answerOf("{}")));
    const asked = ask(transport);
    setImmediate(() => {
      for (const until = performance.now() + 2_200; performance.now() < until; );
    });
    expect((await asked).status).toBe(200);
  });

  test("a request of the gateway's own HTTP/1.1 client closes its own connection only when it is aborted", async () => {
    const { server, transport } = await served(
      (socket, request) => void (request.endsWith("slow") || setTimeout(() => socket.write(answerOf("{}")), 100)),
    );
    const other = ask(transport, "other");
    const why = await new Promise<SubgraphFailure>((failed) => {
      const text = "slow";
      const to = { onResponse: never.onResponse, onFailure: failed };
      const sending = transport.send([], toUtf8(text), to);
      setTimeout(() => sending.abort(cancelled()), 50);
    });
    expect(why.kind).toBe("cancelled");
    await rest();
    expect(server.sockets.filter((socket) => socket.destroyed || socket.readableEnded)).toHaveLength(1);
    expect((await other).status).toBe(200);
  });

  test("a request of the gateway's own HTTP/1.1 client reaches a Unix socket, and a host by its name", async () => {
    const path = join(mkdtempSync(join(tmpdir(), "motcua-socket-")), "it.sock");
    const unix = await serverOf((socket) => socket.write(answerOf("unix")), path);
    const named = await serverOf((socket) => socket.write(answerOf("named")));
    for (const [url, answer] of [
      [unix.url, "unix"],
      [named.url.replace("127.0.0.1", "localhost"), "named"],
    ] as const) {
      const transport = openTransport(url, "own");
      open.push(() => transport.close());
      expect(await textOf(ask(transport))).toBe(answer);
    }
    expect(unix.requests[0]).toContain("\r\nhost: localhost\r\n");
  });

  test("a request of the gateway's own HTTP/1.1 client uses TLS if the address is https", async () => {
    const first: string[] = [];
    const tls = createServer((socket) =>
      socket.once("data", (bytes) => {
        first.push(bytes.toString("hex", 0, 3));
        socket.destroy();
      }),
    );
    await new Promise<void>((resolve) => tls.listen(0, "127.0.0.1", resolve));
    const { port } = tls.address() as { port: number };
    const transport = openTransport(`https://127.0.0.1:${port}/graphql`, "own");
    open.push(
      () => transport.close(),
      async () => void tls.close(),
    );
    await expect(ask(transport)).rejects.toThrow();
    expect(first[0]).toBe("160301"); // a ClientHello (RFC 8446, section 5.1)
  });
});

describe("the transport to a subgraph", () => {
  test.each([
    ["http://127.0.0.1:4001/graphql", true],
    ["http://127.8.0.1/graphql", true],
    ["http://localhost:4001/graphql", true],
    ["http://[::1]:4001/graphql", true],
    ["http+unix://%2Frun%2Fland.sock/graphql", true],
    ["http://10.0.0.7:4001/graphql", false],
    ["http://land.internal/graphql", false],
    ["http://localhost.example.org/graphql", false],
    ["http://127.0.0.1.example.org/graphql", false],
  ])("the transport to a subgraph knows that %s is on this machine: %s", (url, isOnThisMachine) => {
    expect(isLocal(endpointOf(url))).toBe(isOnThisMachine);
  });

  test.each([
    ["the gateway's own client", undefined, "own"],
    ["the gateway's own client", "own", "own"],
    ["undici", "undici", "undici"],
  ] as const)(
    "the transport to a subgraph on this machine is %s with SUBGRAPH_CLIENT=%s",
    async (_, client, expected) => {
      const server = await serverOf((socket) => socket.write(answerOf("{}")));
      const transport = openTransport(server.url, client);
      open.push(() => transport.close());
      const failure = expected === "own" ? "The header x-it has an illegal character" : "could not be sent";
      await expect(ask(transport, "{}", ["x-it", "\0"])).rejects.toThrow(failure);
    },
  );
});

describe("an HTTP/1.1 connection", () => {
  test("an HTTP/1.1 connection is not reused after the subgraph's keep-alive timeout", async () => {
    const { server, transport } = await served((socket, _, place) =>
      socket.write(answerOf("{}", place === 0 ? "Keep-Alive: max=5, timeout=3\r\n" : "keep-alive: timeout=2\r\n")),
    );
    await ask(transport);
    await sleep(500);
    await ask(transport); // reused within one second: two of the subgraph's three are the safety margin
    expect(server.sockets).toHaveLength(1);
    await rest();
    await ask(transport); // the safety margin leaves nothing of two
    expect(server.sockets).toHaveLength(2);
  });

  test("an HTTP/1.1 connection is closed after the keep-alive timeout if it stays idle", async () => {
    const { server, transport } = await served((socket) => socket.write(answerOf("{}", "keep-alive: timeout=3\r\n")));
    await ask(transport);
    await new Promise((resolve) => server.sockets[0]?.once("close", resolve));
  });

  test.each([
    ["sends Connection: close", "connection: Keep-Alive , Close\r\n"],
    ["speaks HTTP/1.0", "HTTP/1.0"],
  ])("an HTTP/1.1 connection is not reused if the subgraph %s", async (_, more) => {
    const answer = more === "HTTP/1.0" ? answerOf("{}").replace("HTTP/1.1", "HTTP/1.0") : answerOf("{}", more);
    const { server, transport } = await served((socket) => socket.write(answer));
    for (let n = 0; n < 2; n++, await rest()) expect(await textOf(ask(transport))).toBe("{}");
    expect(server.sockets).toHaveLength(2);
  });

  test("an HTTP/1.1 connection is not reused if the subgraph has closed it", async () => {
    const { server, transport } = await served((socket) => socket.end(answerOf("{}")));
    for (let n = 0; n < 2; n++, await rest()) expect(await textOf(ask(transport))).toBe("{}");
    expect(server.sockets).toHaveLength(2);
  });

  test("an HTTP/1.1 connection is not reused if bytes follow the response, which itself is used", async () => {
    const { server, transport } = await served((socket) => socket.write(answerOf("mine") + answerOf("poison")));
    for (let n = 0; n < 2; n++, await rest()) expect(await textOf(ask(transport))).toBe("mine");
    expect(server.sockets).toHaveLength(2);
  });

  test("an HTTP/1.1 connection is not reused if unsolicited bytes arrive while it is idle", async () => {
    const { server, transport } = await served((socket) => socket.write(answerOf("mine")));
    await ask(transport);
    await rest();
    server.sockets[0]?.write(answerOf("poison"));
    await rest();
    expect(await textOf(ask(transport))).toBe("mine");
    expect(server.sockets).toHaveLength(2);
  });

  test("an HTTP/1.1 connection rests for a turn, so that a second response is not taken for the response to the next request", async () => {
    const { server, transport } = await served((socket, request) => socket.write(answerOf(request.slice(-4))));
    for (let n = 1_000; n < 1_200; n++) {
      const text = await new Promise<string>((resolve, failed) => {
        const replied = (reply: HttpResponse) => {
          for (const socket of server.sockets) if (!socket.destroyed) socket.write(answerOf("poison")); // arrives in the next turn
          resolve(reply.text);
        };
        transport.send([], toUtf8(`${n}`), { onResponse: replied, onFailure: failed });
      });
      expect(text).toBe(`${n}`);
    }
  });

  test("an HTTP/1.1 connection is not reused if the subgraph responds before it has read the request", async () => {
    const { server, transport } = await served(() => {});
    const big = ask(transport, "x".repeat(8_000_000));
    while (!server.sockets[0]) await sleep(1);
    server.sockets[0].pause();
    server.sockets[0].write(answerOf("too much").replace("200 OK", "413 Content Too Large"));
    expect((await big).status).toBe(413);
    server.sockets[0].resume();
    await new Promise((resolve) => server.sockets[0]?.once("close", resolve));
  });

  test("an HTTP/1.1 connection fails its request as disconnected if it cannot be made or breaks before the response is complete", async () => {
    const { server, transport } = await served((socket) =>
      socket.end("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n{}"),
    );
    await expect(ask(transport)).rejects.toMatchObject({ kind: "disconnected", message: "the connection broke" });
    await server.close();
    open.splice(0, 1);
    await expect(ask(transport)).rejects.toMatchObject({ message: "it refuses connections" });
  });

  test("an HTTP/1.1 connection is closed with its pool, and pending requests fail", async () => {
    const { server, transport } = await served(() => {}, 1);
    const asked = [ask(transport), ask(transport)];
    while (server.requests.length === 0) await sleep(1);
    await transport.close();
    for (const each of asked) await expect(each).rejects.toThrow("could not be sent");
    await expect(ask(transport)).rejects.toThrow("could not be sent");
  });
});

const never = {
  onResponse: () => expect.unreachable("a response arrived"),
  onFailure: (why: SubgraphFailure) => expect.unreachable(String(why)),
};
