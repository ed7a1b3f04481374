import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import { serverProgram } from "../supervisor/server-processes.ts";
import { openConnection } from "./load/connection.ts";
import { postText } from "./load/request.ts";
import { MEASURED_CORE } from "./machine/cores.ts";
import { freePorts } from "./machine/ports.ts";
import { launch, type Program } from "./machine/program.ts";

export const contestantNames = [
  "ours",
  "ours-apollo",
  "stock",
  "hive",
  "hive-rust",
  "forward",
  "forward-5",
  "bare",
] as const;
export type ContestantName = (typeof contestantNames)[number];

export const titles: Record<ContestantName, string> = {
  ours: "Motcua",
  "ours-apollo": "Motcua, GATEWAY_EXECUTOR=apollo",
  stock: "Apollo Server + @apollo/gateway",
  hive: "Hive Gateway",
  "hive-rust": "Hive Gateway --hive-router-runtime",
  forward: "Node's HTTP server and undici alone",
  "forward-5": "the same with five calls",
  bare: "the subgraph itself",
};

export type Contestant = { name: ContestantName; port: number; program: Program };

/** Start of a contestant: the arguments of Node.js and its environment. */
export type Recipe = { name: ContestantName; node: string[]; environment: Record<string, string> };

const PATIENCE_MS = 60_000;

/** Starts a contestant on the measured core; resolves when it responds. */
export async function start(recipe: Recipe, directory: string, node: string[] = []): Promise<Contestant> {
  const [port = 0] = await freePorts(1);
  const program = launch({
    node: [...node, ...recipe.node.map((each) => each.replace("{port}", String(port)))],
    environment: { NODE_ENV: "production", PORT: String(port), HOST: "127.0.0.1", ...recipe.environment },
    core: MEASURED_CORE,
    log: join(directory, `${recipe.name}.log`),
  });
  for (const from = performance.now(); !(await answers(port)); await sleep(50)) {
    if (performance.now() - from > PATIENCE_MS)
      throw new Error(`${titles[recipe.name]} did not start:\n${program.said()}`);
  }
  return { name: recipe.name, port, program };
}

async function answers(port: number): Promise<boolean> {
  try {
    const connection = await openConnection(port);
    const { status } = await connection.ask(postText('{"query":"{ __typename }"}', undefined));
    connection.close();
    return status === 200;
  } catch {
    return false;
  }
}

/** Rates that one load generator cannot exceed. All limits stay on and are counted. */
export const GENEROUS = {
  RATE_LIMIT_CALLER: "1000000000",
  RATE_LIMIT_ADDRESS: "1000000000",
  COST_LIMIT_CALLER: "1000000000000",
};

/** Our gateway as `npm run gateway` starts it, with every feature on. */
export function ours(name: "ours" | "ours-apollo", environment: Record<string, string>): Recipe {
  return {
    name,
    node: ["--enable-source-maps", ...serverProgram("gateway", projectPath("dist"))],
    environment: { GATEWAY_EXECUTOR: name === "ours" ? "own" : "apollo", METRICS_PORT: "0", ...environment },
  };
}

export function stock(supergraph: string, environment: Record<string, string> = {}): Recipe {
  const program = projectPath("dist", "scripts", "bench-gateway", "processes", "stock.js");
  const quiet = { APOLLO_TELEMETRY_DISABLED: "true" }; // its start would otherwise contact the vendor's service
  return { name: "stock", node: [program], environment: { SUPERGRAPH: supergraph, ...quiet, ...environment } };
}

export function hive(name: "hive" | "hive-rust", program: string, supergraph: string): Recipe {
  const runtime = name === "hive-rust" ? ["--hive-router-runtime"] : [];
  const node = [program, "supergraph", supergraph, "--host", "127.0.0.1", "--port", "{port}", ...runtime];
  return { name, node, environment: {} };
}

/** The minimum of a gateway: an HTTP server and client. @param to the subgraph @param calls per request */
export function forward(to: string, calls: 1 | 5): Recipe {
  const program = projectPath("dist", "scripts", "bench-gateway", "processes", "forward.js");
  return {
    name: calls === 1 ? "forward" : "forward-5",
    node: [program],
    environment: { TO: to, CALLS: String(calls) },
  };
}

/** One of the synthetic subgraphs, without a gateway. */
export function bare(): Recipe {
  return { name: "bare", node: [subgraphsProgram()], environment: {} };
}

export const subgraphsProgram = () => projectPath("dist", "scripts", "bench-gateway", "processes", "subgraphs.js");

/** Writes a file for a contestant and returns its path. */
export function fileIn(directory: string, name: string, text: string): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}
