import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo, connect } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  MOST_BODY_BYTES,
  type OperationHead,
  readOperation,
} from "../../gateway/http/operation-connection/read-operation.ts";

/** Reading of bytes by Node's HTTP server: the requests and, where it refuses them, "refused". */
type NodeReading = { headers: IncomingMessage["headers"]; body: string; line: string }[] | "refused";

let readings: NodeReading = [];
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const line = `${request.method} ${request.url} HTTP/${request.httpVersion}`;
    const body = Buffer.concat(chunks).toString("latin1");
    if (readings !== "refused") readings.push({ headers: request.headers, body, line });
    response.end();
  });
});
server.on("clientError", (_, socket) => {
  readings = "refused";
  socket.destroy();
});
beforeAll(async () => {
  await once(server.listen(0, "127.0.0.1"), "listening");
});
afterAll(() => void server.close());

/** Lets Node's server read bytes that a client sends before it ends its side. */
async function nodeReading(bytes: Buffer): Promise<NodeReading> {
  readings = [];
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  socket.on("error", () => {}).resume();
  socket.write(bytes);
  const closed = once(socket, "close");
  setTimeout(() => socket.end(), 5);
  await closed;
  return readings;
}

const HEAD = "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
const request = (head: string, body = "{}") =>
  Buffer.from(`${head}Content-Length: ${body.length}\r\n\r\n${body}`, "latin1");

describe("a plain operation", () => {
  test("a plain operation is read with its headers and its body", () => {
    const bytes = request(`${HEAD}X-Request-ID:  abc-12345 \r\n`, '{"query":"{ a }"}');
    const read = readOperation(bytes);
    if (typeof read !== "object") throw new Error(String(read));
    expect(read.request.headers).toEqual({
      host: "x",
      "content-type": "application/json",
      "x-request-id": "abc-12345",
      "content-length": "17",
    });
    expect(read.request.body.toString()).toBe('{"query":"{ a }"}');
    expect(read.end).toBe(bytes.length);
  });

  test("an operation is incomplete until the last byte of its body is there", () => {
    const bytes = request(HEAD, "x".repeat(40));
    for (let length = bytes.length - 40; length < bytes.length; length++) {
      expect(readOperation(bytes.subarray(0, length))).toBe("incomplete");
    }
    expect(readOperation(bytes)).toMatchObject({ end: bytes.length });
  });

  test("bytes after an operation are left for the next one", () => {
    const first = request(HEAD);
    expect(readOperation(Buffer.concat([first, request(HEAD, "{ }")]))).toMatchObject({ end: first.length });
  });
});

describe("what is left to Node's HTTP server", () => {
  test.each<[string, Buffer]>([
    ["another method", Buffer.from("GET /graphql HTTP/1.1\r\nHost: x\r\n\r\n")],
    ["another path", request(HEAD.replace("/graphql", "/graphql?a=1"))],
    ["another version", request(HEAD.replace("1.1", "1.0"))],
    ["an incomplete head", Buffer.from(HEAD)],
    ["an endless head", Buffer.from(`${HEAD}X: ${"a".repeat(9_000)}\r\n\r\n`)],
    ["no Host", request(HEAD.replace("Host: x\r\n", ""))],
    ["no length", Buffer.from(`${HEAD}\r\n{}`)],
    ["two lengths", request(`${HEAD}Content-Length: 2\r\n`)],
    ["a list of lengths", Buffer.from(`${HEAD}Content-Length: 2, 2\r\n\r\n{}`)],
    ["a signed length", Buffer.from(`${HEAD}Content-Length: +2\r\n\r\n{}`)],
    ["a body beyond the limit", Buffer.from(`${HEAD}Content-Length: ${MOST_BODY_BYTES + 1}\r\n\r\n{}`)],
    ["chunks", request(`${HEAD}Transfer-Encoding: chunked\r\n`)],
    ["a compressed body", request(`${HEAD}Content-Encoding: gzip\r\n`)],
    ["an expectation", request(`${HEAD}Expect: 100-continue\r\n`)],
    ["an upgrade", request(`${HEAD}Upgrade: websocket\r\nConnection: upgrade\r\n`)],
    ["a connection that is to be closed", request(`${HEAD}Connection: close\r\n`)],
    ["nominated headers", request(`${HEAD}Connection: keep-alive, x-a\r\n`)],
    ["the origin of a page", request(`${HEAD}Origin: https://elsewhere.example\r\n`)],
    ["the site of a page", request(`${HEAD}Sec-Fetch-Site: cross-site\r\n`)],
    ["a stream of events", request(`${HEAD}Accept: text/Event-Stream\r\n`)],
    ["a stream in parts", request(`${HEAD}Accept: Multipart/mixed;subscriptionSpec=1.0, application/json\r\n`)],
    ["a repeated header", request(`${HEAD}Authorization: Bearer a\r\nauthorization: Bearer b\r\n`)],
    ["a folded line", request(`${HEAD}X-A: 1\r\n 2\r\n`)],
    ["space before a colon", request(`${HEAD}X-A : 1\r\n`)],
    ["a bare line feed", request(`${HEAD}X-A: 1\nX-B: 2\r\n`)],
    ["a bare carriage return", request(`${HEAD}X-A: 1\rX-B: 2\r\n`)],
    ["a NUL", request(`${HEAD}X-A: \0\r\n`)],
    ["bytes beyond ASCII", request(`${HEAD}X-A: \xe9\r\n`)],
    ["a name that every object has", request(`${HEAD}__proto__: 1\r\n`)],
    ["an empty line first", Buffer.concat([Buffer.from("\r\n"), request(HEAD)])],
  ])("a request with %s is left to Node's HTTP server", (_, bytes) => {
    expect(readOperation(bytes)).toBeUndefined();
  });
});

/** Pieces of heads as clients, proxies and attackers write them. */
const line = fc.oneof(
  fc.constantFrom(
    "Host: a\r\n",
    "Content-Type: application/json\r\n",
    "Accept: */*\r\n",
    "Connection: Keep-Alive\r\n",
    "content-length: 3\r\n",
    "Content-Length:2\r\n",
    "Content-Length: 2 \r\n",
    "Content-Length: 0x2\r\n",
    "Transfer-Encoding: chunked\r\n",
    "Transfer-Encoding : identity\r\n",
    "X-A:\t b \t\r\n",
    "X-A: \r\n",
    "X_b: a:b\r\n",
    ": c\r\n",
    "X-C: a\n",
    " folded\r\n",
    "\r\n",
  ),
  fc
    .tuple(fc.string({ minLength: 1, maxLength: 6, unit: "binary" }), fc.string({ maxLength: 8, unit: "binary" }))
    .map(([name, value]) => `${name}: ${value}\r\n`),
);
const start = fc.constantFrom(
  "POST /graphql HTTP/1.1\r\n",
  "POST /graphql HTTP/1.1\r\n",
  "POST  /graphql HTTP/1.1\r\n",
);
const body = fc.constantFrom("{}", "{} ", "", "0\r\n\r\n", '{"a":1}');

test("whatever is read as an operation, Node's HTTP server reads in the same way", async () => {
  let read = 0;
  let last: OperationHead | undefined;
  await fc.assert(
    fc.asyncProperty(
      start,
      fc.array(line, { maxLength: 6 }),
      fc.boolean(),
      body,
      async (first, lines, isUsual, content) => {
        const usual = isUsual ? `Host: x\r\nContent-Length: ${content.length}\r\n` : "";
        const bytes = Buffer.from(`${first}${usual}${lines.join("")}\r\n${content}`, "latin1");
        const ours = readOperation(bytes);
        expect(readOperation(bytes, last)).toEqual(ours); // whatever came before
        if (typeof ours !== "object") return;
        last = ours.head;
        expect(readOperation(bytes, last)).toEqual(ours);
        read++;
        const theirs = await nodeReading(bytes.subarray(0, ours.end));
        const { headers, body: own } = ours.request;
        expect(theirs).toEqual([{ line: "POST /graphql HTTP/1.1", headers, body: own.toString("latin1") }]);
      },
    ),
    { numRuns: 6_000, seed: 20_261_130 },
  );
  expect(read).toBeGreaterThan(300); // otherwise the inputs are too strange to say anything
});
