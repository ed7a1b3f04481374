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
/** The same every time, unless a longer run is asked for. */
const RUNS = Number(process.env.RESPONSES ?? 1_000);
const SEED = Number(process.env.RESPONSES_SEED ?? 20_261_123);

function read(pieces: Buffer[]): ReceivedResponse | "not whole" | "refused" {
  const reader = new ResponseReader();
  try {
    for (const piece of pieces) {
      const response = reader.read(piece);
      if (response) return response;
    }
    return reader.end() ?? "not whole";
  } catch (error) {
    if (error instanceof MalformedResponse) return "refused";
    throw error;
  }
}

/** Without what an end in another piece makes known only later: that something follows. */
function said(response: ReturnType<typeof read>) {
  return typeof response === "string" ? response : { status: response.status, text: response.text };
}

describe("a response", () => {
  test("says the same in whatever pieces it comes", () => {
    fc.assert(
      fc.property(sentResponses, (sent) => {
        const whole = said(read([sent.octets]));
        expect(said(read(piecesOf(sent)))).toEqual(whole);
        expect(said(read([...sent.octets].map((octet) => Buffer.from([octet]))))).toEqual(whole);
        if (sent.meant) expect(whole).toEqual({ status: sent.meant.status, text: receivedUtf8(sent.meant.body) });
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });

  test.each([
    ["two lengths", "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 2\r\n\r\n{}"],
    [
      "a length and chunks",
      "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    ],
    ["a list as its length", "HTTP/1.1 200 OK\r\ncontent-length: 2, 2\r\n\r\n{}"],
    ["a blank of another alphabet before its length", "HTTP/1.1 200 OK\r\ncontent-length:\xa02\r\n\r\n{}"],
    ["a length with a sign", "HTTP/1.1 200 OK\r\ncontent-length: +2\r\n\r\n{}"],
    ["a coding besides chunks", "HTTP/1.1 200 OK\r\ntransfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n"],
    ["chunks twice", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n"],
    ["a folded line", "HTTP/1.1 200 OK\r\nx: a\r\n b\r\ncontent-length: 2\r\n\r\n{}"],
    ["a blank before a colon", "HTTP/1.1 200 OK\r\ncontent-length : 2\r\n\r\n{}"],
    ["bare line feeds", "HTTP/1.1 200 OK\ncontent-length: 2\r\n\r\n{}"],
    ["a control character", "HTTP/1.1 200 OK\r\nx: \0\r\ncontent-length: 2\r\n\r\n{}"],
    ["another protocol", "HTTP/2 200 OK\r\ncontent-length: 2\r\n\r\n{}"],
    ["a switch of protocols", "HTTP/1.1 101 Switching Protocols\r\n\r\n"],
    ["a chunk of no size", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n\r\n{}\r\n0\r\n\r\n"],
    ["a chunk larger than its size", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n"],
    [
      "chunks that end a line by a line feed",
      "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\n{}\r\n0\r\n\r\n",
    ],
    ["a body of many gigabytes", "HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n{}"],
    ["a head that does not end", `HTTP/1.1 200 OK\r\nx: ${"x".repeat(20_000)}`],
    [
      "a line of a chunk that does not end",
      `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2;${"x".repeat(20_000)}`,
    ],
    ["interim answers that do not end", "HTTP/1.1 103 Early Hints\r\n\r\n".repeat(11)],
    ["trailers that do not end", `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n${"x: y\r\n".repeat(101)}`],
  ])("with %s is refused", (_, text) => {
    expect(read([Buffer.from(text, "latin1")])).toBe("refused");
  });

  test("of no body has none, whatever it says", () => {
    const text = "HTTP/1.1 204 No Content\r\ncontent-length: 0\r\nkeep-alive: timeout=5\r\n\r\n";
    expect(read([Buffer.from(text)])).toMatchObject({ status: 204, text: "", reusableMs: 3_000 });
  });
});

describe("what a subgraph may send", () => {
  let server: RawServer;
  let ours: Transport;
  let undicis: Transport;
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
    ours = openTransport(server.url, "own");
    undicis = openTransport(server.url, "undici");
  });
  afterAll(async () => {
    await Promise.all([ours.close(), undicis.close()]);
    await server.close();
  });

  const ask = (transport: Transport) =>
    new Promise<{ status: number; text: string } | string>((resolve) => {
      const replied = ({ status, text }: HttpResponse) => resolve({ status, text });
      const body = toUtf8("{}");
      transport.send([], body, { onResponse: replied, onFailure: (why) => resolve(why.kind) });
    });

  test.each([
    ["none\r\n", "none"],
    ["none\r\nx-reads-recorded: 1\r\n", "none, 1"],
    ["1\r\nX-Reads-Recorded:\tnone \r\n", "1, none"],
  ])("a header that occurs as %j has the same value through both transports", async (lines, value) => {
    const octets = Buffer.from(`HTTP/1.1 200 OK\r\nx-reads-recorded: ${lines}content-length: 2\r\n\r\n{}`);
    sending = { octets, meant: undefined, cuts: [] };
    for (const transport of [ours, undicis]) {
      await Promise.all(server.sockets.splice(0).map(closed));
      const response = await new Promise<HttpResponse>((onResponse, onFailure) =>
        transport.send([], toUtf8("{}"), { onResponse, onFailure }),
      );
      expect(response.header("x-reads-recorded")).toBe(value);
      expect(response.header("x-reads")).toBeUndefined();
    }
  });

  test("is taken by us only if undici takes it for the same, and always if it is right", {
    timeout: 60_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(sentResponses, async (sent) => {
        await Promise.all(server.sockets.splice(0).map(closed)); // nothing is kept that has been closed by the other side
        sending = sent;
        const taken = await ask(ours);
        if (sent.meant) expect(taken).toEqual({ status: sent.meant.status, text: receivedUtf8(sent.meant.body) });
        if (typeof taken === "object") expect(await ask(undicis)).toEqual(taken);
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });
});
