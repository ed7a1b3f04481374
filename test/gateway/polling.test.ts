import { beforeAll, describe, expect, test } from "vitest";
import { aBirthRequest, dossierThatIs, submit } from "../given.ts";
import { contract, sharedWorld } from "../world.ts";

const world = sharedWorld({}, { CORS_ORIGINS: "https://portal.example" });
let token: string;
let code: string;
beforeAll(async () => {
  token = await world.current.token("clerk");
  code = (await submit(world.current, aBirthRequest())).data.submitBirthBundle.dossier.code;
  await dossierThatIs(world.current, code, ({ outcome }) => outcome === "GRANTED");
});

type Sent = { query: string; variables?: object; headers?: Record<string, string> };
const QUERY = "query ($code: ID!) { dossier(code: $code) { code state revision parts { id state } } }";

async function get({ query, variables = {}, headers = {} }: Sent) {
  const search = new URLSearchParams({ query, variables: JSON.stringify(variables) });
  const response = await fetch(`${world.current.url}/graphql?${search}`, { headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
}
const poll = (headers: Record<string, string> = {}) =>
  get({ query: QUERY, variables: { code }, headers: { authorization: `Bearer ${token}`, ...headers } });

describe("a poll by GET", () => {
  test("an unchanged answer is 304 without a body, and a changed one is sent whole", async () => {
    const first = await poll();
    expect(first.status).toBe(200);
    const tag = first.headers.get("etag") ?? "";
    expect(tag).toMatch(/^W\/"[\w-]+"$/);
    const again = await poll({ "if-none-match": `"another", ${tag}` });
    expect([again.status, again.text, again.headers.get("etag")]).toEqual([304, "", tag]);
    const receivedBy = { fullName: "Lê Thị Thử Nghiệm", personalId: null };
    const input = { method: "DESK", receivedBy, receiptCode: code };
    const returning = { dossier: code, input, idempotencyKey: `poll-${code}` };
    const returned = await world.current.ask({ persona: "clerk" }, contract("return-results"), returning);
    expect(returned.data.returnResults.problems).toEqual([]);
    const changed = await poll({ "if-none-match": tag });
    expect(changed.status).toBe(200);
    expect(changed.headers.get("etag")).not.toBe(tag);
  });

  test("an answer belongs to its caller, and is used only after asking again", async () => {
    const { headers } = await poll();
    expect(headers.get("cache-control")).toBe("private, no-cache");
    expect(headers.get("vary")?.split(", ")).toEqual(["Origin", "Accept", "Accept-Encoding", "Authorization"]);
  });

  test("the entity tag of one caller does not hold for another, whatever the other knows", async () => {
    const tag = (await poll()).headers.get("etag") ?? "";
    const other = await get({ query: QUERY, variables: { code }, headers: { "if-none-match": tag } });
    expect(other.status).toBe(200);
    expect(other.text).toContain("UNAUTHENTICATED");
  });

  test("an answer with errors is kept by nobody", async () => {
    const { headers } = await get({ query: QUERY, variables: { code } });
    expect([headers.get("cache-control"), headers.get("etag")]).toEqual(["no-store", null]);
  });

  test("the tag is the same for every content coding", async () => {
    const query = "{ procedures(first: 60) { nodes { code name legalBasis } } }";
    const plain = await get({ query, headers: { "accept-encoding": "identity" } });
    const brotli = await get({ query, headers: { "accept-encoding": "br" } });
    expect(brotli.headers.get("content-encoding")).toBe("br");
    expect(brotli.headers.get("etag")).toBe(plain.headers.get("etag"));
  });

  test("an answer to POST has none of these headers", async () => {
    const { headers } = await world.current.ask({ persona: "clerk" }, QUERY, { code });
    expect(headers.get("cache-control")).toBe("no-store");
    for (const name of ["etag", "ratelimit", "ratelimit-policy"]) expect(headers.get(name), name).toBeNull();
  });

  test("a page of a listed origin may read the headers for polling", async () => {
    const { headers } = await poll({ origin: "https://portal.example" });
    expect(headers.get("access-control-expose-headers")).toBe(
      "x-request-id, retry-after, etag, ratelimit, ratelimit-policy",
    );
  });
});

describe("the rest of the rate limits", () => {
  const rests = (headers: Headers) =>
    Object.fromEntries(
      [...(headers.get("ratelimit") ?? "").matchAll(/"(\w+)";r=(\d+);t=(\d+)/g)].map(([, name, rest]) => [
        name,
        Number(rest),
      ]),
    );

  test("an answer to GET tells the policies and what is left of each", async () => {
    const first = await poll();
    expect(first.headers.get("ratelimit-policy")).toBe(
      '"caller";q=30000;w=60, "address";q=60000;w=60, "cost";q=3000000;w=60',
    );
    const [before, after] = [rests(first.headers), rests((await poll()).headers)];
    expect(Object.keys(before)).toEqual(["caller", "address", "cost"]);
    expect((before.caller ?? 0) - (after.caller ?? 0)).toBe(1);
    expect((before.cost ?? 0) - (after.cost ?? 0)).toBeGreaterThan(1);
  });

  test("an anonymous caller is told the limits of the address", async () => {
    const { headers } = await get({ query: "{ __typename }" });
    expect(Object.keys(rests(headers))).toEqual(["address", "cost"]);
  });
});

describe("a caller beyond the limit", () => {
  const narrow = sharedWorld({}, { RATE_LIMIT_CALLER: "1", RATE_WINDOW_SECONDS: "60" });

  test("a 429 names the limit and when it ends, for GET and POST", async () => {
    const ask = () => narrow.current.ask({ persona: "clerk" }, "{ __typename }");
    await ask();
    const { status, headers } = await ask();
    expect(status).toBe(429);
    expect(headers.get("ratelimit-policy")).toBe('"caller";q=1;w=60');
    expect(headers.get("ratelimit")).toMatch(/^"caller";r=0;t=\d+$/);
  });
});
