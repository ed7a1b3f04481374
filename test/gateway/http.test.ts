import { once } from "node:events";
import { connect } from "node:net";
import { auditServer } from "graphql-http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { gatewayWorld, type World } from "./kit/gateway-world.ts";
import { requestPaths } from "./kit/request-paths.ts";

describe.each(requestPaths)("%s", (_, pathEnvironment) => {
  let world: World;
  beforeAll(async () => {
    world = await gatewayWorld(pathEnvironment);
  });
  afterAll(() => world.close());

  type Body = string | Blob | ReadableStream<Uint8Array>;
  const JSON_HEADERS = { "content-type": "application/json" };

  async function post(body: Body, headers: Record<string, string> = JSON_HEADERS) {
    const response = await fetch(`${world.url}/graphql`, {
      method: "POST",
      headers,
      body,
      duplex: "half",
    } as RequestInit);
    const { errors } = (await response.json()) as {
      errors?: { message: string; extensions: Record<string, unknown> }[];
    };
    return { status: response.status, message: errors?.[0]?.message ?? "", extensions: errors?.[0]?.extensions ?? {} };
  }

  /** Raw response of the gateway to bytes that no well-behaved client sends. */
  async function raw(lines: string[], body = ""): Promise<string> {
    const socket = connect(Number(new URL(world.url).port), "127.0.0.1");
    let answer = "";
    socket.on("data", (chunk) => {
      answer += chunk;
    });
    socket.on("error", () => {});
    socket.write(`${["POST /graphql HTTP/1.1", "Host: x", "Connection: close", ...lines].join("\r\n")}\r\n\r\n${body}`);
    await once(socket, "close");
    return answer;
  }

  describe("a request that is no GraphQL request", () => {
    const large = JSON.stringify({ query: `{ whoAmI } # ${"x".repeat(1_000_000)}` });
    test.each<[string, () => ReturnType<typeof post>, number, string]>([
      ["an empty body", () => post(""), 400, "The body is empty"],
      ["malformed JSON", () => post('{"query": '), 400, "The body is not JSON"],
      ["a batch", () => post('[{"query": "{ whoAmI }"}]'), 400, "Batches are not served"],
      ["no query", () => post('{"variables": {}}'), 400, "query"],
      [
        "variables that are a number beyond a double",
        () => post('{"query": "{ whoAmI }", "variables": 1e400}'),
        400,
        "variables",
      ],
      [
        "extensions that are a long number",
        () => post('{"query": "{ whoAmI }", "extensions": 9007199254740993}'),
        400,
        "extensions",
      ],
      ["variables that are a list", () => post('{"query": "{ whoAmI }", "variables": []}'), 400, "variables"],
      [
        "a form",
        () => post("query=x", { "content-type": "application/x-www-form-urlencoded" }),
        415,
        "application/json",
      ],
      ["no content type", () => post(new Blob(["{}"]), {}), 415, "application/json"],
      ["a compressed body", () => post("x", { ...JSON_HEADERS, "content-encoding": "gzip" }), 415, "Compressed"],
      ["a body of more than 1 MB", () => post(large), 413, "exceeds 1000000 bytes"],
      ["an Accept that nothing fits", () => post("{}", { ...JSON_HEADERS, accept: "image/png" }), 406, "Accept"],
    ])("(%s) is refused with a typed error", async (_, send, status, message) => {
      const answer = await send();
      expect(answer).toMatchObject({ status, extensions: { code: "BAD_USER_INPUT" } });
      expect(answer.message).toContain(message);
      expect(answer.extensions.requestId).toMatch(/^[\w-]{36}$/);
    });

    test("a body of 10 MB without a stated length is cut off, and the gateway continues to serve", async () => {
      const chunks = Array.from({ length: 160 }, () => new Uint8Array(65_536).fill(120));
      const answer = await post(ReadableStream.from(chunks));
      expect(answer).toMatchObject({ status: 413, extensions: { code: "BAD_USER_INPUT" } });
      expect((await world.ask("{ whoAmI }")).data).toEqual({ whoAmI: "anonymous" });
    });

    test("a request with two Authorization headers is refused", async () => {
      const token = `Authorization: Bearer ${await world.token("clerk")}`;
      const answer = await raw([token, token, "Content-Type: application/json", "Content-Length: 2"], "{}");
      expect(answer).toContain("HTTP/1.1 401");
      expect(answer).toContain("Authorization comes more than once");
    });

    test("a client that disconnects in the middle of its body affects no other client", async () => {
      const socket = connect(Number(new URL(world.url).port), "127.0.0.1");
      socket.write(
        "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{",
      );
      await new Promise((resolve) => setTimeout(resolve, 50));
      socket.destroy();
      expect((await world.ask("{ whoAmI }")).status).toBe(200);
    });

    test("a malformed request target is refused", async () => {
      const socket = connect(Number(new URL(world.url).port), "127.0.0.1");
      socket.write("GET //[ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      const [chunk] = await once(socket, "data");
      expect(String(chunk)).toMatch(/^HTTP\/1.1 4\d\d/);
    });
  });

  describe("a GraphQL request that cannot be executed", () => {
    test.each([
      ["does not parse", "{ whoAmI", {}, "Syntax Error"],
      ["asks for an unknown field", "{ whoAmI nonsense }", {}, 'Cannot query field "nonsense"'],
      ["leaves out an argument", "{ procedures }", {}, '"first"'],
      ["has a variable of a wrong type", "query ($n: Int!) { procedures(first: $n) }", { n: "many" }, '"$n"'],
      ["subscribes", "subscription { x }", {}, "Subscriptions are not served"],
    ])("a GraphQL request that %s is BAD_USER_INPUT and asks no agency", async (_, query, variables, message) => {
      const { attempts } = world.oneStop;
      const { errors, data, headers } = await world.ask(query, variables);
      expect(data).toBeUndefined();
      expect(errors[0]).toMatchObject({
        extensions: { code: "BAD_USER_INPUT", requestId: headers.get("x-request-id") },
      });
      expect(errors[0]?.message).toContain(message);
      expect(errors[0]?.extensions).not.toHaveProperty("stacktrace");
      expect(world.oneStop.attempts).toBe(attempts);
    });

    test("a GraphQL request that names no operation of its document is BAD_USER_INPUT", async () => {
      const body = JSON.stringify({ query: "query A { whoAmI } query B { whoAmI }", operationName: "C" });
      expect(await post(body)).toMatchObject({ message: "The document has no operation called C" });
    });
  });

  describe("an error of an agency", () => {
    test("an error of an agency keeps its code, message and path in the client's response", async () => {
      const { data, errors } = await world.ask('{ who: citizen(personalId: "000000000000") { fullName } }');
      expect(data).toEqual({ who: null });
      expect(errors).toMatchObject([{ message: "No such citizen", path: ["who"], extensions: { code: "NOT_FOUND" } }]);
      expect(Object.keys(errors[0]?.extensions ?? {}).sort()).toEqual(["code", "requestId"]);
    });

    test("an error of an agency without a code is masked and names the agency", async () => {
      const { errors } = await world.ask("{ broken }");
      expect(errors).toMatchObject([{ path: ["broken"], extensions: { code: "INTERNAL", agency: "ONE_STOP" } }]);
      expect(JSON.stringify(errors)).not.toMatch(/hunter2|secret|path\.ts/);
    });
  });

  describe("every answer", () => {
    test("every response has the client's request id if it is well-formed, else a new one", async () => {
      const asked = async (id: string) =>
        (await world.ask("{ broken }", {}, { "x-request-id": id })).errors[0]?.extensions;
      expect(await asked("client-id-0001")).toMatchObject({ requestId: "client-id-0001" });
      expect(await asked("x y<script>")).not.toMatchObject({ requestId: "x y<script>" });
      expect(world.oneStop.asked.at(-2)?.caller.requestId).toBe("client-id-0001");
    });

    const json = { "content-type": "application/json" };
    const query = JSON.stringify({ query: "{ whoAmI }" });
    test.each<[string, number, string, RequestInit]>([
      ["an answer", 200, "/graphql", { method: "POST", headers: json, body: query }],
      ["an answer to a GET", 200, "/graphql?query={whoAmI}", {}],
      ["a refused document", 200, "/graphql", { method: "POST", headers: json, body: '{"query":"{ nothing }"}' }],
      [
        "a stream of events",
        200,
        "/graphql",
        { method: "POST", headers: { ...json, accept: "text/event-stream" }, body: query },
      ],
      ["a refused token", 401, "/graphql", { method: "POST", headers: { ...json, authorization: "?" }, body: query }],
      ["a body that is not JSON", 415, "/graphql", { method: "POST", body: query }],
      ["a body that is too large", 413, "/graphql", { method: "POST", headers: json, body: " ".repeat(2_000_000) }],
      [
        "a page of elsewhere",
        403,
        "/graphql",
        { method: "POST", headers: { ...json, origin: "http://x.vn" }, body: query },
      ],
      ["an address that is none", 404, "/nothing", {}],
    ])("every response forbids browsers to embed, sniff or share it: %s", async (_, status, path, request) => {
      const response = await fetch(`${world.url}${path}`, request);
      expect(response.status).toBe(status);
      await response.text();
      expect(Object.fromEntries(response.headers)).toMatchObject({
        "x-request-id": expect.stringMatching(/^[\w.-]{8,64}$/),
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "no-referrer",
        "cross-origin-resource-policy": "same-origin",
        "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
        "cache-control": expect.stringMatching(path.includes("?query=") ? /^private, no-cache$/ : /^no-store/),
      });
    });

    test("a GET executes a query, and a mutation by GET is refused", async () => {
      const get = (query: string) => fetch(`${world.url}/graphql?query=${encodeURIComponent(query)}`);
      expect(await (await get("{ whoAmI }")).json()).toMatchObject({ data: { whoAmI: "anonymous" } });
      const refused = await get('mutation { submit(key: "k") { key } }');
      expect([refused.status, refused.headers.get("allow")]).toEqual([405, "POST"]);
    });
  });

  test("the endpoint conforms to GraphQL over HTTP in every audit of graphql-http", async () => {
    const results = await auditServer({ url: `${world.url}/graphql` });
    expect(results.filter((each) => each.status !== "ok").map((each) => `${each.id} ${each.name}`)).toEqual([]);
    expect(results.length).toBeGreaterThanOrEqual(61);
  });

  describe("health", () => {
    test("the gateway is live by itself, ready only if every agency is, and names the one that is not", async () => {
      expect((await fetch(`${world.url}/health`)).status).toBe(200);
      expect((await fetch(`${world.url}/health/ready`)).status).toBe(200);
      await world.residence.close();
      const response = await fetch(`${world.url}/health/ready`);
      const { agencies } = (await response.json()) as { agencies: { name: string; ready: boolean }[] };
      await world.residence.open();
      expect(response.status).toBe(503);
      expect(agencies.filter((each) => !each.ready).map((each) => each.name)).toEqual(["residence"]);
      expect((await fetch(`${world.url}/health/live`)).status).toBe(200);
    });
  });
});
