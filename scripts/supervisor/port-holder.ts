import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { askHealth } from "./process-health.ts";

/** Holder of a port: the Motcua server if its health endpoint names one, and the process where the system tells it. */
export type PortHolder = { server?: string; pid?: number; command?: string };

/** Finds the holder of a loopback port. Unknown facts are left out. */
export async function holderOf(port: number): Promise<PortHolder> {
  const answer = await askHealth(port, "/health/live");
  const { status, part: named } = answer?.body ?? {};
  const server = typeof named === "string" ? named : status === "live" ? "gateway" : undefined;
  const pid = process.platform === "linux" ? pidByProc(port) : pidByLsof(port);
  return { ...(server && { server }), ...(pid && { pid, command: commandOf(pid) }) };
}

function pidByProc(port: number): number | undefined {
  const sockets = new Set([...listeners("/proc/net/tcp", port), ...listeners("/proc/net/tcp6", port)]);
  if (sockets.size === 0) return undefined;
  const processes = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return Number(processes.find((pid) => socketsOf(pid).some((socket) => sockets.has(socket)))) || undefined;
}

/** Sockets of a table like /proc/net/tcp that listen (state 0A) on the port, as `socket:[inode]`. */
function listeners(table: string, port: number): string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const rows = quietly(() => readFileSync(table, "utf8")) ?? "";
  return rows.split("\n").flatMap((row) => {
    const [, local, , state, , , , , , inode] = row.trim().split(/\s+/);
    return local?.endsWith(suffix) && state === "0A" ? [`socket:[${inode}]`] : [];
  });
}

function socketsOf(pid: string): string[] {
  const folder = `/proc/${pid}/fd`;
  const open = quietly(() => readdirSync(folder)) ?? [];
  return open.map((fd) => quietly(() => readlinkSync(`${folder}/${fd}`)) ?? "");
}

function pidByLsof(port: number): number | undefined {
  const asked = ["-nP", `-iTCP:${port}`, "-sTCP:LISTEN", "-t"];
  const printed = quietly(() => execFileSync("lsof", asked, { stdio: ["ignore", "pipe", "ignore"] }).toString());
  return Number(printed?.split("\n")[0]) || undefined;
}

function commandOf(pid: number): string | undefined {
  return quietly(() => readFileSync(`/proc/${pid}/comm`, "utf8").trim());
}

/** Result of a look-up; undefined when it fails, because processes may end during the look-up. */
function quietly<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
