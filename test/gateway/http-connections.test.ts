import { once } from "node:events";
import { Agent, type IncomingMessage, request } from "node:http";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
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
