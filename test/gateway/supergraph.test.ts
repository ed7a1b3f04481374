import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { gatewayConfiguration } from "../../gateway/configuration.ts";
import { serveGateway } from "../../gateway/server.ts";
import { closeServer, listen } from "../../subgraphs/_shared/serving/http.ts";
import { composed } from "./kit/gateway-world.ts";
import { type Agency, smallAgency } from "./kit/sample-subgraph.ts";

const UNKNOWN = "https://specs.example/secrecy/v0.1";
const keys = [{ id: "k1", secret: "secret-of-an-agency-0123456789" }];
const IDENTITY_KEYS = "k1:secret-of-an-agency-0123456789";
const environment = {
  IDENTITY_KEYS_ONE_STOP: IDENTITY_KEYS,
  IDENTITY_KEYS_LAND: IDENTITY_KEYS,
  MOTCUA_DATA: "/nowhere/motcua", // so that an agency without a variable has no keys
  NODE_ENV: "test",
  PORT: "0",
  PLAYGROUND: "off",
  MUTATION_TIMEOUT_MS: "500",
  QUERY_TIMEOUT_MS: "5000",
};

let desk: Agency;
let land: Agency;
let directory: string;
let old: string;
beforeAll(async () => {
  desk = await smallAgency("one-stop", keys, "type Query { hello: String slow: String news: String }", {
    Query: {
      hello: () => "hello",
      news: () => "news",
      slow: () => new Promise((resolve) => setTimeout(resolve, 600, "slow")),
    },
  });
  land = await smallAgency("land", keys, "type Query { plots: Int }", { Query: { plots: () => 3 } });
  directory = mkdtempSync(join(tmpdir(), "motcua-supergraph-"));
  old = composed([{ ...desk, sdl: desk.sdl.replace("news: String", "") }]);
});
afterAll(async () => {
  await Promise.all([desk.close(), land.close()]);
  rmSync(directory, { recursive: true, force: true });
});

const both = () => composed([desk, land]);
const withGhost = () =>
  both()
    .replaceAll(/name: "land"/g, 'name: "ghost"')
    .replaceAll(land.url, "");

/** A gateway over a supergraph, what it logs, and how it is asked. */
async function gatewayOver(SUPERGRAPH: string, more: Record<string, string> = {}) {
  const lines: string[] = [];
  const log = pino({ level: "info" }, { write: (line) => lines.push(line) });
  const gateway = await serveGateway(gatewayConfiguration({ ...environment, SUPERGRAPH, ...more }), log);
  const ask = async (query: string) => {
    const response = await fetch(`http://127.0.0.1:${gateway.port}/graphql?query=${encodeURIComponent(query)}`);
    const { data, errors } = (await response.json()) as { data?: unknown; errors?: { message: string }[] };
    return errors?.[0]?.message ?? data;
  };
  const logged = (text: string) => lines.filter((line) => line.includes(text)).length;
  return { gateway, ask, logged };
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 10));
}

function replace(path: string, text: string): void {
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}

describe.each(["own", "apollo"])("a supergraph's file (executor %s)", (GATEWAY_EXECUTOR) => {
  const path = () => join(directory, `${GATEWAY_EXECUTOR}.graphql`);
  let served: Awaited<ReturnType<typeof gatewayOver>>;
  beforeAll(async () => {
    writeFileSync(path(), old);
    served = await gatewayOver(path(), { GATEWAY_EXECUTOR, SUPERGRAPH_POLL_SECONDS: "0" });
  });
  afterAll(() => served.gateway.close());

  test("a replaced supergraph file is served, and requests in flight end on the previous version", async () => {
    const { ask, logged } = served;
    expect(await ask("{ news }")).toContain('Cannot query field "news"');
    const underWay = ask("{ slow hello }");
    await until(() => desk.asked.length > 0);
    replace(path(), both());
    await until(() => logged("is in use") === 1);
    expect(await ask("{ news plots }")).toEqual({ news: "news", plots: 3 });
    expect(await underWay).toEqual({ slow: "slow", hello: "hello" });
  });

  test.each([
    ["does not parse", () => both().slice(0, 900)],
    ["is no supergraph", () => "type Query { hello: String }"],
    ["names a subgraph without address and key", withGhost],
    ["contradicts itself", () => both().replace("plots: Int", "plots: Nothing")],
    [
      "demands what the gateway does not know",
      () => both().replace("@link(", `@link(url: "${UNKNOWN}", for: SECURITY) @link(`),
    ],
  ])(
    "a supergraph file that %s is refused once with a reason, and the previous version stays in service",
    async (_, broken) => {
      const before = served.logged("is refused");
      replace(path(), broken());
      await until(() => served.logged("is refused") > before);
      expect(await served.ask("{ news plots }")).toEqual({ news: "news", plots: 3 });
      expect(served.logged("is refused")).toBe(before + 1);
    },
  );

  test("a subgraph removed from the supergraph file is disconnected, and it is used again when it is named again", async () => {
    replace(path(), composed([desk]));
    await until(async () => String(await served.ask("{ plots }")).includes('Cannot query field "plots"'));
    expect(await served.ask("{ news }")).toEqual({ news: "news" });
    writeFileSync(path(), both()); // in place
    await until(async () => JSON.stringify(await served.ask("{ plots }")) === '{"plots":3}');
  });
});

describe("a supergraph at an http address", () => {
  test("a supergraph at an http address is polled and loaded only when changed, and a broken one is refused", async () => {
    const asked: number[] = [];
    let text = old;
    const registry = createServer((request, response) => {
      const etag = `"${text.length}"`;
      const status = request.headers["if-none-match"] === etag ? 304 : 200;
      asked.push(status);
      response.writeHead(status, { etag }).end(status === 200 ? text : undefined);
    });
    const SUPERGRAPH = `http://127.0.0.1:${await listen(registry, 0)}/supergraph`;
    const { gateway, ask, logged } = await gatewayOver(SUPERGRAPH, { SUPERGRAPH_POLL_SECONDS: "0.05" });
    await until(() => asked.filter((status) => status === 304).length > 2);
    text = both();
    await until(() => logged("is in use") === 1);
    expect(await ask("{ news plots }")).toEqual({ news: "news", plots: 3 });
    text = withGhost();
    await until(() => logged("is refused") === 1);
    expect(logged("GHOST")).toBe(1);
    await until(() => asked.at(-1) === 304);
    await closeServer(registry, 0);
    await until(() => logged("cannot be read") === 1);
    expect(await ask("{ news plots }")).toEqual({ news: "news", plots: 3 });
    expect(asked.filter((status) => status === 200)).toHaveLength(3);
    await gateway.close();
  });
});

test("connections to a removed subgraph are closed when no request can need them any more", async () => {
  const path = join(directory, "closing.graphql");
  writeFileSync(path, both());
  await until(() => land.connections() === 0);
  const { gateway, ask } = await gatewayOver(path, { QUERY_TIMEOUT_MS: "1500" });
  expect(await ask("{ plots }")).toEqual({ plots: 3 });
  expect(land.connections()).toBe(1);
  replace(path, composed([desk]));
  await until(() => land.connections() === 0);
  expect(await ask("{ hello }")).toEqual({ hello: "hello" });
  await gateway.close();
});
