import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeServer, listen, readBody, sendJson } from "../../subgraphs/_shared/serving/http.ts";
import { type GatewayProgram, gatewayProgram, ownConnection } from "./kit/gateway-program.ts";
import { composed } from "./kit/gateway-world.ts";
import { type Clock, clock } from "./kit/ticking-subgraph.ts";

const HELLO = `/graphql?query=${encodeURIComponent("query Hello { hello }")}`;
const slow = (n: number) => `/graphql?query=${encodeURIComponent(`{ slow(n: ${n}) }`)}`;

let directory: string;
/** A subgraph that responds when it is released. */
let holding: Server;
const held: (() => void)[] = [];
let ticks: Clock;
let environment: Record<string, string>;
const programs: GatewayProgram[] = [];

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "motcua-processes-"));
  ticks = await clock();
  holding = createServer(async (request, response) => {
    const [, name = "slow"] = /(\w+) *: *slow/.exec((await readBody(request, 1e6)).toString()) ?? [];
    held.push(() => sendJson(response, 200, { data: { [name]: "slow" } }));
  });
  const url = `http://127.0.0.1:${await listen(holding, 0)}/`;
  const SUPERGRAPH = join(directory, "supergraph.graphql");
  writeFileSync(SUPERGRAPH, composed([ticks, { name: "holding", sdl: "type Query { slow(n: Int): String }", url }]));
  environment = { SUPERGRAPH, PROCESSES: "2", MOTCUA_DEMO_DIR: directory };
});
afterAll(async () => {
  for (const each of programs) each.signal("SIGKILL");
  await Promise.all([ticks.close(), closeServer(holding, 0)]);
  rmSync(directory, { recursive: true, force: true });
});

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 20));
}

function start(more: Record<string, string> = {}): GatewayProgram {
  const program = gatewayProgram({ ...environment, ...more });
  programs.push(program);
  return program;
}

async function started(more: Record<string, string> = {}) {
  const program = start(more);
  await until(() => program.ready().length === 2);
  const [{ port, metricsPort } = { port: 0, metricsPort: 0 }] = program.ready();
  const metrics = async (from = metricsPort) => (await fetch(`http://127.0.0.1:${from}/metrics`)).text();
  return { ...program, port, metricsPort, metrics };
}

/** Requests by process, as the metrics count them. */
const counted = (text: string) =>
  [...text.matchAll(/motcua_request_seconds_count\{.*outcome="ok",process="(\d)"\} (\d+)/g)].map(([, n, count]) => [
    n,
    count,
  ]);

describe("two processes", { timeout: 120_000 }, () => {
  test("two processes answer on one port, and either gives the metrics of both", async () => {
    const gateway = await started();
    expect(gateway.ready().map(({ port, metricsPort }) => [port, metricsPort])[1]).toEqual([
      gateway.port,
      gateway.metricsPort,
    ]);
    for (let n = 0; n < 8; n++) expect(await ownConnection(gateway.port, HELLO)).toContain('{"hello":"hello"}');
    const [own, onPort] = [await gateway.metrics(), await gateway.metrics(gateway.port)];
    expect(counted(own).sort()).toEqual([
      ["1", expect.stringMatching(/^[1-8]$/)],
      ["2", expect.stringMatching(/^[1-8]$/)],
    ]);
    expect(counted(own).reduce((sum, [, count]) => sum + Number(count), 0)).toBe(8);
    expect(counted(onPort).sort()).toEqual(counted(own).sort());
    expect(own.match(/# TYPE motcua_request_seconds histogram/g)).toHaveLength(1);
    expect(own).toMatch(/process_cpu_seconds_total\{process="2"\} \d/);
    gateway.signal("SIGKILL");
    await until(() => gateway.workers().length === 0);
  });

  test("a process that is killed loses nothing but its open requests, and is started again", async () => {
    const gateway = await started();
    const [stalled = 0, other = 0] = gateway.workers();
    const stream = await fetch(`http://127.0.0.1:${gateway.port}/graphql?query=subscription{tick{n}}`, {
      headers: { accept: "text/event-stream" },
    });
    const events = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    await until(() => ticks.listeners() === 1);
    process.kill(stalled, "SIGSTOP");
    const answers = Array.from({ length: 4 }, () => ownConnection(gateway.port, HELLO));
    await Promise.any(answers);
    process.kill(stalled, "SIGKILL");
    for (const answer of await Promise.all(answers)) expect(answer).toContain('{"hello":"hello"}');
    await until(() => gateway.ready().length === 3);
    expect(gateway.printed()).toContain('"how":"by SIGKILL"');
    expect(gateway.workers()).toContain(other);
    expect(gateway.workers()).toHaveLength(2);
    const isOpen = ticks.listeners() === 1; // the stream was of the process that lives
    if (isOpen) ticks.tick();
    let text = "";
    while (isOpen && !text.includes('"tick":{"n":1}')) text += (await events?.read())?.value ?? "";
    await until(async () => counted(await gateway.metrics()).length >= 1);
    gateway.signal("SIGKILL");
  });

  test("a graceful stop completes the requests in flight of all processes and exits with 0", async () => {
    const gateway = await started();
    const answers = Array.from({ length: 4 }, (_, n) => ownConnection(gateway.port, slow(n)));
    await until(() => held.length === 4);
    gateway.signal("SIGTERM");
    await until(async () => (await ownConnection(gateway.port, HELLO)) === undefined);
    for (const release of held.splice(0)) release();
    for (const answer of await Promise.all(answers)) expect(answer).toContain('"slow"');
    expect(await gateway.ended).toBe(0);
    expect(gateway.printed()).not.toContain("it is started again");
  });

  test("a connection beyond the limit of both processes is closed", async () => {
    const gateway = await started({ MAX_CONNECTIONS: "1", METRICS_PORT: "" });
    let closed = 0;
    const sockets = Array.from({ length: 6 }, () => connect(gateway.port, "127.0.0.1"));
    for (const each of sockets) each.on("error", () => undefined).on("close", () => closed++);
    await until(() => closed === 4);
    for (const each of sockets) each.destroy();
    gateway.signal("SIGKILL");
  });

  test("a gateway whose first process cannot start exits with 1 and gives the reason once", async () => {
    const gateway = start({ PORT: String(new URL(ticks.url).port) });
    expect(await gateway.ended).toBe(1);
    expect(gateway.printed().match(/is taken/g)).toHaveLength(1);
  });
});
