import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { port, readEnvironment } from "../../subgraphs/_shared/serving/environment.ts";
import { holderOf } from "./port-holder.ts";
import { type Ports, portVariable, type ServerName, serverNames, usualPort } from "./server-processes.ts";
import { portsAlike, portsTaken } from "./start-failures.ts";

/** Below the ephemeral ports, so that an outgoing connection of a reconnecting client cannot hold one of them. */
const FREE_PORTS = { first: 20_000, count: 12_000 };
/** A Motcua process that lost its supervisor ends within this time; another process may be closing. */
const PATIENCE_MS = { ours: 10_000, others: 2_000 };

/**
 * Ports by PORT and PORT_<AGENCY> (0: any free port), or free ports for all processes.
 * @throws BadConfiguration, PORTS_ALIKE
 */
export async function choosePorts(mode: "default" | "free", environment: NodeJS.ProcessEnv): Promise<Ports> {
  const wished = mode === "free" ? {} : wishedPorts(environment);
  const chosen: Partial<Ports> = {};
  for (const name of serverNames) chosen[name] = wished[name] || (await freePort(Object.values(chosen)));
  const ports = chosen as Ports; // the loop covers every name
  for (const name of serverNames) {
    const alike = serverNames.filter((other) => ports[other] === ports[name]);
    if (alike.length > 1) throw portsAlike(ports[name], alike.map(portVariable));
  }
  return ports;
}

function wishedPorts(environment: NodeJS.ProcessEnv): Partial<Ports> {
  const variables = Object.fromEntries(serverNames.map((name) => [portVariable(name), port(usualPort(name))]));
  const read = readEnvironment(variables, environment);
  return Object.fromEntries(serverNames.map((name) => [name, read[portVariable(name)]]));
}

async function freePort(besides: number[]): Promise<number> {
  for (;;) {
    const candidate = FREE_PORTS.first + Math.floor(Math.random() * FREE_PORTS.count);
    if (!besides.includes(candidate) && (await isFree(candidate))) return candidate;
  }
}

/** Waits until all ports are free: processes of a killed system may hold them for a moment. @throws PORT_TAKEN naming all */
export async function awaitFreePorts(ports: Ports, say: (line: string) => void, signal?: AbortSignal): Promise<void> {
  const complaints = await Promise.all(serverNames.map((name) => portConflict(name, ports[name], say, signal)));
  const lines = complaints.filter((line) => line !== undefined);
  if (lines.length > 0) throw portsTaken(lines);
}

async function portConflict(
  name: ServerName,
  number: number,
  say: (line: string) => void,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const began = performance.now();
  let announced = false;
  while (!(await isFree(number))) {
    signal?.throwIfAborted();
    const holder = await holderOf(number);
    const patience = holder.server ? PATIENCE_MS.ours : PATIENCE_MS.others;
    const remedy = `or choose another port: ${portVariable(name)}=…`;
    if (performance.now() - began > patience) {
      const who = holder.pid
        ? `process ${holder.pid}${holder.command ? ` (${holder.command})` : ""}`
        : "another process";
      return holder.server
        ? `Port ${number} of ${name} is held by another system's ${holder.server}, ${who}. Stop that system, ${remedy}.`
        : `Port ${number} of ${name} is taken by ${who}. End it, ${remedy}.`;
    }
    if (!announced && holder.server)
      say(`Port ${number} is still held by an earlier ${holder.server}; waiting for its end`);
    announced = true;
    await sleep(100);
  }
  return undefined;
}

function isFree(number: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ host: "127.0.0.1", port: number }, () => server.close(() => resolve(true)));
  });
}
