import { statSync } from "node:fs";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { type BinaryPackage, findBinaryPackage, usableBinaries } from "./binaries.ts";
import { ensureCluster, superuser } from "./cluster.ts";
import { clusterHeld, failedFor } from "./failures.ts";
import { type Home, openHome } from "./home.ts";
import { processState, readLockFile, removeStaleLockFile } from "./lockfile.ts";
import { choosePort, rememberPort } from "./port.ts";
import { launch, type Postmaster, stop, watch } from "./postmaster.ts";

/** A server that accepts connections. `adopted`: it was already running. `exited` resolves when it has ended. */
export type RunningPostgres = {
  adminUrl: string;
  pid: number;
  adopted: boolean;
  stop(): Promise<void>;
  exited: Promise<void>;
};

type StartOptions = {
  /** Directory of the cluster, its password, port and log. */
  directory: string;
  /** Default: the last port if it is free, else a free one. */
  port?: number;
  say?: (line: string) => void;
  /** PostgreSQL settings that override ours; an adopted server keeps those it was started with. */
  settings?: Record<string, string>;
  /** The PostgreSQL programs; undefined: those installed for this platform. */
  binaries?: BinaryPackage;
};

const patienceSeconds = 60;

/**
 * Starts the PostgreSQL of `directory` on the loopback, making the cluster the first time, or adopts it if it runs.
 * Safe to call from several processes at once: one starts it, the others adopt it. Throws a PostgresFailure.
 */
export async function startPostgres(options: StartOptions): Promise<RunningPostgres> {
  const { port, say = () => {}, settings = {} } = options;
  const home = openHome(resolve(options.directory), say);
  const binaries = usableBinaries(home.path, home.account, options.binaries ?? findBinaryPackage());
  const password = await ensureCluster(home, binaries, say);
  const start = async () => launch(home, binaries, port ?? (await choosePort(home.path)), settings);
  const deadline = performance.now() + patienceSeconds * 1000;
  for (;;) {
    const held = await holder(home, password);
    if (typeof held === "object") {
      if (port !== undefined && port !== held.port) say(`PostgreSQL runs already, on port ${held.port}, not ${port}`);
      return running(held, password, true);
    }
    const started = held === "none" ? await start().catch(again(port)) : undefined;
    if (started) {
      rememberPort(home.path, started.port);
      return running(started, password, false);
    }
    const pid = readLockFile(home.cluster)?.pid ?? 0;
    if (performance.now() > deadline) throw clusterHeld(home.cluster, pid, patienceSeconds);
    await sleep(100);
  }
}

/** A chosen free port may be taken before PostgreSQL binds it; then another is chosen. A given port is kept. */
function again(port: number | undefined) {
  return (thrown: unknown): undefined => {
    if (port !== undefined || !failedFor(thrown, "PORT_TAKEN")) throw thrown;
  };
}

function running(server: Postmaster, password: string, adopted: boolean): RunningPostgres {
  const { pid, exited } = server;
  return {
    adminUrl: adminUrl(server.port, password),
    pid,
    adopted,
    exited,
    stop: () => stop(server),
  };
}

function adminUrl(port: number, password: string): string {
  return `postgres://${superuser}:${password}@127.0.0.1:${port}/postgres`;
}

/** Holder of the cluster: a running server of ours, none, or a process to wait for (starting, stopping, ending). */
async function holder(home: Home, password: string): Promise<Postmaster | "none" | "wait"> {
  const lock = readLockFile(home.cluster);
  if (!lock) return "none";
  const state = processState(lock.pid);
  if (state === "postgres") {
    const data = await dataDirectoryOf(adminUrl(lock.port, password));
    if (data === undefined) return "wait";
    if (isSameFolder(data, home.cluster)) return watch(lock.pid, lock.port);
  }
  // dead, or the server of another cluster (where this folder is a copy made while that server ran)
  if (state !== "gone") removeStaleLockFile(home.cluster, lock);
  return "none";
}

async function dataDirectoryOf(url: string): Promise<string | undefined> {
  const sql = postgres(url, {
    max: 1,
    connect_timeout: 3,
    fetch_types: false,
    onnotice: () => {},
  });
  try {
    const [answer] = await sql<{ data: string }[]>`select current_setting('data_directory') as data`;
    return answer?.data;
  } catch {
    return undefined;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

function isSameFolder(one: string, other: string): boolean {
  const [a, b] = [statSync(one, { throwIfNoEntry: false }), statSync(other, { throwIfNoEntry: false })];
  return a !== undefined && b !== undefined && a.dev === b.dev && a.ino === b.ino;
}
