import { mkdtempSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { cancelled, type SubgraphFailure } from "../../gateway/subgraph-client/subgraph-failure.ts";
import { endpointOf, isLocal } from "../../gateway/subgraph-client/transport/endpoint.ts";
import { openTransport } from "../../gateway/subgraph-client/transport/open-transport.ts";
import { fromUtf8, toUtf8 } from "../../gateway/utf8.ts";
import { ask, http1Clients, never, textOf, untilReusable } from "./kit/http1-client.ts";
import { answerOf } from "./kit/raw-socket-server.ts";

const { open, served, serverOf } = http1Clients();

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
    for (let n = 0; n < 5; n++, await untilReusable()) expect(await textOf(ask(transport))).toBe(`${n}`);
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
    await untilReusable();
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
