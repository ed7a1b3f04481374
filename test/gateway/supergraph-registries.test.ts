import { pino } from "pino";
import { afterEach, describe, expect, test, vi } from "vitest";
import { gatewayConfiguration } from "../../gateway/configuration.ts";
import { openSupergraph, type Supergraph } from "../../gateway/supergraph/supergraph-source.ts";
import { composed } from "./kit/gateway-world.ts";
import { hiveCdn, type Uplink, uplink } from "./kit/registries.ts";

const sdlOf = (field: string) =>
  composed([{ name: "shop", sdl: `type Query { ${field}: String }`, url: "http://127.0.0.1:1/" }]);
const [first, second] = [sdlOf("first"), sdlOf("second")];

const closing: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of closing.splice(0)) await each.close();
});
function kept<Each extends { close(): unknown }>(each: Each): Each {
  closing.push(each);
  return each;
}

const lines: { level: number; reason?: string }[] = [];
const log = pino({ level: "info" }, { write: (line) => lines.push(JSON.parse(line)) });

async function open(environment: NodeJS.ProcessEnv): Promise<{ supergraph: Supergraph; adopted: string[] }> {
  lines.length = 0;
  const { supergraph: location, supergraphPollMs } = gatewayConfiguration(environment);
  const supergraph = kept(await openSupergraph(location, supergraphPollMs, log));
  const adopted: string[] = [];
  supergraph.whenReplaced(async (sdl) => void adopted.push(sdl));
  return { supergraph, adopted };
}

const fromUplink = (registries: Uplink[], more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  SUPERGRAPH: "uplink",
  SUPERGRAPH_POLL_SECONDS: "0.02",
  APOLLO_GRAPH_REF: "shop@current",
  APOLLO_KEY: "service:shop:secret",
  APOLLO_UPLINK_ENDPOINTS: registries.map(({ url }) => url).join(","),
  ...more,
});

describe("a registry with Uplink's protocol", () => {
  test("the supergraph is fetched, then asked for by the id of the last version, and a new version is adopted", async () => {
    const registry = kept(await uplink(first));
    const { supergraph, adopted } = await open(fromUplink([registry]));
    expect(supergraph.sdl).toBe(first);
    await vi.waitFor(() => expect(registry.requests.length).toBeGreaterThan(2), 10_000);
    expect(registry.requests[0]).toBe("null");
    expect(registry.requests[1]).toMatch(/^[0-9a-f]{64}$/);
    expect(adopted).toEqual([]);
    registry.sdl = second;
    await vi.waitFor(() => expect(adopted).toEqual([second]), 10_000);
  });

  test("another endpoint answers where one fails, at the start and later", async () => {
    const [dead, alive] = [kept(await uplink(first)), kept(await uplink(first))];
    dead.isDown = true;
    const { supergraph, adopted } = await open(fromUplink([dead, alive]));
    expect(supergraph.sdl).toBe(first);
    Object.assign(dead, { isDown: false, sdl: second });
    alive.refusal = { code: "RETRY_LATER", message: "busy" };
    await vi.waitFor(() => expect(adopted).toEqual([second]), 10_000);
  });

  test("while all endpoints fail, the last version stays, the reason is named once, and a later version is adopted", async () => {
    const registry = kept(await uplink(first));
    const { adopted } = await open(fromUplink([registry]));
    registry.refusal = { code: "ACCESS_DENIED", message: "the plan has ended" };
    await vi.waitFor(() => expect(lines).toHaveLength(1), 10_000);
    expect(lines[0]?.reason).toBe("ACCESS_DENIED: the plan has ended");
    const { length } = registry.requests;
    await vi.waitFor(() => expect(registry.requests.length).toBeGreaterThan(length + 2), 10_000);
    expect({ lines: lines.length, adopted }).toEqual({ lines: 1, adopted: [] });
    Object.assign(registry, { refusal: undefined, sdl: second });
    await vi.waitFor(() => expect(adopted).toEqual([second]), 10_000);
  });

  test("the registry is not asked again before the delay that it demands", async () => {
    const registry = kept(await uplink(first));
    registry.minDelaySeconds = 3_600;
    await open(fromUplink([registry], { SUPERGRAPH_POLL_SECONDS: "0.001" }));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(registry.requests).toHaveLength(1);
  });

  test.each([
    ["a wrong key", { APOLLO_KEY: "other" }, "uplink shop@current cannot be fetched (AUTHENTICATION_FAILED: the key"],
    ["an unknown graph", { APOLLO_GRAPH_REF: "x@y" }, "uplink x@y cannot be fetched (UNKNOWN_REF: no graph x@y)"],
  ])("a start with %s is refused with the registry's reason, and without the key", async (_, more, reason) => {
    const registry = kept(await uplink(first));
    const error = await open(fromUplink([registry], more)).catch((thrown: Error) => thrown);
    expect(String(error)).toContain(`SUPERGRAPH: `);
    expect(String(error)).toContain(reason);
    expect(String(error)).not.toContain("secret");
  });
});

test("an endpoint that does not listen is named with the reason of the network", async () => {
  const registry = await uplink(first);
  await registry.close();
  await expect(open(fromUplink([registry]))).rejects.toThrow(`cannot be fetched (${registry.url}: ECONNREFUSED)`);
});

describe("Hive's CDN", () => {
  const fromHive = (endpoint: string, more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
    ...{ SUPERGRAPH: "hive", SUPERGRAPH_POLL_SECONDS: "0.02", HIVE_CDN_ENDPOINT: endpoint, HIVE_CDN_KEY: "hv2-secret" },
    ...more,
  });

  test("the supergraph is fetched with the key, polled by its ETag, and a new version is adopted", async () => {
    const cdn = kept(await hiveCdn(first));
    const { supergraph, adopted } = await open(fromHive(cdn.url));
    expect(supergraph.sdl).toBe(first);
    await vi.waitFor(() => expect(cdn.requests.length).toBeGreaterThan(2), 10_000);
    expect(cdn.requests[0]).toBe("/artifacts/v1/target/supergraph -");
    expect(cdn.requests[1]).toMatch(/supergraph "[0-9a-f]{64}"$/);
    cdn.isDown = true;
    await vi.waitFor(() => expect(lines).toMatchObject([{ reason: "HTTP 500" }]), 10_000);
    Object.assign(cdn, { isDown: false, sdl: second });
    await vi.waitFor(() => expect(adopted).toEqual([second]), 10_000);
  });

  test("the address may already end with the artifact, and a wrong key is refused with its status", async () => {
    const cdn = kept(await hiveCdn(first));
    expect((await open(fromHive(`${cdn.url}/supergraph/`))).supergraph.sdl).toBe(first);
    await expect(open(fromHive(cdn.url, { HIVE_CDN_KEY: "x" }))).rejects.toThrow("cannot be fetched (HTTP 403)");
  });
});

test("a registry without its variables is refused with all of them named", () => {
  expect(() => gatewayConfiguration({ SUPERGRAPH: "uplink", APOLLO_UPLINK_ENDPOINTS: "x" })).toThrow(
    /APOLLO_GRAPH_REF: is required with SUPERGRAPH=uplink[\s\S]*APOLLO_KEY: is required[\s\S]*APOLLO_UPLINK_ENDPOINTS/,
  );
  expect(() => gatewayConfiguration({ SUPERGRAPH: "hive" })).toThrow(/HIVE_CDN_ENDPOINT: must be[\s\S]*HIVE_CDN_KEY/);
});
