import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askHealth } from "../../scripts/supervisor/process-health.ts";
import { logPath } from "../../scripts/supervisor/process-log.ts";
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

// one system serves all of these tests, in this order: each start costs seconds
describe("npm start", () => {
  test("npm start starts every process and prints addresses, personas and a request to paste", async () => {
    start = await started();
    expect(start.printed()).toContain(`http://127.0.0.1:${place.ports.gateway}/graphql`);
    expect(start.printed()).toContain("/dev/token?persona=clerk");
    expect(start.printed()).toMatch(/"birthNotice":"\d{5}\.GCS\.93012\.\d\d"/);
    expect(await askHealth(place.ports.gateway, "/health/ready")).toMatchObject({ status: 200 });
  });

  test("npm start logs at the level info unless LOG_LEVEL is set", () => {
    for (const name of serverNames)
      expect(readFileSync(logPath(place.data, name), "utf8")).toMatch(/"level":"?(30|info)/);
  });

  test("npm run demo finds the running system and sees all agencies register a child", async () => {
    const demo = place.run("demo");
    const code = await demo.ended;
    expect(demo.printed()).toContain("All of it is right.");
    expect(code).toBe(0);
  });

  test("what the declarant of the demo is told lies in the folder that npm start prints", async () => {
    const folder = join(place.data, "messages");
    expect(start.printed()).toContain(folder);
    const told = () =>
      readdirSync(folder)
        .filter((name) => name.endsWith(".json"))
        .map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as { kind: string; text: string });
    await until(() => told().length === 2);
    expect(
      told()
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(["RECEIVED", "RESULT_READY"]);
    for (const { text } of told()) expect(text).toContain(`http://127.0.0.1:${place.ports.gateway}/track/`);
  });

  test("a second start on the same data directory is refused and does not affect the running system", async () => {
    const before = await everyPid();
    const second = place.run("start");
    expect(await second.ended).toBe(1);
    expect(second.printed()).toContain(`A system already runs on ${place.data}: process ${start.process.pid}`);
    expect(await everyPid()).toEqual(before);
  });

  test("the bundled gateway tells a developer the plan of a response", async () => {
    const { access_token } = await json(`/dev/token?persona=clerk`);
    const body = JSON.stringify({ query: "{ dossiers(first: 5) { totalCount } }" });
    const authorization = `Bearer ${access_token}`;
    const headers = { "content-type": "application/json", authorization, "x-motcua-plan": "1" };
    const steps = { kind: "fetch", subgraph: "one-stop", path: [] };
    const plan = { plan: expect.arrayContaining(["QueryPlan {"]), steps };
    expect(await json("/graphql", { method: "POST", headers, body })).toMatchObject({ extensions: { plan } });
  });

  test("an agency that is killed over the demo's endpoint is restarted and the terminal reports it", async () => {
    const before = await place.pidOf("land");
    expect(await json("/dev/kill")).toEqual({ supervised: true });
    expect(await json("/dev/kill/land", { method: "POST" })).toEqual({ process: "land", signal: "SIGKILL" });
    await until(() => start.printed().includes("land is ready again"));
    expect(start.printed()).toMatch(/land ended by SIGKILL after .* s; restart in 0\.2 s/);
    expect(await place.pidOf("land")).not.toBe(before);
  });

  test("a killed supervisor leaves no process behind and the next start finds the data", async () => {
    start.process.kill("SIGKILL");
    start = await started();
    expect(start.printed()).toContain("was already running and is adopted");
    const { access_token } = await json(`/dev/token?persona=clerk`);
    const body = JSON.stringify({ query: "{ dossiers(first: 5) { totalCount } }" });
    const headers = { "content-type": "application/json", authorization: `Bearer ${access_token}` };
    const answer = await json("/graphql", { method: "POST", headers, body });
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toEqual({ dossiers: { totalCount: 1 } });
  });

  test("Ctrl-C ends the system with exit code 0 and no process is left", async () => {
    start.process.kill("SIGINT");
    expect(await start.ended).toBe(0);
    expect(await everyPid()).toEqual([]);
  });

  test("a program that starts a system can stop, start and kill each process, and none is left when it stops", async () => {
    const { data, bundle: entry } = place;
    let running: number[] = [];
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
      running = [...serverNames, "postgres" as const].flatMap((name) => system.pidOf(name) ?? []);
      await system.stop();
    }
    expect(running.length).toBe(serverNames.length + 1);
    expect(running.filter(exists)).toEqual([]);
    expect(await askHealth(system.ports.gateway, "/health/live")).toBeUndefined();
  });
});

/** Signal 0 reaches every process that exists. */
function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function json(path: string, init?: RequestInit) {
  const response = await fetch(`http://127.0.0.1:${place.ports.gateway}${path}`, init);
  return (await response.json()) as Record<string, unknown>;
}

describe("npm start names the remedy", () => {
  const elsewhere = () => ({ MOTCUA_DATA: join(place.data, "elsewhere") });

  test("npm start names the holder of a taken port and the variable for another port", async () => {
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

  test("npm start names the unreachable server of DATABASE_URL without the password", async () => {
    const refused = place.run("start", {
      ...elsewhere(),
      DATABASE_URL: "postgres://admin:secret@127.0.0.1:9/postgres",
    });
    expect(await refused.ended).toBe(1);
    expect(refused.printed()).toContain("The PostgreSQL of DATABASE_URL (admin@127.0.0.1:9/postgres) cannot be used");
    expect(refused.printed()).toContain("Start that server or correct the address");
    expect(refused.printed()).not.toContain("secret");
  });

  test("npm start refuses the demo mode when NODE_ENV is production", async () => {
    const refused = place.run("start", { ...elsewhere(), NODE_ENV: "production" });
    expect(await refused.ended).toBe(1);
    expect(refused.printed()).toContain("is refused when NODE_ENV=production");
  });
});
