import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { gatewayWorld, type World } from "./kit/gateway-world.ts";

let world: World;
beforeAll(async () => {
  world = await gatewayWorld({ HEADERS_TIMEOUT_MS: "1000", BODY_TIMEOUT_MS: "1000" });
});
afterAll(() => world.close());

type Answer = { status: number; head: string; body: string };

/** A client that writes bytes as they are and reads responses with a stated length. */
class RawClient {
  readonly socket: Socket;
  private text = "";

  constructor({ url }: World) {
    this.socket = connect(Number(new URL(url).port), "127.0.0.1");
    this.socket.on("error", () => {});
    this.socket.on("data", (chunk) => {
      this.text += chunk.toString("latin1");
      this.socket.emit("more");
    });
  }

  async next(): Promise<Answer> {
    for (;;) {
      const end = this.text.indexOf("\r\n\r\n");
      const head = this.text.slice(0, end);
      const length = Number(/^content-length: (\d+)$/im.exec(head)?.[1]);
      if (end >= 0 && this.text.length >= end + 4 + length) {
        const body = this.text.slice(end + 4, end + 4 + length);
        this.text = this.text.slice(end + 4 + length);
        return { status: Number(head.slice(9, 12)), head, body };
      }
      await once(this.socket, "more");
    }
  }
}

function post(query: string, more = ""): string {
  const body = JSON.stringify({ query });
  return `POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n${more}\r\n${body}`;
}

const WHO = "{ whoAmI }";
const SAID = { data: { whoAmI: "anonymous" } };

/** Names of the headers of a head, and their values where they are no id and no time. */
function comparable(head: string): string[] {
  const [, ...lines] = head.toLowerCase().split("\r\n");
  return lines.map((line) => line.replace(/^(x-request-id|date): .*/, "$1")).sort();
}

/** A header that makes Node's HTTP server read the request. */
const BY_NODE = "Sec-Fetch-Site: none\r\n";

describe("a plain operation and one that Node's HTTP server reads", () => {
  test.each<[string, string, string]>([
    ["is answered", WHO, ""],
    ["has an error", "{ forbidden }", ""],
    ["is refused", "{ unknown", ""],
    ["has no valid token", WHO, "Authorization: Basic abc\r\n"],
    ["accepts no known type", WHO, "Accept: image/png\r\n"],
    ["accepts GraphQL responses", "{ unknown }", "Accept: application/graphql-response+json\r\n"],
  ])("both have the same status, headers and body if the operation %s", async (_, query, more) => {
    const client = new RawClient(world);
    client.socket.write(post(query, `X-Request-Id: test-12345678\r\n${more}`));
    const own = await client.next();
    client.socket.write(post(query, `X-Request-Id: test-12345678\r\n${more}${BY_NODE}`));
    const nodes = await client.next();
    expect({ ...own, head: comparable(own.head) }).toEqual({ ...nodes, head: comparable(nodes.head) });
    client.socket.destroy();
  });

  test("one connection serves both, in any order", async () => {
    const client = new RawClient(world);
    for (const more of ["", "", BY_NODE, "", BY_NODE]) {
      client.socket.write(post(WHO, more));
      expect(JSON.parse((await client.next()).body)).toMatchObject(SAID);
    }
    client.socket.destroy();
  });
});

describe("a connection of operations", () => {
  test("operations that are sent together are answered in their order", async () => {
    const client = new RawClient(world);
    const aliases = Array.from({ length: 20 }, (_, index) => `a${index}`);
    client.socket.write(aliases.map((alias) => post(`{ ${alias}: whoAmI }`)).join(""));
    for (const alias of aliases) {
      expect(JSON.parse((await client.next()).body)).toMatchObject({ data: { [alias]: "anonymous" } });
    }
    client.socket.destroy();
  });

  test("an operation that arrives in pieces is answered", async () => {
    const client = new RawClient(world);
    const text = post(WHO);
    const head = text.indexOf("\r\n\r\n") + 4;
    const cuts = [[head], [head + 5], [text.length - 1], Array.from({ length: 12 }, (_, index) => head + index)];
    for (const places of cuts) {
      const ends = [...places, text.length];
      for (const piece of ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end))) {
        client.socket.write(piece);
        await sleep(30);
      }
      expect(JSON.parse((await client.next()).body)).toMatchObject(SAID);
    }
    client.socket.destroy();
  });

  test("an operation that arrives byte by byte is answered", async () => {
    const client = new RawClient(world);
    client.socket.setNoDelay(true);
    for (const byte of post(WHO)) {
      client.socket.write(byte);
      await sleep(1);
    }
    expect(JSON.parse((await client.next()).body)).toMatchObject(SAID);
    client.socket.destroy();
  });

  test("a body that does not arrive in time is refused with 408, and the connection is closed", async () => {
    const client = new RawClient(world);
    client.socket.write(post(WHO).slice(0, -3));
    let text = "";
    client.socket.on("data", (chunk) => {
      text += chunk;
    });
    await once(client.socket, "close");
    expect(text).toMatch(/^HTTP\/1.1 408 /);
  });

  test("an operation is aborted at its agency when the client disconnects", async () => {
    const { oneStop } = world;
    oneStop.behaviour = "stalls";
    const { attempts, cutOff } = oneStop;
    const client = new RawClient(world);
    client.socket.write(post(WHO));
    while (oneStop.attempts === attempts) await sleep(5);
    client.socket.destroy();
    while (oneStop.cutOff === cutOff) await sleep(5);
    oneStop.behaviour = "answers";
  });

  test("an idle connection of operations is closed at once when the gateway stops", async () => {
    const stopping = await gatewayWorld();
    const client = new RawClient(stopping);
    client.socket.write(post(WHO));
    await client.next();
    const closed = once(client.socket, "close");
    await stopping.close();
    await closed;
  });
});
