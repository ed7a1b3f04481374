import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { execute, parse } from "graphql";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { gatewayConfiguration } from "../../gateway/configuration.ts";
import { serveGateway } from "../../gateway/server.ts";
import { closeServer, listen, readBody, sendJson } from "../../subgraphs/_shared/serving/http.ts";
import { explosions, explosiveSdl, explosiveSupergraph } from "./kit/explosive-subgraphs.ts";

type Answer = { data?: unknown; errors?: { message: string; extensions: Record<string, unknown> }[] };

let subgraph: Server;
let directory: string;
let supergraph: string;
beforeAll(async () => {
  const resolvers = {
    Query: { hello: () => "hello", greeting: (_: unknown, { of }: { of: number }) => `hello ${of}` },
  };
  const schema = buildSubgraphSchema({ typeDefs: parse(explosiveSdl("a", 20)), resolvers: resolvers as never });
  subgraph = createServer(async (request, response) => {
    const { query, variables } = JSON.parse((await readBody(request, 1e6)).toString());
    sendJson(response, 200, await execute({ schema, document: parse(query), variableValues: variables }));
  });
  directory = mkdtempSync(join(tmpdir(), "motcua-planning-"));
  supergraph = join(directory, "supergraph.graphql");
  writeFileSync(supergraph, explosiveSupergraph(20, `http://127.0.0.1:${await listen(subgraph, 0)}/graphql`));
});
afterAll(async () => {
  await closeServer(subgraph, 0);
  rmSync(directory, { recursive: true });
});

type Served = Awaited<ReturnType<typeof served>>;
let running: Served | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

/** A gateway over the supergraph, and its log. */
async function served(environment: Record<string, string> = {}) {
  const lines: string[] = [];
  const log = pino({ level: "info" }, { write: (line) => lines.push(line) });
  const common = { SUPERGRAPH: supergraph, PORT: "0", METRICS_PORT: "0", PLAYGROUND: "off", TRUST_PROXY: "1" };
  const gateway = await serveGateway(gatewayConfiguration({ ...common, ...environment }), log);
  const url = `http://127.0.0.1:${gateway.port}`;
  const atStart = lines.length;
  return {
    close: gateway.close,
    highestLevel: () => Math.max(...lines.slice(atStart).map((line) => JSON.parse(line).level as number)),
    get: async (path: string) => (await fetch(url + path)).status,
    /** @param address of the client, behind a proxy. */
    async ask(query: string, address = "192.0.2.1", signal?: AbortSignal): Promise<Answer> {
      const headers = { "content-type": "application/json", "x-forwarded-for": address };
      const body = JSON.stringify({ query });
      const response = await fetch(`${url}/graphql`, { method: "POST", headers, body, signal: signal ?? null });
      return (await response.json()) as Answer;
    },
    /** Number of plannings that ended with an outcome. */
    async plannings(outcome: string): Promise<number> {
      const text = await (await fetch(`http://127.0.0.1:${gateway.metricsPort}/metrics`)).text();
      return Number(new RegExp(`motcua_planning_seconds_count{outcome="${outcome}"} (\\d+)`).exec(text)?.[1] ?? 0);
    },
  };
}

/** A request whose client may disconnect. */
function leavable(query: string) {
  const client = new AbortController();
  let isOver = false;
  const over = () => {
    isOver = true;
  };
  running?.ask(query, undefined, client.signal).then(over, over);
  return { isOver: () => isOver, leave: () => client.abort() };
}

const limitOf = ({ errors }: Answer) => errors?.[0]?.extensions.limit;

/** Planning for as long as a test needs, however busy the machine is. */
const LONG = { PLANNING_TIMEOUT_MS: "60000", QUERY_TIMEOUT_MS: "60000", PLANNING_MEMORY_MB: "4000" };

describe("while an operation is planned for long", () => {
  test("health checks, planned operations and new ones are answered", async () => {
    running = await served(LONG);
    const { ask, get } = running;
    const explosion = leavable(explosions[0] ?? "");
    for (let n = 0; n < 5; n++) {
      expect((await ask(`{ greeting(of: ${n}) }`)).data).toEqual({ greeting: `hello ${n}` });
      expect((await ask("{ hello }")).data).toEqual({ hello: "hello" });
      expect(await get("/health/live")).toBe(200);
    }
    expect(explosion.isOver()).toBe(false);
    explosion.leave();
  });

  test("further such operations of its client do not keep those of others from being planned", async () => {
    running = await served(LONG);
    const { ask } = running;
    const all = explosions.map(leavable);
    expect((await ask("{ hello }", "192.0.2.2")).data).toEqual({ hello: "hello" });
    expect((await ask("{ greeting(of: 1) }", "192.0.2.2")).data).toEqual({ greeting: "hello 1" });
    expect(all.map((each) => each.isOver())).not.toContain(true);
    for (const each of all) each.leave();
  });
});

describe("an operation that is too expensive to plan", () => {
  test("an operation that is too expensive to plan is refused with the limit and the remedy, as the caller's fault and without a warning in the log", async () => {
    running = await served({ PLANNING_TIMEOUT_MS: "600" });
    const answer = await running.ask(explosions[0] ?? "");
    expect(answer).not.toHaveProperty("data");
    expect(answer.errors).toMatchObject([
      {
        message: expect.stringMatching(/more than 600 ms to plan.*select less/),
        extensions: { code: "BAD_USER_INPUT", limit: { name: "planningMs", allowed: 600 } },
      },
    ]);
    expect(running.highestLevel()).toBeLessThan(40);
  });

  test("an operation that is too expensive to plan is given up at the deadline of queries where that comes first", async () => {
    running = await served({ QUERY_TIMEOUT_MS: "600" });
    const answer = await running.ask(explosions[0] ?? "");
    expect(answer.errors?.[0]?.message).toMatch(/ ms to plan.*deadline/);
    expect(limitOf(answer)).toMatchObject({ name: "planningMs" });
  });

  test("an operation that is too expensive to plan is remembered by its shape, however it is written", async () => {
    running = await served({ PLANNING_TIMEOUT_MS: "600" });
    const { ask, plannings } = running;
    await ask("{ a { state { label aonly bonly } } }");
    const again = await ask("query Other { x: a { ...U } } fragment U on Unit { s: state { bonly y: aonly label } }");
    expect(again.errors?.[0]?.message).toContain("tried shortly before");
    expect(limitOf(again)).toMatchObject({ name: "planningMs" });
    expect(await plannings("timeout")).toBe(1);
    expect((await ask("{ hello }")).data).toEqual({ hello: "hello" });
  });

  test("an operation that exceeds the memory of its planner thread is refused, and the gateway continues", async () => {
    running = await served({ PLANNING_MEMORY_MB: "64", PLANNING_TIMEOUT_MS: "60000", QUERY_TIMEOUT_MS: "60000" });
    const { ask, plannings } = running;
    const refused = await ask(explosions[0] ?? "");
    expect(limitOf(refused)).toMatchObject({ name: "planningMb", allowed: 64 });
    expect(refused.errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }]);
    expect(await plannings("memory")).toBe(1);
    expect((await ask("{ hello }")).data).toEqual({ hello: "hello" });
    expect(running.highestLevel()).toBeLessThan(40);
  });
});

test("requests that wait for the plan of the same operation share one planning", async () => {
  running = await served();
  const { ask, plannings } = running;
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask("{ hello }")));
  expect(answers.map(({ data }) => data)).toEqual(Array.from({ length: 20 }, () => ({ hello: "hello" })));
  expect(await plannings("planned")).toBe(1);
});

test("an operation beyond the queue of plannings is refused, and may be sent again", async () => {
  running = await served({ PLANNING_QUEUE: "1", PLANNING_TIMEOUT_MS: "1000" });
  const { ask } = running;
  const answers = await Promise.all(explosions.map((each) => ask(each)));
  const refused = answers.filter((each) => (limitOf(each) as { name?: string })?.name === "plannings");
  expect(refused.length).toBeGreaterThan(0);
  expect(refused[0]?.errors).toMatchObject([{ extensions: { code: "RATE_LIMITED", retryAfterSeconds: 1 } }]);
  expect((await ask("{ hello }")).data).toEqual({ hello: "hello" });
});

test("a new supergraph is planned for by new threads while the old one's are still busy", async () => {
  const path = join(directory, "replaced.graphql");
  writeFileSync(path, explosiveSupergraph(20));
  running = await served({ SUPERGRAPH: path, SUPERGRAPH_POLL_SECONDS: "0.05", ...LONG });
  const explosion = leavable(explosions[0] ?? "");
  await running.ask("{ hello }");
  writeFileSync(path, readFileSync(supergraph, "utf8"));
  // with pauses, since further requests than the rate limit allows would all be refused
  while (JSON.stringify((await running.ask("{ hello }")).data) !== '{"hello":"hello"}') await sleep(50);
  expect(explosion.isOver()).toBe(false);
  explosion.leave();
});

test("an operation with too many ways to be planned is refused as the caller's fault", async () => {
  const path = join(directory, "eleven.graphql");
  writeFileSync(path, explosiveSupergraph(11, undefined, '@key(fields: "id")'));
  running = await served({ SUPERGRAPH: path });
  const { errors } = await running.ask(explosions[0] ?? "");
  expect(errors).toMatchObject([
    { message: expect.stringContaining("2000 ways to be planned"), extensions: { code: "BAD_USER_INPUT" } },
  ]);
  expect(running.highestLevel()).toBeLessThan(40);
});
