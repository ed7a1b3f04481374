import { request as httpRequest } from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import { gatewayConfiguration } from "../../gateway/configuration.ts";
import { sendJson } from "../../subgraphs/_shared/serving/http.ts";
import { type ForeignWorld, foreignWorld } from "./kit/foreign-world.ts";
import { requestPaths } from "./kit/request-paths.ts";

let world: ForeignWorld;
afterEach(() => world.close());

const BOTH = "{ item { name left } }";
const seenBy = (subgraph: string) => world.asked.filter((each) => each.subgraph === subgraph).at(-1)?.headers ?? {};

/** Sends a request with headers that `fetch` does not let pages and programs set. */
function sendRaw(
  query: string,
  headers: Record<string, string | string[]>,
): Promise<{ status: number; lines: string[] }> {
  return new Promise((resolve, reject) => {
    const options = { method: "POST", headers: { "content-type": "application/json", ...headers } };
    const sent = httpRequest(`${world.url}/graphql`, options, (response) => {
      response.resume().on("end", () => resolve({ status: response.statusCode ?? 0, lines: response.rawHeaders }));
    });
    sent.once("error", reject);
    sent.end(Buffer.from(JSON.stringify({ query }))); // a text would be written with its head in UTF-8
  });
}

describe.each([
  ...requestPaths,
  ["undici as HTTP client", { SUBGRAPH_CLIENT: "undici" }] as (typeof requestPaths)[number],
])("%s", (_, pathEnvironment) => {
  test("no header of a client reaches a subgraph by default, and no header of a subgraph reaches a client", async () => {
    world = await foreignWorld(pathEnvironment);
    world.answer = (_, response) => void response.setHeader("x-cache", "hit");
    const { headers } = await world.ask("{ open }", { "x-tenant": "a", cookie: "b=c", authorization: "" });
    expect(seenBy("shop")).not.toHaveProperty("x-tenant");
    expect(seenBy("shop")).not.toHaveProperty("cookie");
    expect(headers.get("x-cache")).toBeNull();
  });

  test("each subgraph receives the headers that are listed for all, and those that are listed for it alone", async () => {
    world = await foreignWorld({
      ...pathEnvironment,
      FORWARD_HEADERS: "X-Tenant",
      FORWARD_HEADERS_STOCK: "x-depot, cookie",
    });
    const { data } = await world.ask(BOTH, {
      "x-tenant": "a",
      "x-depot": "Huế".normalize("NFD").replace(/[^ -~]/g, ""),
      cookie: "b=c",
    });
    expect(data).toEqual({ item: { name: "lamp", left: 3 } });
    expect(seenBy("shop")).toMatchObject({ "x-tenant": "a" });
    expect(seenBy("shop")).not.toHaveProperty("x-depot");
    expect(seenBy("stock")).toMatchObject({ "x-tenant": "a", "x-depot": "Hue", cookie: "b=c" });
  });

  test("values reach the subgraph byte by byte, repeated headers as one list, and the request's id even if the client sends none", async () => {
    world = await foreignWorld({ ...pathEnvironment, FORWARD_HEADERS: "x-name, x-list, x-request-id" });
    await sendRaw("{ open }", { "x-name": Buffer.from("Huế").toString("latin1"), "x-list": ["a", "b"] });
    const { "x-name": name = "", ...others } = seenBy("shop");
    expect(Buffer.from(String(name), "latin1").toString()).toBe("Huế");
    expect(others).toMatchObject({ "x-list": "a, b", "x-request-id": expect.stringMatching(/^[\w.-]{8,64}$/) });
  });

  test("a header that the client's Connection header nominates is not forwarded", async () => {
    world = await foreignWorld({ ...pathEnvironment, FORWARD_HEADERS: "x-tenant, x-other" });
    await sendRaw("{ open }", { "x-tenant": "a", "x-other": "b", connection: "close, X-Tenant" });
    expect(seenBy("shop")).not.toHaveProperty("x-tenant");
    expect(seenBy("shop")).toMatchObject({ "x-other": "b" });
  });

  test("listed headers of subgraphs reach the client: different values as one list, each cookie on a separate line", async () => {
    const lists = { RETURN_HEADERS: "x-cache", RETURN_HEADERS_SHOP: "set-cookie", CORS_ORIGINS: "https://a.example" };
    world = await foreignWorld({ ...pathEnvironment, ...lists });
    world.answer = ({ subgraph }, response) => {
      response.setHeader("x-cache", subgraph === "shop" ? "hit" : "miss");
      response.setHeader("set-cookie", ["a=1", `b=${subgraph}, c`]);
      response.setHeader("x-secret", "s");
    };
    const { headers } = await world.ask(BOTH);
    expect(headers.get("x-cache")).toBe("hit, miss");
    expect(headers.getSetCookie()).toEqual(["a=1", "b=shop, c"]);
    expect(headers.get("x-secret")).toBeNull();
    const { lines } = await sendRaw(BOTH, { origin: "https://a.example" });
    expect(lines.filter((each) => each.toLowerCase() === "set-cookie")).toHaveLength(2);
    expect(lines).toContain("access-control-allow-origin");
  });

  test("requests that differ in a forwarded header never share a response, and alike ones share it", async () => {
    world = await foreignWorld({ ...pathEnvironment, FORWARD_HEADERS_SHOP: "x-tenant" });
    world.answer = async ({ headers }, response) => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      sendJson(response, 200, { data: { open: `of ${headers["x-tenant"]}` } });
    };
    const tenants = Array.from({ length: 40 }, (_, n) => `t${n % 4}`);
    const answers = await Promise.all(tenants.map((tenant) => world.ask("{ open }", { "x-tenant": tenant })));
    expect(answers.map(({ data }) => data?.open)).toEqual(tenants.map((tenant) => `of ${tenant}`));
    expect(world.asked.length).toBeLessThan(40);
  });

  test("a response with a cookie belongs to one client alone", async () => {
    world = await foreignWorld({ ...pathEnvironment, RETURN_HEADERS: "set-cookie" });
    let sessions = 0;
    world.answer = async (_, response) => {
      const id = `session=${++sessions}`;
      await new Promise((resolve) => setTimeout(resolve, 30));
      sendJson(response, 200, { data: { open: "open" } }, { "set-cookie": id });
    };
    const answers = await Promise.all(Array.from({ length: 10 }, () => world.ask("{ open }")));
    expect(new Set(answers.map(({ headers }) => headers.get("set-cookie"))).size).toBe(10);
  });
});

test("with traces the gateway's own place in the trace replaces the client's, without traces the client's is forwarded", async () => {
  const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  const traces: Record<string, string>[] = [{}, { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:1" }];
  for (const more of traces) {
    world = await foreignWorld({ FORWARD_HEADERS: "traceparent", ...more });
    await world.ask("{ open }", { traceparent });
    const seen = String(seenBy("shop").traceparent);
    expect(seen.split("-")[1]).toBe(traceparent.split("-")[1]);
    expect(seen === traceparent).toBe(!("OTEL_EXPORTER_OTLP_ENDPOINT" in more));
    await world.close();
  }
});

test("a subscription's stream at the subgraph and the calls that complete its events receive the client's headers", async () => {
  world = await foreignWorld({ FORWARD_HEADERS: "x-tenant", RETURN_HEADERS: "x-cache" });
  world.answer = ({ query }, response) => {
    response.setHeader("x-cache", "hit");
    if (!query.startsWith("subscription")) return;
    response.writeHead(200, { "content-type": "text/event-stream" });
    const data = { tick: { __typename: "Item", id: "i1", name: "lamp" } };
    response.end(`event: next\ndata: ${JSON.stringify({ data })}\n\nevent: complete\ndata:\n\n`);
  };
  const query = "subscription { tick { name left } }";
  const headers = { accept: "text/event-stream", "content-type": "application/json", "x-tenant": "a" };
  const response = await fetch(`${world.url}/graphql`, { method: "POST", headers, body: JSON.stringify({ query }) });
  expect(await response.text()).toContain('{"name":"lamp","left":3}');
  expect(seenBy("shop")).toMatchObject({ "x-tenant": "a", accept: "text/event-stream" });
  expect(seenBy("stock")).toMatchObject({ "x-tenant": "a" });
});

describe("lists of headers", () => {
  const faults = (environment: Record<string, string>) => {
    try {
      gatewayConfiguration(environment);
      return "";
    } catch (error) {
      return String(error);
    }
  };

  test.each([
    ...["Connection", "keep-alive", "transfer-encoding", "TE", "upgrade", "trailer", "proxy-authorization", "host"],
    ...["content-length", "content-type", "content-digest", "accept-encoding", "if-none-match", "expect"],
    ...["x-motcua-identity", "X-Motcua-Anything", "x-request-deadline", "authorization", "last-event-id", "a b", "é"],
  ])("the header %s cannot be forwarded to subgraphs", (name) => {
    for (const variable of ["FORWARD_HEADERS", "FORWARD_HEADERS_SHOP"]) {
      expect(faults({ [variable]: `x-tenant, ${name}` })).toContain(
        `  ${variable}: ${name.toLowerCase()} cannot be in`,
      );
    }
  });

  test.each([
    ...["connection", "transfer-encoding", "content-encoding", "Content-Security-Policy", "cache-control", "vary"],
    ...["access-control-allow-origin", "x-request-id", "x-reads-recorded", "etag", "x-frame-options"],
  ])("the header %s cannot be returned to clients", (name) => {
    expect(faults({ RETURN_HEADERS: name })).toContain(`RETURN_HEADERS: ${name.toLowerCase()} cannot be in the list: `);
  });

  test("every refused header of a list is named", () => {
    expect(faults({ FORWARD_HEADERS: "te, x-a, host" })).toMatch(/FORWARD_HEADERS: te [\s\S]*FORWARD_HEADERS: host /);
  });
});
