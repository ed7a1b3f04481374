import type { Socket } from "node:net";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MalformedResponse } from "../../gateway/subgraph-client/transport/http1/malformed-response.ts";
import {
  type ReceivedResponse,
  ResponseReader,
} from "../../gateway/subgraph-client/transport/http1/response-reader.ts";
import { openTransport } from "../../gateway/subgraph-client/transport/open-transport.ts";
import type { HttpResponse, Transport } from "../../gateway/subgraph-client/transport/transport.ts";
import { receivedUtf8, toUtf8 } from "../../gateway/utf8.ts";
import { piecesOf, type Sent, sentResponses } from "./kit/generated-http1-responses.ts";
import { type RawServer, rawServer } from "./kit/raw-socket-server.ts";

const closed = (socket: Socket) =>
  new Promise<void>((resolve) => (socket.closed ? resolve() : socket.once("close", () => resolve())));
/** Fixed by default, so that a failure can be repeated. */
const RUNS = Number(process.env.RESPONSES ?? 1_000);
const SEED = Number(process.env.RESPONSES_SEED ?? 20_261_123);

function read(pieces: Buffer[]): ReceivedResponse | "incomplete" | "refused" {
  const reader = new ResponseReader();
  try {
    for (const piece of pieces) {
      const response = reader.read(piece);
      if (response) return response;
    }
    return reader.end() ?? "incomplete";
  } catch (error) {
    if (error instanceof MalformedResponse) return "refused";
    throw error;
  }
}

/** The part of a response that does not depend on where its bytes are split. */
function comparable(response: ReturnType<typeof read>) {
  return typeof response === "string" ? response : { status: response.status, text: response.text };
}

describe("an HTTP/1.1 response", () => {
  test("an HTTP/1.1 response is read the same however its bytes are split", () => {
    fc.assert(
      fc.property(sentResponses, (sent) => {
        const whole = comparable(read([sent.octets]));
        expect(comparable(read(piecesOf(sent)))).toEqual(whole);
        expect(comparable(read([...sent.octets].map((octet) => Buffer.from([octet]))))).toEqual(whole);
        if (sent.meant) expect(whole).toEqual({ status: sent.meant.status, text: receivedUtf8(sent.meant.body) });
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });

  test.each([
    ["two Content-Length fields", "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 2\r\n\r\n{}"],
    [
      "both a length and chunks",
      "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    ],
    ["a list as its Content-Length", "HTTP/1.1 200 OK\r\ncontent-length: 2, 2\r\n\r\n{}"],
    ["a no-break space before its Content-Length", "HTTP/1.1 200 OK\r\ncontent-length:\xa02\r\n\r\n{}"],
    ["a signed Content-Length", "HTTP/1.1 200 OK\r\ncontent-length: +2\r\n\r\n{}"],
    ["a transfer coding other than chunked", "HTTP/1.1 200 OK\r\ntransfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n"],
    [
      "two chunked codings",
      "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
    ["a folded field line", "HTTP/1.1 200 OK\r\nx: a\r\n b\r\ncontent-length: 2\r\n\r\n{}"],
    ["a space before a colon", "HTTP/1.1 200 OK\r\ncontent-length : 2\r\n\r\n{}"],
    ["bare line feeds", "HTTP/1.1 200 OK\ncontent-length: 2\r\n\r\n{}"],
    ["a control character in a field", "HTTP/1.1 200 OK\r\nx: \0\r\ncontent-length: 2\r\n\r\n{}"],
    ["another protocol version", "HTTP/2 200 OK\r\ncontent-length: 2\r\n\r\n{}"],
    ["a switch of protocols", "HTTP/1.1 101 Switching Protocols\r\n\r\n"],
    ["a chunk without a size", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n\r\n{}\r\n0\r\n\r\n"],
    ["a chunk longer than its size", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n"],
    [
      "chunk lines that end with a bare line feed",
      "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\n{}\r\n0\r\n\r\n",
    ],
    ["a Content-Length of many gigabytes", "HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n{}"],
    ["an endless head", `HTTP/1.1 200 OK\r\nx: ${"x".repeat(20_000)}`],
    ["an endless chunk line", `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2;${"x".repeat(20_000)}`],
    ["endless interim responses", "HTTP/1.1 103 Early Hints\r\n\r\n".repeat(11)],
    ["endless trailers", `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n${"x: y\r\n".repeat(101)}`],
  ])("an HTTP/1.1 response with %s is refused", (_, text) => {
    expect(read([Buffer.from(text, "latin1")])).toBe("refused");
  });

  test("an HTTP/1.1 response with status 204 has no body", () => {
    const text = "HTTP/1.1 204 No Content\r\ncontent-length: 0\r\nkeep-alive: timeout=5\r\n\r\n";
    expect(read([Buffer.from(text)])).toMatchObject({ status: 204, text: "", reusableMs: 3_000 });
  });
});

describe("the gateway's own HTTP/1.1 client and undici", () => {
  let server: RawServer;
  let own: Transport;
  let undici: Transport;
  let sending: Sent;

  beforeAll(async () => {
    server = await rawServer(async (socket) => {
      for (const piece of piecesOf(sending)) {
        if (socket.destroyed) return;
        if (piece.length > 0) socket.write(piece);
        await new Promise((resolve) => setImmediate(resolve));
      }
      socket.end();
    });
    own = openTransport(server.url, "own");
    undici = openTransport(server.url, "undici");
  });
  afterAll(async () => {
    await Promise.all([own.close(), undici.close()]);
    await server.close();
  });

  const ask = (transport: Transport) =>
    new Promise<{ status: number; text: string } | string>((resolve) => {
      const onResponse = ({ status, text }: HttpResponse) => resolve({ status, text });
      const body = toUtf8("{}");
      transport.send([], body, { onResponse, onFailure: ({ kind }) => resolve(kind) });
    });

  test.each([
    ["none\r\n", "none"],
    ["none\r\nx-reads-recorded: 1\r\n", "none, 1"],
    ["1\r\nX-Reads-Recorded:\tnone \r\n", "1, none"],
  ])(
    "the gateway's own HTTP/1.1 client and undici read the same value of a header that occurs as %j",
    async (lines, value) => {
      const octets = Buffer.from(`HTTP/1.1 200 OK\r\nx-reads-recorded: ${lines}content-length: 2\r\n\r\n{}`);
      sending = { octets, meant: undefined, cuts: [] };
      for (const transport of [own, undici]) {
        await Promise.all(server.sockets.splice(0).map(closed));
        const response = await new Promise<HttpResponse>((onResponse, onFailure) =>
          transport.send([], toUtf8("{}"), { onResponse, onFailure }),
        );
        expect(response.header("x-reads-recorded")).toBe(value);
        expect(response.header("x-reads")).toBeUndefined();
      }
    },
  );

  test("the gateway's own HTTP/1.1 client and undici accept the same responses: the own client none that undici reads differently, and every correct one", {
    timeout: 60_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(sentResponses, async (sent) => {
        await Promise.all(server.sockets.splice(0).map(closed)); // else the next request could use a connection that the server has closed
        sending = sent;
        const received = await ask(own);
        if (sent.meant) expect(received).toEqual({ status: sent.meant.status, text: receivedUtf8(sent.meant.body) });
        if (typeof received === "object") expect(await ask(undici)).toEqual(received);
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });
});
