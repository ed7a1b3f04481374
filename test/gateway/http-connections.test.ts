import { once } from "node:events";
import { Agent, type IncomingMessage, request } from "node:http";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { gatewayWorld, type World } from "./kit/gateway-world.ts";

let world: World;
beforeAll(async () => {
  world = await gatewayWorld({ COMPRESSION_MIN_BYTES: "1000" });
});
afterAll(() => world.close());

const LONG = `{ ${Array.from({ length: 40 }, (_, index) => `alias_number_${index}: whoAmI`).join(" ")} }`;

async function post(query: string, headers: Record<string, string> = {}, agent?: Agent) {
  const options = { method: "POST", agent, headers: { "content-type": "application/json", ...headers } };
  const sent = request(`${world.url}/graphql`, options);
  sent.end(JSON.stringify({ query }));
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return { headers: response.headers, body: Buffer.concat(chunks) };
}

describe("a long response", () => {
  test.each<[string, (body: Buffer) => Buffer]>([
    ["br", brotliDecompressSync],
    ["gzip", gunzipSync],
  ])("a long response is compressed with %s for a client that accepts it", async (coding, decompress) => {
    const plain = await post(LONG);
    const { headers, body } = await post(LONG, { "accept-encoding": coding });
    expect(headers).toMatchObject({ "content-encoding": coding, vary: "Accept-Encoding" });
    expect(headers["content-length"]).toBe(String(body.length));
    expect(body.length).toBeLessThan(plain.body.length / 3);
    expect(JSON.parse(decompress(body).toString()).data).toEqual(JSON.parse(plain.body.toString()).data);
  });

  test("a long response is not compressed for a client that does not ask", async () => {
    expect((await post(LONG)).headers).not.toHaveProperty("content-encoding");
  });

  test("a short response is not compressed", async () => {
    expect((await post("{ whoAmI }", { "accept-encoding": "br" })).headers).not.toHaveProperty("content-encoding");
  });
});

describe("a connection", () => {
  test.each([20, 100_000])(
    "a connection whose first request asks for h2c is served over HTTP/1.1 (body of more than %i bytes)",
    async (length) => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      const ask = async (operation: string) => {
        const headers = { connection: "Upgrade, HTTP2-Settings", upgrade: "h2c", "http2-settings": "AAMAAABk" };
        const { body } = await post(`${operation}${" ".repeat(length)}`, headers, agent);
        return JSON.parse(body.toString()).data;
      };
      expect(await ask("{ whoAmI }")).toEqual({ whoAmI: "anonymous" });
      expect(await ask("{ me: whoAmI }")).toEqual({ me: "anonymous" });
      agent.destroy();
    },
  );

  test.each(["//", "http://[", "//x:99999/"])(
    "a connection that asks for a WebSocket at the malformed address %s is refused without a fault in the log",
    async (path) => {
      const lines: { level: number }[] = [];
      const log = pino({}, { write: (line: string) => void lines.push(JSON.parse(line)) });
      const logging = await gatewayWorld({}, log);
      const { port } = new URL(logging.url);
      const headers = { connection: "Upgrade", upgrade: "websocket", "sec-websocket-version": "13" };
      const [response] = (await once(request({ port, path, headers }).end(), "response")) as [IncomingMessage];
      expect([400, 404]).toContain(response.statusCode);
      expect(lines.filter(({ level }) => level >= 50)).toEqual([]);
      await logging.close();
    },
  );

  test("a connection is kept alive for 75 seconds by default, longer than a usual proxy keeps it", async () => {
    const agent = new Agent({ keepAlive: true });
    const { headers } = await post("{ whoAmI }", {}, agent);
    expect(headers["keep-alive"]).toBe("timeout=75");
    agent.destroy();
  });

  test("a connection is closed after the response while the gateway stops", async () => {
    const stopping = await gatewayWorld();
    const agent = new Agent({ keepAlive: true });
    const sent = request(`${stopping.url}/graphql`, {
      method: "POST",
      agent,
      headers: { "content-type": "application/json" },
    });
    sent.write('{"query": '); // the request is in flight when the gateway stops
    await once(sent, "socket");
    await post("{ whoAmI }");
    await new Promise((resolve) => setTimeout(resolve, 100));
    const closed = stopping.close();
    sent.end('"{ __typename }"}');
    const [response] = (await once(sent, "response")) as [IncomingMessage];
    expect([response.statusCode, response.headers.connection]).toEqual([200, "close"]);
    response.resume();
    await closed;
    agent.destroy();
  });
});
