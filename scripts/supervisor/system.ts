import { join, resolve } from "node:path";
import { demoState } from "../../subgraphs/_shared/demo/demo-state.ts";
import { takeKillRequests } from "../../subgraphs/_shared/demo/kill-requests.ts";
import { BadConfiguration } from "../../subgraphs/_shared/serving/environment.ts";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import { isSubgraphName, type SubgraphName, subgraph, subgraphs } from "../../subgraphs/agency-registry.ts";
import { databasePasswords } from "./database-passwords.ts";
import { agencyDatabases, embeddedServer, givenServer } from "./database-server.ts";
import { endLeftoverProcesses } from "./leftover-processes.ts";
import { awaitFreePorts, choosePorts } from "./ports.ts";
import { awaitReady } from "./process-health.ts";
import { type Ports, type ServerName, serverNames } from "./server-processes.ts";
import { interrupted } from "./start-failures.ts";
import { takeStartLock } from "./start-lock.ts";
import { supervisedServers } from "./supervised-processes.ts";
import type { Supervised } from "./supervision.ts";

/** A server process or the embedded PostgreSQL. */
export type ProcessName = ServerName | "postgres";

export type SystemOptions = {
  /** Directory of databases, logs, passwords, keys and the demo's switches. One system runs on it at a time. */
  data: string;
  /** `default`: by PORT and PORT_<AGENCY> of this process, else 4000 and those of the list; `free`: any free ports. */
  ports: "default" | "free";
  say?(line: string): void;
  /** Variables for all processes, added to the environment of this one. */
  environment?: Record<string, string>;
  /** Variables for one process, added to all others. */
  environmentOf?(name: ServerName): Record<string, string>;
  /** URL of a PostgreSQL whose role may create databases and roles; undefined: an embedded server is started. */
  databaseUrl?: string | undefined;
  /** Directory of the bundle; default: dist. */
  entry?: string;
  /** False: a process that ends stays down until `startProcess`. */
  restart?: boolean;
  /** Aborts a start: started processes are stopped, and the start rejects with INTERRUPTED. */
  signal?: AbortSignal;
};

export type RunningSystem = {
  gatewayUrl: string;
  /** Administrator's URL of the PostgreSQL. */
  adminUrl: string;
  databaseUrls: Record<SubgraphName, string>;
  ports: Ports;
  pidOf(name: ProcessName): number | undefined;
  /** Sends a signal; a process that ends by it is restarted by the supervision. */
  kill(name: ProcessName, signal: NodeJS.Signals): void;
  /** Ends a process, which stays down until `startProcess`. */
  stopProcess(name: ProcessName): Promise<void>;
  /** Starts a process that is down; `ready` tells when it serves. */
  startProcess(name: ProcessName): Promise<void>;
  /** Resolves when all processes that are meant to run are ready; rejects after a minute. */
  ready(): Promise<void>;
  /** Stops the gateway, the agencies and PostgreSQL, in this order, within ten seconds. */
  stop(): Promise<void>;
};

const READY_PATIENCE_MS = 60_000;

/**
 * Starts the whole system in demo mode and keeps it alive. Resolves when every process is ready.
 * Rejects with a StartFailure, a PostgresFailure or BadConfiguration, each naming the remedy; then no process is left.
 */
export async function startSystem(options: SystemOptions): Promise<RunningSystem> {
  refuseProduction();
  const { ports: mode, say = () => {}, entry = projectPath("dist"), restart = true, signal } = options;
  const data = resolve(options.data);
  const lock = await takeStartLock(data);
  const processes = new Map<ProcessName, Supervised>();
  const demoDirectory = join(data, "demo");
  const demo = demoState(demoDirectory);
  const isDown = (name: ServerName) => isSubgraphName(name) && demo.faultMode(subgraph(name).agency) === "DOWN";
  const throwIfAborted = () => {
    if (signal?.aborted) throw interrupted();
  };

  const isServer = (name: string): name is ServerName => serverNames.some((each) => each === name);
  let kills: { stop(): void } | undefined;

  async function stop(): Promise<void> {
    lock.tell({ stopping: true });
    kills?.stop();
    await processes.get("gateway")?.stop();
    await Promise.all(serverNames.map((name) => processes.get(name)?.stop())); // the gateway has ended
    await processes.get("postgres")?.stop();
    lock.release();
  }

  async function start(): Promise<Omit<RunningSystem, keyof Control>> {
    const ports = await choosePorts(mode, process.env);
    await endLeftoverProcesses(data, say);
    await awaitFreePorts(ports, say, signal);
    const server = options.databaseUrl ? givenServer(options.databaseUrl) : await embeddedServer(data, restart, say);
    if (server.supervised) processes.set("postgres", server.supervised);
    throwIfAborted();
    const databaseUrls = await agencyDatabases(server, databasePasswords(data));
    say(`${subgraphs.length} databases and roles exist; starting the agencies and the gateway`);
    throwIfAborted();
    const addedTo = (name: ServerName) => ({ ...options.environment, ...options.environmentOf?.(name) });
    const settings = { data, demoDirectory, ports, databaseUrls, inherited: process.env };
    const servers = supervisedServers({ ...settings, entry, addedTo, restart, isDown, say });
    for (const [name, supervised] of servers.processes) processes.set(name, supervised);
    await servers.start(signal);
    throwIfAborted();
    const gatewayUrl = `http://127.0.0.1:${ports.gateway}`;
    lock.tell({ gatewayUrl });
    return { gatewayUrl, adminUrl: server.adminUrl, databaseUrls, ports };
  }

  try {
    const facts = await start();
    if (restart)
      kills = takeKillRequests(demoDirectory, (name) => isServer(name) && processes.get(name)?.kill("SIGKILL"));
    const ready = (wanted: ServerName[]) =>
      awaitReady(wanted, facts.ports, { say: () => {}, patienceMs: READY_PATIENCE_MS, isDown });
    return { ...facts, ...control(processes, ready, stop) };
  } catch (error) {
    await stop();
    throw signal?.aborted ? interrupted() : error;
  }
}

type Control = Pick<RunningSystem, "pidOf" | "kill" | "stopProcess" | "startProcess" | "ready" | "stop">;

function control(
  processes: ReadonlyMap<ProcessName, Supervised>,
  ready: (wanted: ServerName[]) => Promise<void>,
  stop: () => Promise<void>,
): Control {
  let stopped: Promise<void> | undefined;
  return {
    pidOf: (name) => processes.get(name)?.pid(),
    kill: (name, signal) => processes.get(name)?.kill(signal),
    stopProcess: async (name) => processes.get(name)?.stop(),
    startProcess: async (name) => processes.get(name)?.start(),
    ready: () => ready(serverNames.filter((name) => processes.get(name)?.wanted())),
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}

function refuseProduction(): void {
  if (process.env.NODE_ENV !== "production") return;
  throw new BadConfiguration(
    "  NODE_ENV: this program starts the demo mode (made-up people, tokens for everybody), which is refused when NODE_ENV=production",
  );
}
