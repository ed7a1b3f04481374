import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { HttpResponse } from "../../gateway/subgraph-client/transport/transport.ts";
import { toUtf8 } from "../../gateway/utf8.ts";
import { ask, http1Clients, textOf, untilReusable } from "./kit/http1-client.ts";
import { answerOf } from "./kit/raw-socket-server.ts";

const { open, served } = http1Clients();

describe("an HTTP/1.1 connection", () => {
  test("an HTTP/1.1 connection is not reused after the subgraph's keep-alive timeout", async () => {
    const { server, transport } = await served((socket, _, place) =>
      socket.write(answerOf("{}", place === 0 ? "Keep-Alive: max=5, timeout=12\r\n" : "keep-alive: timeout=2\r\n")),
    );
    await ask(transport);
    await sleep(500);
    await ask(transport); // reused within ten seconds: two of the subgraph's twelve are the safety margin
    expect(server.sockets).toHaveLength(1);
    await untilReusable();
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
    for (let n = 0; n < 2; n++, await untilReusable()) expect(await textOf(ask(transport))).toBe("{}");
    expect(server.sockets).toHaveLength(2);
  });

  test("an HTTP/1.1 connection is not reused if the subgraph has closed it", async () => {
    const { server, transport } = await served((socket) => socket.end(answerOf("{}")));
    for (let n = 0; n < 2; n++, await untilReusable()) expect(await textOf(ask(transport))).toBe("{}");
    expect(server.sockets).toHaveLength(2);
  });

  test("an HTTP/1.1 connection is not reused if bytes follow the response, which itself is used", async () => {
    const { server, transport } = await served((socket) => socket.write(answerOf("mine") + answerOf("poison")));
    for (let n = 0; n < 2; n++, await untilReusable()) expect(await textOf(ask(transport))).toBe("mine");
    expect(server.sockets).toHaveLength(2);
  });

  test("an HTTP/1.1 connection is not reused if unsolicited bytes arrive while it is idle", async () => {
    const { server, transport } = await served((socket) => socket.write(answerOf("mine")));
    await ask(transport);
    await untilReusable();
    server.sockets[0]?.write(answerOf("poison"));
    await untilReusable();
    expect(await textOf(ask(transport))).toBe("mine");
    expect(server.sockets).toHaveLength(2);
  });

  test("an HTTP/1.1 connection stays unused for one turn of the event loop, so that a second response is not taken for the response to the next request", async () => {
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
