import { mkdirSync } from "node:fs";
import { join } from "node:path";
import postgres from "postgres";
import { type DemoState, demoState } from "../../subgraphs/_shared/demo/demo-state.ts";
import type { SubgraphName } from "../../subgraphs/agency-registry.ts";
import { launchProgram } from "../supervisor/launch-program.ts";
import { choosePorts } from "../supervisor/ports.ts";
import { askHealth } from "../supervisor/process-health.ts";
import { openLog } from "../supervisor/process-log.ts";
import { serverEnvironment, serverNames, serverProgram } from "../supervisor/server-processes.ts";
import { type Supervised, supervise } from "../supervisor/supervision.ts";
import { type ProcessName, type RunningSystem, startSystem } from "../supervisor/system.ts";
import { type ArmedFailpoints, armedFailpoints } from "./armed-failpoints.ts";
import { waitUntil } from "./wait-until.ts";

/** Short leases and delays, so that minutes of production take seconds here. All other settings are those of production. */
const SHORT_TIMES = {
  LOG_LEVEL: "error",
  SAGA_LEASE_MS: "1500",
  DELIVERY_TIMEOUT_MS: "1000",
  SAGA_POLL_MS: "50",
  PAYMENT_QUERY_MS: "500",
  WEBHOOK_TIMEOUT_MS: "1000",
  NATIONAL_PORTAL_LONGEST_PAUSE_MS: "1000",
  SAGA_BACKOFF_BASE_MS: "50",
  SAGA_BACKOFF_CAP_MS: "1500",
  // limits the load on a slow machine when an agency recovers, because the deadlines are short
  SAGA_CONCURRENCY: "32",
};

/** Process of the harness; `second-desk` is another one-stop process on the same database, which only delivers. */
export type HarnessProcess = ProcessName | "second-desk";

/** All server processes of a harness. */
export const harnessServers: readonly HarnessProcess[] = [...serverNames, "second-desk"];

/** System of real processes into which faults can be injected and whose databases can be read. */
export type Harness = {
  system: RunningSystem;
  data: string;
  demo: DemoState;
  /** Failpoints of the first one-stop process. */
  failpoints: ArmedFailpoints;
  /** Direct connection to an agency's database; it must not be used while PostgreSQL is down. */
  sql(name: SubgraphName): postgres.Sql;
  pidOf(name: HarnessProcess): number | undefined;
  signal(name: HarnessProcess, signal: NodeJS.Signals): void;
  /** Kills by SIGKILL; resolves when the process has ended. The supervision restarts it. */
  killAndAwait(name: HarnessProcess): Promise<void>;
  /** Starts a process at once if it is down. */
  start(name: HarnessProcess): Promise<void>;
  stop(name: HarnessProcess): Promise<void>;
  /** Resolves when the second one-stop process is ready. */
  secondDeskReady(): Promise<void>;
  close(): Promise<void>;
};

export type HarnessOptions = {
  data: string;
  /** Directory of the bundle. */
  entry: string;
  say?: (line: string) => void;
  /** URL of an external PostgreSQL; undefined: an embedded one, which can be killed. */
  databaseUrl?: string;
  /** Aborts a start. */
  signal?: AbortSignal;
};

export async function openHarness({
  data,
  entry,
  say = () => {},
  databaseUrl,
  signal,
}: HarnessOptions): Promise<Harness> {
  const failpoints = armedFailpoints(join(data, "failpoints"));
  mkdirSync(join(data, "logs"), { recursive: true });
  const system = await startSystem({
    ...{ data, entry, say, databaseUrl, signal, ports: "free", environment: SHORT_TIMES },
    environmentOf: (part): Record<string, string> =>
      part === "one-stop" ? { FAILPOINTS_DIR: failpoints.directory } : {},
  });
  const second = secondDesk(system, data, entry);
  const connections = new Map<SubgraphName, postgres.Sql>();
  let closed = false;
  const pidOf = (name: HarnessProcess) => (name === "second-desk" ? second.pid() : system.pidOf(name));
  const sendSignal = (name: HarnessProcess, signal: NodeJS.Signals) =>
    name === "second-desk" ? second.kill(signal) : system.kill(name, signal);
  const stop = (name: HarnessProcess) => (name === "second-desk" ? second.stop() : system.stopProcess(name));
  return {
    ...{ system, data, failpoints, pidOf, stop },
    signal: sendSignal,
    demo: demoState(join(data, "demo")),
    sql(name) {
      const known = connections.get(name);
      if (known) return known;
      const sql = postgres(system.databaseUrls[name], { max: 2, connect_timeout: 5, onnotice: () => {} });
      connections.set(name, sql);
      return sql;
    },
    async killAndAwait(name) {
      const pid = pidOf(name);
      sendSignal(name, "SIGKILL");
      await waitUntil(`${name} ends`, async () => pid === undefined || pidOf(name) !== pid);
    },
    async start(name) {
      if (closed || pidOf(name) !== undefined) return;
      await stop(name); // otherwise the supervision waits longer after each crash
      await (name === "second-desk" ? second.start() : system.startProcess(name));
    },
    secondDeskReady: () => second.ready(),
    async close() {
      closed = true;
      failpoints.clear();
      await Promise.all([...connections.values()].map((sql) => sql.end({ timeout: 1 })));
      await second.stop();
      await system.stop();
    },
  };
}

type SecondDesk = Supervised & { ready(): Promise<void> };

function secondDesk(system: RunningSystem, data: string, entry: string): SecondDesk {
  const settings = {
    ...{ data, demoDirectory: join(data, "demo"), ports: system.ports },
    ...{ databaseUrls: system.databaseUrls, inherited: process.env },
  };
  let port = 0;
  const supervised = supervise({
    name: "second-desk",
    async launch() {
      // nothing calls it on its port, so each start may use another one
      port = (await choosePorts("free", {}))["one-stop"];
      const environment = { ...serverEnvironment("one-stop", settings), ...SHORT_TIMES, PORT: String(port) };
      return launchProgram(serverProgram("one-stop", entry), environment, openLog(data, "one-stop"));
    },
    restart: true,
    say: () => {},
  });
  const ready = async () => (await askHealth(port, "/health/ready"))?.status === 200;
  return { ...supervised, ready: () => waitUntil("the second desk is ready", ready) };
}
