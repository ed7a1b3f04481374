import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { gatewayConfiguration } from "../../gateway/configuration.ts";
import { openMetrics } from "../../gateway/observability/metrics.ts";
import { operationLabels } from "../../gateway/observability/operation-labels.ts";
import { serveGateway } from "../../gateway/server.ts";
import { gatewayWorld, type World } from "./kit/gateway-world.ts";

let world: World;
beforeAll(async () => {
  world = await gatewayWorld({ METRICS_PORT: "0" });
});
afterAll(() => world.close());

const scraped = async () => (await fetch(`http://127.0.0.1:${world.metricsPort}/metrics`)).text();

/** The value of one series, or 0 where it does not exist. */
async function value(series: string): Promise<number> {
  const line = (await scraped()).split("\n").find((each) => each.startsWith(`${series} `));
  return Number(line?.slice(series.length + 1) ?? 0);
}

let clerkToken: string | undefined;
async function clerk(): Promise<{ authorization: string }> {
  clerkToken ??= await world.token("clerk");
  return { authorization: `Bearer ${clerkToken}` };
}

describe("the metrics", () => {
  test("the metrics count a request under its operation's name and its outcome", async () => {
    const series = (outcome: string) => `motcua_request_seconds_count{operation="Papers",outcome="${outcome}"}`;
    await world.ask("query Papers { procedures(first: 1) }", {}, await clerk());
    await world.ask("query Papers { citizen(personalId: 3) { nothing } }");
    expect(await value(series("ok"))).toBe(1);
    expect(await value(series("BAD_USER_INPUT"))).toBe(1);
  });

  test("the metrics give no label to a name that only anonymous callers have sent", async () => {
    await world.ask("query ChosenByAStranger { procedures(first: 1) }");
    expect(await scraped()).not.toContain("ChosenByAStranger");
  });

  test("the metrics count a refusal before GraphQL as well", async () => {
    const series = 'motcua_request_seconds_count{operation="unnamed",outcome="UNAUTHENTICATED"}';
    const before = await value(series);
    await world.ask("{ __typename }", {}, { authorization: "Bearer nonsense" });
    expect(await value(series)).toBe(before + 1);
  });

  test("the metrics count each fetch, and see the breaker of a subgraph that is gone open", async () => {
    const fetched = (outcome: string) => `motcua_fetch_seconds_count{subgraph="one-stop",outcome="${outcome}"}`;
    const before = await value(fetched("ok"));
    await world.ask("{ whoAmI }");
    expect(await value(fetched("ok"))).toBe(before + 1);
    expect(await value('motcua_breaker_state{subgraph="one-stop",state="closed"}')).toBe(1);
    await world.oneStop.close();
    for (let i = 0; i < 60; i++) await world.ask(`query Gone { a${i}: whoAmI }`);
    expect(await value('motcua_breaker_state{subgraph="one-stop",state="open"}')).toBe(1);
    expect(await scraped()).toMatch(/motcua_fetch_seconds_count\{subgraph="one-stop",outcome="circuit open"\} [1-9]/);
    await world.oneStop.open();
  });

  test("the metrics tell how many operations, documents and tokens are kept", async () => {
    await world.ask("query Kept { procedures(first: 1) }", {}, await clerk());
    expect(await value('motcua_cache_entries{cache="operations"}')).toBeGreaterThan(0);
    expect(await value('motcua_cache_bytes{cache="operations"}')).toBeGreaterThan(0);
    expect(await value('motcua_cache_entries{cache="tokens"}')).toBe(1);
    expect(await scraped()).toContain('motcua_cache_entries{cache="persisted documents"} 0');
  });

  test("the metrics tell the process's memory, CPU and event-loop lag", async () => {
    expect(await value("process_resident_memory_bytes")).toBeGreaterThan(1e6);
    expect(await scraped()).toMatch(/^process_cpu_seconds_total .*[\s\S]*^nodejs_eventloop_lag_p99_seconds /m);
  });

  test("the metrics put each observation into its bucket, and sum them up", async () => {
    const metrics = openMetrics();
    for (const seconds of [0.001, 0.004, 99]) metrics.fetch("land", "ok", seconds);
    const text = await metrics.text();
    const at = (le: string) => `motcua_fetch_seconds_bucket{subgraph="land",outcome="ok",le="${le}"}`;
    expect(text).toContain(`${at("0.001")} 1\n`);
    expect(text).toContain(`${at("0.005")} 2\n`);
    expect(text).toContain(`${at("30")} 2\n`);
    expect(text).toContain(`${at("+Inf")} 3\n`);
    expect(text).toContain('motcua_fetch_seconds_sum{subgraph="land",outcome="ok"} 99.005\n');
  });

  test("the metrics tell the state of a breaker and the size of a cache at the moment of the scrape", async () => {
    const metrics = openMetrics();
    const size = { entries: 1, bytes: 10 };
    metrics.cache("operations", () => size);
    metrics.breaker("land", "closed");
    metrics.breaker("land", "open");
    size.entries = 2;
    const text = await metrics.text();
    expect(text).toContain('motcua_breaker_state{subgraph="land",state="open"} 1\n');
    expect(text).toContain('motcua_breaker_state{subgraph="land",state="closed"} 0\n');
    expect(text).toContain('motcua_cache_entries{cache="operations"} 2\n');
    expect(text).toContain('motcua_cache_bytes{cache="operations"} 10\n');
  });
});

describe("an operation's label", () => {
  test("an operation's label is its name for the first hundred that were executed, however many come", () => {
    const labelOf = operationLabels();
    const labels = Array.from({ length: 5_000 }, (_, i) => labelOf(`Name${i}`, true));
    expect(new Set(labels).size).toBe(101);
    expect(labelOf("Name7", false)).toBe("Name7");
    expect(labelOf("Late", true)).toBe("other");
  });

  test.each([
    ["of a refused operation", "Refused", false],
    ["with a number that may be a person's", "citizen_093195000017", true],
    ["that is none", 'x"} 1\nevil{a="', true],
  ])("an operation's label is not a name %s", (_, name, executed) => {
    expect(operationLabels()(name, executed)).toBe("other");
  });
});

describe("who sees them", () => {
  test("in demo mode everybody sees the metrics, at the gateway itself", async () => {
    expect(await (await fetch(`${world.url}/metrics`)).text()).toContain("motcua_request_seconds");
  });

  test("outside demo mode nobody sees the metrics, unless METRICS_PORT opens a separate port", async () => {
    const gateway = await serveGateway(gatewayConfiguration({ PORT: "0", LOG_LEVEL: "silent", PLAYGROUND: "off" }));
    expect((await fetch(`http://127.0.0.1:${gateway.port}/metrics`)).status).toBe(404);
    expect(gateway.metricsPort).toBeUndefined();
    await gateway.close();
  });

  test("the separate port of the metrics serves nothing else", async () => {
    expect((await fetch(`http://127.0.0.1:${world.metricsPort}/graphql`)).status).toBe(404);
    expect(gatewayConfiguration({ METRICS_PORT: "9090" }).observability.metrics).toEqual({
      host: "127.0.0.1",
      port: 9_090,
    });
  });
});
