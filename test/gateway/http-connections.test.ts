import { once } from "node:events";
import { Agent, type IncomingMessage, request } from "node:http";
import { connect } from "node:net";
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

describe("a request for an upgrade that the gateway does not know", () => {
  const UPGRADE = {
    connection: "Upgrade, HTTP2-Settings",
    upgrade: "h2c",
    "http2-settings": "AAMAAABkAARAAAAAAAIAAAAA",
  };
  const QUERY = JSON.stringify({ query: "{ whoAmI }" });

  async function exchange(method: string, path: string, body: string | undefined, more: object, agent: Agent) {
    const headers = { ...(body && { "content-type": "application/json" }), ...more };
    const sent = request(`${world.url}${path}`, { method, agent, headers });
    sent.end(body);
    const [response] = (await once(sent, "response")) as [IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks)
      .toString()
      .replace(/"requestId":"[^"]*"/, "");
    return { status: response.statusCode, type: response.headers["content-type"], text, port: sent.socket?.localPort };
  }

  test.each([
    ["POST", "/graphql", QUERY],
    ["GET", "/graphql?query=%7BwhoAmI%7D", undefined],
    ["GET", "/api/openapi.json", undefined],
    ["GET", "/track", undefined],
    ["POST", "/attachments", "a file"],
    ["GET", "/health", undefined],
    ["GET", "/nowhere", undefined],
  ])("%s %s is answered as without it, on a connection that is kept", async (method, path, body) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const plain = await exchange(method, path, body, {}, agent);
    for (const more of [UPGRADE, UPGRADE, {}, { ...UPGRADE, upgrade: "websocket" }, UPGRADE]) {
      if (path.startsWith("/graphql") && method === "GET" && "upgrade" in more && more.upgrade === "websocket")
        continue;
      expect(await exchange(method, path, body, more, agent)).toEqual(plain);
    }
    agent.destroy();
  });

  test("any number of such requests is answered on the last connection that the gateway admits, without a leak", async () => {
    const warnings: Error[] = [];
    const heard = (warning: Error) => void warnings.push(warning);
    process.on("warning", heard);
    const full = await gatewayWorld({ MAX_CONNECTIONS: "1" });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let count = 0; count < 15; count++) {
      const sent = request(`${full.url}/health`, { agent, headers: UPGRADE }).end();
      const [response] = (await once(sent, "response")) as [IncomingMessage];
      expect(response.statusCode).toBe(200);
      await once(response.resume(), "end");
    }
    process.off("warning", heard);
    expect(warnings).toEqual([]);
    agent.destroy();
    await full.close();
  });

  test.each([
    ["here", {}],
    ["by Node's server", { te: "trailers" }],
  ])(
    "a body that follows later gets its response after that of a request before it, which is read %s",
    async (_by, more) => {
      const socket = connect(Number(new URL(world.url).port), "127.0.0.1");
      let received = "";
      socket.on("data", (bytes) => {
        received += bytes;
      });
      const lines = Object.entries({
        host: "gateway",
        "content-type": "application/json",
        "content-length": QUERY.length,
      });
      const head = (own: object) => {
        const all = [...lines, ...Object.entries(own)].map(([name, value]) => `${name}: ${value}`);
        return `POST /graphql HTTP/1.1\r\n${all.join("\r\n")}\r\n\r\n`;
      };
      const first = `${head(more)}${QUERY}`;
      socket.write(`${first}${head({ ...UPGRADE, "x-request-id": "with-upgrade" })}${QUERY.slice(0, 5)}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
      socket.write(QUERY.slice(5));
      socket.write(`${head({ "x-request-id": "after-it", connection: "close" })}${QUERY}`);
      await once(socket, "close");
      expect(received.match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 200", "HTTP/1.1 200", "HTTP/1.1 200"]);
      expect(received.indexOf("with-upgrade")).toBeLessThan(received.indexOf("after-it"));
      expect(received).not.toContain("101");
    },
  );
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
