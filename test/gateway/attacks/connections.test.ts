import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { gatewayWorld, type World } from "../kit/gateway-world.ts";

let world: World;
beforeAll(async () => {
  world = await gatewayWorld({ HEADERS_TIMEOUT_MS: "500", BODY_TIMEOUT_MS: "1000" });
});
afterAll(() => world.close());

const POST = "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
const WHO = '{"query":"{ whoAmI }"}';

async function connected(): Promise<Socket> {
  const socket = connect(Number(new URL(world.url).port), "127.0.0.1");
  socket.on("error", () => {}); // being cut off is what is tested
  await once(socket, "connect");
  return socket;
}

/** All that the gateway says until it closes the connection, while a client goes on sending bit by bit. */
async function untilClosed(socket: Socket, start: string, bit: string): Promise<string> {
  let answer = "";
  socket.on("data", (chunk) => {
    answer += chunk;
  });
  socket.write(start);
  const drip = setInterval(() => socket.writable && socket.write(bit), 100);
  await once(socket, "close");
  clearInterval(drip);
  return answer;
}

async function answered(): Promise<void> {
  expect((await world.ask("{ whoAmI }")).data).toEqual({ whoAmI: "anonymous" });
}

describe("a client is cut off", () => {
  test("a client that sends its headers without end is disconnected", async () => {
    expect(await untilClosed(await connected(), POST, "x-a: b\r\n")).toMatch(/^HTTP\/1\.1 408|^$/);
    await answered();
  });

  test("a client that sends its body without end is disconnected", async () => {
    const { attempts } = world.oneStop;
    expect(await untilClosed(await connected(), `${POST}Content-Length: 900000\r\n\r\n`, " ")).toMatch(
      /^HTTP\/1\.1 408|^$/,
    );
    expect(world.oneStop.attempts).toBe(attempts);
    await answered();
  });

  test("a client that continues a body refused for its size is disconnected", async () => {
    const answer = await untilClosed(await connected(), `${POST}Content-Length: 4000000\r\n\r\n`, " ");
    expect(answer).toMatch(/^HTTP\/1\.1 413/);
    await answered();
  });

  test("a client with too large headers is disconnected", async () => {
    const answer = await untilClosed(await connected(), `${POST}X-Large: ${"x".repeat(20_000)}\r\n\r\n`, "");
    expect(answer).toMatch(/^HTTP\/1\.1 431/);
    await answered();
  });
});

test("a client that sends all of a large body before it reads receives the refusal", async () => {
  const size = 4_000_000;
  const socket = await connected();
  const sent = new Promise<unknown>((resolve) => {
    socket.pause();
    socket.write(`${POST}Content-Length: ${size}\r\n\r\n`);
    socket.write(Buffer.alloc(size, "x"), resolve);
  });
  expect(await sent).toBeFalsy(); // no error
  socket.resume();
  const [answer] = await once(socket, "data");
  expect(String(answer)).toMatch(/^HTTP\/1\.1 413/);
  socket.destroy();
  await answered();
});

test("500 idle connections hinder no other client and are closed", async () => {
  const sockets = await Promise.all(Array.from({ length: 500 }, connected));
  const closed = sockets.map((socket) => once(socket, "close"));
  await Promise.all(Array.from({ length: 20 }, answered));
  for (const socket of sockets) socket.resume();
  expect(await Promise.all(closed)).toHaveLength(500);
});

describe("a request that two parties could read as different ones is refused:", () => {
  const whole = `${POST}Connection: close\r\n`;
  test.each([
    ["Content-Length twice", `${whole}Content-Length: ${WHO.length}\r\nContent-Length: 2\r\n\r\n${WHO}`],
    [
      "Content-Length beside Transfer-Encoding",
      `${whole}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    ["a Transfer-Encoding that is none", `${whole}Transfer-Encoding: xchunked\r\n\r\n${WHO}`],
    ["a negative Content-Length", `${whole}Content-Length: -2\r\n\r\n${WHO}`],
    ["no Host", `POST /graphql HTTP/1.1\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}`],
    ["a header folded over two lines", `${whole}X-A: b\r\n  c\r\nContent-Length: ${WHO.length}\r\n\r\n${WHO}`],
  ])("an ambiguously framed request is refused: %s", async (_, request) => {
    const { attempts } = world.oneStop;
    const socket = await connected();
    let answer = "";
    socket.on("data", (chunk) => {
      answer += chunk;
    });
    socket.write(request);
    await once(socket, "close");
    expect(answer).toMatch(/^HTTP\/1\.1 400/);
    expect(world.oneStop.attempts).toBe(attempts);
  });
});

test("variables of more than 500,000 bytes are refused with the limit, and no agency is asked", async () => {
  const { attempts } = world.oneStop;
  const key = "x".repeat(600_000);
  const { errors, status } = await world.ask("mutation ($key: String!) { submit(key: $key) { key } }", { key });
  expect(status).toBe(413);
  const limit = { name: "variablesBytes", allowed: 500_000, asked: 600_010 };
  expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", limit } }]);
  expect(world.oneStop.attempts).toBe(attempts);
});

test("a body of 2 MB is refused with the limit", async () => {
  const { errors, status } = await world.ask(`{ whoAmI } # ${"x".repeat(2_000_000)}`);
  expect(status).toBe(413);
  const limit = { name: "bodyBytes", allowed: 1_000_000, asked: expect.any(Number) };
  expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", limit } }]);
});
