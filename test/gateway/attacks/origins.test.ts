import { request } from "undici";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { gatewayWorld, type World } from "../kit/gateway-world.ts";

const PORTAL = "https://portal.example";
const EVIL = "https://evil.example";
const JSON_TYPE = { "content-type": "application/json" };

let world: World;
let closed: World;
beforeAll(async () => {
  world = await gatewayWorld({ CORS_ORIGINS: `${PORTAL}, http://localhost:3000` });
  closed = await gatewayWorld();
});
afterAll(() => Promise.all([world.close(), closed.close()]));

type Sent = { method?: "GET" | "POST" | "OPTIONS"; path?: string; headers?: Record<string, string>; body?: string };

/** undici's request, since fetch would not let a program say what a browser says. */
async function send({ method = "POST", path = "/graphql", headers = {}, body }: Sent, to = world) {
  const sent = method === "POST" ? (body ?? '{"query":"{ whoAmI }"}') : null;
  const answer = await request(`${to.url}${path}`, { method, headers, body: sent });
  return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() };
}

const preflight = (origin: string) => ({
  origin,
  "access-control-request-method": "POST",
  "access-control-request-headers": "authorization,content-type",
});

describe("a page of another site", () => {
  test.each<[string, Sent]>([
    ["by JSON", { headers: { ...JSON_TYPE, origin: EVIL, "sec-fetch-site": "cross-site" } }],
    ["of an older browser", { headers: { ...JSON_TYPE, origin: EVIL } }],
    ["without a name", { headers: { ...JSON_TYPE, origin: "null" } }],
    [
      "of a neighbouring host",
      { headers: { ...JSON_TYPE, origin: `${PORTAL}.evil.example`, "sec-fetch-site": "same-site" } },
    ],
    ["by a form of text", { headers: { "content-type": "text/plain", origin: EVIL } }],
    ["by a form", { headers: { "content-type": "application/x-www-form-urlencoded", origin: EVIL }, body: "query=x" }],
    [
      "by a form with files",
      { headers: { "content-type": "multipart/form-data; boundary=x", "sec-fetch-site": "cross-site" } },
    ],
    [
      "by an image",
      {
        method: "GET",
        path: "/graphql?query={whoAmI}",
        headers: { "sec-fetch-site": "cross-site", "sec-fetch-dest": "image" },
      },
    ],
    [
      "by a link",
      {
        method: "GET",
        path: "/graphql?query={whoAmI}",
        headers: { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" },
      },
    ],
    ["by a preflight", { method: "OPTIONS", headers: preflight(EVIL) }],
  ])("a page of another site cannot send a request: %s", async (_, sent) => {
    const { attempts } = world.oneStop;
    const { status, headers, text } = await send(sent);
    expect(status).toBe(403);
    expect(JSON.parse(text).errors[0].extensions.code).toBe("BAD_USER_INPUT");
    expect(headers).not.toHaveProperty("access-control-allow-origin");
    expect(world.oneStop.attempts).toBe(attempts);
  });

  test.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])(
    "a page of another site that hides its origin cannot send a request with a form's %s",
    async (type) => {
      expect((await send({ headers: { "content-type": type } })).status).toBe(415);
    },
  );

  test("a page of another site cannot change anything by a GET", async () => {
    const { attempts } = world.oneStop;
    const { status } = await send({ method: "GET", path: '/graphql?query=mutation{submit(key:"k"){key}}' });
    expect(status).toBe(405);
    expect(world.oneStop.attempts).toBe(attempts);
  });
});

describe("a page of an admitted origin", () => {
  test("a page of an admitted origin may send requests and read the responses", async () => {
    const { status, headers } = await send({
      headers: { ...JSON_TYPE, origin: PORTAL, "sec-fetch-site": "cross-site" },
    });
    expect(status).toBe(200);
    expect(headers).toMatchObject({ "access-control-allow-origin": PORTAL, vary: "Origin" });
    expect(headers).toMatchObject({ "cross-origin-resource-policy": "cross-origin" });
    expect(headers).not.toHaveProperty("access-control-allow-credentials");
  });

  test("a page of an admitted origin may send a preflight request", async () => {
    const { status, headers } = await send({ method: "OPTIONS", headers: preflight("http://localhost:3000") });
    expect(status).toBe(204);
    expect(headers).toMatchObject({
      "access-control-allow-origin": "http://localhost:3000",
      "access-control-allow-methods": "GET, POST",
      "access-control-allow-headers": expect.stringMatching(
        /authorization.*traceparent.*apollographql-client-name.*apollo-require-preflight/,
      ),
    });
  });

  test("a page of an admitted origin may read a refusal", async () => {
    const { status, headers } = await send({ headers: { ...JSON_TYPE, origin: PORTAL }, body: "{" });
    expect(status).toBe(400);
    expect(headers).toMatchObject({ "access-control-allow-origin": PORTAL });
  });
});

test("without CORS_ORIGINS only the gateway's own pages and programs may send requests", async () => {
  const own = new URL(closed.url).origin;
  const statusOf = async (headers: Record<string, string>) =>
    (await send({ headers: { ...JSON_TYPE, ...headers } }, closed)).status;
  expect(await statusOf({ origin: PORTAL })).toBe(403);
  expect(await statusOf({ origin: own })).toBe(200);
  expect(await statusOf({ origin: own, "sec-fetch-site": "same-origin" })).toBe(200);
  expect(await statusOf({})).toBe(200);
});
