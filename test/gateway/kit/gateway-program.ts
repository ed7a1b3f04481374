import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { familyOf } from "../../../scripts/bench-gateway/machine/processes.ts";
import { projectPath } from "../../../subgraphs/_shared/serving/paths.ts";

export type GatewayProgram = {
  /** Port of each process, from the lines of the log that say that it is ready. */
  ready: () => { port: number; metricsPort: number }[];
  printed(): string;
  /** Ids of its worker processes. */
  workers(): number[];
  signal(name: NodeJS.Signals): void;
  /** Exit code. */
  ended: Promise<number | null>;
};

/** Starts the built gateway as a program of its own. */
export function gatewayProgram(environment: Record<string, string>): GatewayProgram {
  execFileSync(process.execPath, [".build.mjs"], { cwd: projectPath() });
  const child: ChildProcess = spawn(process.execPath, [projectPath("dist", "gateway", "main.js")], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      PORT: "0",
      METRICS_PORT: "0",
      PLAYGROUND: "off",
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let printed = "";
  for (const output of [child.stdout, child.stderr]) {
    output?.on("data", (chunk) => {
      printed += chunk;
    });
  }
  return {
    ready: () => printed.split("\n").flatMap((line) => (line.includes('"msg":"ready"') ? [JSON.parse(line)] : [])),
    printed: () => printed,
    workers: () => familyOf(child.pid ?? 0).slice(1),
    signal: (name) => void child.kill(name),
    ended: once(child, "exit").then(([code]) => code),
  };
}

/** Response to a GET of a path over a connection of its own, as text; undefined when the connection ends without one. */
export function ownConnection(port: number, path: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.write(`GET ${path} HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n\r\n`);
    });
    let text = "";
    socket.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(text || undefined));
  });
}
