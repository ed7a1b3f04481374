import type { IncomingMessage } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clientAddress } from "../../../gateway/http/client-address.ts";
import { gatewayWorld, type World } from "../kit/gateway-world.ts";
import { requestPaths } from "../kit/request-paths.ts";

const worlds: World[] = [];
const worldWith = async (environment: Record<string, string>) => {
  const world = await gatewayWorld({ RATE_WINDOW_SECONDS: "3600", ...environment });
  worlds.push(world);
  return world;
};
afterAll(() => Promise.all(worlds.map((world) => world.close())));

type Answer = Awaited<ReturnType<World["ask"]>>;

function expectRefused({ status, headers, errors, data }: Answer, limit: object): void {
  expect(status).toBe(429);
  expect(data).toBeUndefined();
  const retryAfterSeconds = Number(headers.get("retry-after"));
  expect(retryAfterSeconds).toBeGreaterThan(3_000);
  expect(retryAfterSeconds).toBeLessThanOrEqual(3_600);
  const extensions = { code: "RATE_LIMITED", limit, retryAfterSeconds, requestId: headers.get("x-request-id") };
  expect(errors).toEqual([{ message: expect.stringContaining("try again in"), extensions }]);
}

describe("an address that sends too much", () => {
  let world: World;
  beforeAll(async () => {
    world = await worldWith({ RATE_LIMIT_ADDRESS: "3", TRUST_PROXY: "1" });
  });

  test("an address over its rate limit is refused until the window ends, whatever headers it sends, and other addresses are not", async () => {
    const from = (...addresses: string[]) => ({ "x-forwarded-for": addresses.join(", ") });
    for (const claimed of ["1.1.1.1", "2.2.2.2", "3.3.3.3"]) {
      expect((await world.ask("{ whoAmI }", {}, from(claimed, "198.51.100.7"))).status).toBe(200);
    }
    const { attempts } = world.oneStop;
    const refused = await world.ask("{ whoAmI }", {}, from("4.4.4.4", "198.51.100.7"));
    expectRefused(refused, { name: "requests", allowed: 3, asked: 4 });
    expect(world.oneStop.attempts).toBe(attempts);
    expect((await world.ask("{ whoAmI }", {}, from("198.51.100.7", "198.51.100.8"))).status).toBe(200);
  });

  test("an address over its rate limit is refused before its token and body are read and before agencies are asked for their health", async () => {
    const headers = { "x-forwarded-for": "203.0.113.9", authorization: "Bearer abc" };
    const statuses = [];
    for (let i = 0; i < 4; i++) statuses.push((await world.ask("{", {}, headers)).status);
    expect(statuses).toEqual([401, 401, 401, 429]);
    const health = await fetch(`${world.url}/health/ready`, { headers });
    expect(health.status).toBe(429);
  });
});

test("a caller over its rate limit is refused, and another caller or the public at the same address is not", async () => {
  const world = await worldWith({ RATE_LIMIT_CALLER: "2" });
  const as = async (persona: string) => ({ authorization: `Bearer ${await world.token(persona)}` });
  const clerk = await as("clerk");
  await world.ask("{ whoAmI }", {}, clerk);
  await world.ask("{ whoAmI }", {}, clerk);
  expectRefused(await world.ask("{ whoAmI }", {}, clerk), { name: "requests", allowed: 2, asked: 3 });
  expect((await world.ask("{ whoAmI }", {}, await as("leader"))).status).toBe(200);
  for (let i = 0; i < 4; i++) expect((await world.ask("{ whoAmI }")).status).toBe(200);
});

describe.each(requestPaths)("by %s, a caller's operations", (_, environment) => {
  test("a caller's operations may cost a limited sum, by their variables, and a refused operation asks no agency", async () => {
    const world = await worldWith({ ...environment, COST_LIMIT_CALLER: "100" });
    const headers = { authorization: `Bearer ${await world.token("clerk")}` };
    const shops = (n: number, who = headers) => world.ask("query ($n: Int) { shops(first: $n) { id } }", { n }, who);
    expect((await shops(90)).status).toBe(200);
    const { attempts } = world.oneStop;
    expectRefused(await shops(20), { name: "costBudget", allowed: 100, asked: 110 });
    expect(world.oneStop.attempts).toBe(attempts);
    expect((await shops(90, { authorization: `Bearer ${await world.token("leader")}` })).status).toBe(200);
    expect((await world.ask("{ whoAmI }", {}, headers)).status).toBe(200);
  });
});

test.each([
  ["the peer's", 0, "127.0.0.1", "1.2.3.4", "127.0.0.1"],
  ["the one that the only proxy saw", 1, "10.0.0.1", "9.9.9.9, 1.2.3.4", "1.2.3.4"],
  ["the one that the outer of two proxies saw", 2, "10.0.0.1", "9.9.9.9, 1.2.3.4, 10.0.0.2", "1.2.3.4"],
  ["the peer's where the header is short", 2, "10.0.0.1", "1.2.3.4", "10.0.0.1"],
  ["the peer's where the header is no address", 1, "10.0.0.1", "unknown", "10.0.0.1"],
  ["that of IPv4 within IPv6", 0, "::ffff:192.0.2.1", undefined, "192.0.2.1"],
  ["the network's of IPv6", 0, "2001:db8:1:2:3:4:5:6", undefined, "2001:db8:1:2::/64"],
  ["the network's of short IPv6", 1, "::1", "2001:DB8::7", "2001:db8:0:0::/64"],
])("the address of a request is %s", (_, hops, remoteAddress, forwarded, expected) => {
  const request = { socket: { remoteAddress }, headers: { "x-forwarded-for": forwarded } };
  expect(clientAddress(request as unknown as IncomingMessage, hops)).toBe(expected); // what it reads of a request
});
