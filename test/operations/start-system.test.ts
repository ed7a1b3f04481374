import { createServer } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askHealth } from "../../scripts/supervisor/health.ts";
import { serverNames } from "../../scripts/supervisor/server-processes.ts";
import { startSystem } from "../../scripts/supervisor/system.ts";
import { listen } from "../../subgraphs/_shared/serving/http.ts";
import { type Place, type Program, scratchPlace, until } from "./start-scratch.ts";

let place: Place;
let start: Program;

beforeAll(async () => {
  place = await scratchPlace();
});
afterAll(() => place?.remove());

async function started(): Promise<Program> {
  const program = place.run("start");
  await until(() => program.process.exitCode !== null || program.printed().includes("Motcua is ready"), 55);
  expect(program.printed()).toContain("Motcua is ready");
  return program;
}

const everyPid = async () => (await Promise.all(serverNames.map(place.pidOf))).filter((pid) => pid !== undefined);

// one system lives through all of these, in this order: each start costs seconds
describe("a start", () => {
  test("brings up everything and prints addresses, personas and a request to paste", async () => {
    start = await started();
    expect(start.printed()).toContain(`http://127.0.0.1:${place.ports.gateway}/graphql`);
    expect(start.printed()).toContain("/dev/token?persona=clerk");
    expect(start.printed()).toMatch(/"birthNotice":"\d{5}\.GCS\.93012\.\d\d"/);
    expect(await askHealth(place.ports.gateway, "/health/ready")).toMatchObject({ status: 200 });
  });

  test("is found by the demo, which sees a child registered by all agencies", async () => {
    const demo = place.run("demo");
    const code = await demo.ended;
    expect(demo.printed()).toContain("All of it is right.");
    expect(code).toBe(0);
  });

  test("of the same data directory is refused while one runs, and does not harm it", async () => {
    const before = await everyPid();
    const second = place.run("start");
    expect(await second.ended).toBe(1);
    expect(second.printed()).toContain(`A system already runs on ${place.data}: process ${start.process.pid}`);
    expect(await everyPid()).toEqual(before);
  });

  test("starts an agency again that was killed, and says so", async () => {
    const before = await place.pidOf("land");
    process.kill(before ?? 0, "SIGKILL");
    await until(() => start.printed().includes("land is ready again"));
    expect(start.printed()).toMatch(/land ended by SIGKILL after .* s; it is started again in 0\.2 s/);
    expect(await place.pidOf("land")).not.toBe(before);
  });

  test("that is killed itself leaves no process behind, and the next one finds the data", async () => {
    start.process.kill("SIGKILL");
    start = await started();
    expect(start.printed()).toContain("was running already and is adopted");
    const { access_token } = await json(`/dev/token?persona=clerk`);
    const body = JSON.stringify({ query: "{ dossiers(first: 5) { totalCount } }" });
    const headers = { "content-type": "application/json", authorization: `Bearer ${access_token}` };
    const answer = await json("/graphql", { method: "POST", headers, body });
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toEqual({ dossiers: { totalCount: 1 } });
  });

  test("ends by Ctrl-C within ten seconds, with exit code 0 and nothing left", async () => {
    const began = performance.now();
    start.process.kill("SIGINT");
    expect(await start.ended).toBe(0);
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(await everyPid()).toEqual([]);
  });

  test("from a program lets it stop, start and kill each process", async () => {
    const { data, bundle: entry } = place;
    const system = await startSystem({ data, entry, ports: "free", environment: { LOG_LEVEL: "silent" } });
    try {
      await system.stopProcess("land");
      expect(system.pidOf("land")).toBeUndefined();
      await system.startProcess("land");
      const before = system.pidOf("postgres");
      system.kill("postgres", "SIGKILL");
      await until(() => ![before, undefined].includes(system.pidOf("postgres")));
      await system.ready();
      expect(system.pidOf("land")).toBeGreaterThan(0);
    } finally {
      await system.stop();
    }
    expect(await askHealth(system.ports.gateway, "/health/live")).toBeUndefined();
  });
});

async function json(path: string, init?: RequestInit) {
  const response = await fetch(`http://127.0.0.1:${place.ports.gateway}${path}`, init);
  return (await response.json()) as Record<string, unknown>;
}

describe("a start says what to change", () => {
  const elsewhere = () => ({ MOTCUA_DATA: join(place.data, "elsewhere") });

  test("when a port is taken", async () => {
    const stranger = createServer((_, response) => response.end("hello"));
    await listen(stranger, place.ports.residence);
    const refused = place.run("start", elsewhere());
    expect(await refused.ended).toBe(1);
    expect(refused.printed()).toContain(
      `Port ${place.ports.residence} of residence is taken by process ${process.pid}`,
    );
    expect(refused.printed()).toContain("PORT_RESIDENCE=");
    stranger.close();
  });

  test("when nothing answers at DATABASE_URL, without telling the password", async () => {
    const refused = place.run("start", {
      ...elsewhere(),
      DATABASE_URL: "postgres://admin:secret@127.0.0.1:9/postgres",
    });
    expect(await refused.ended).toBe(1);
    expect(refused.printed()).toContain("The PostgreSQL of DATABASE_URL (admin@127.0.0.1:9/postgres) cannot be used");
    expect(refused.printed()).toContain("Start that server or correct the address");
    expect(refused.printed()).not.toContain("secret");
  });

  test("in production, where the demo mode has no place", async () => {
    const refused = place.run("start", { ...elsewhere(), NODE_ENV: "production" });
    expect(await refused.ended).toBe(1);
    expect(refused.printed()).toContain("is refused when NODE_ENV=production");
  });
});
