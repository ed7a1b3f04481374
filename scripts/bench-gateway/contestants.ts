import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import { serverProgram } from "../supervisor/server-processes.ts";
import { openConnection } from "./load/load-connection.ts";
import { postText } from "./load/post-request.ts";
import { MEASURED_CORE } from "./machine/cores.ts";
import { freePorts } from "./machine/free-ports.ts";
import { launch, type Program } from "./machine/program.ts";

export const contestantNames = [
  "ours",
  "ours-apollo",
  "before",
  "stock",
  "hive",
  "hive-rust",
  "grafbase",
  "forward",
  "forward-5",
  "bare",
] as const;
export type ContestantName = (typeof contestantNames)[number];

export const titles: Record<ContestantName, string> = {
  ours: "Motcua",
  "ours-apollo": "Motcua, GATEWAY_EXECUTOR=apollo",
  before: "Motcua of the other checkout",
  stock: "Apollo Server + @apollo/gateway",
  hive: "Hive Gateway",
  "hive-rust": "Hive Gateway --hive-router-runtime",
  grafbase: "Grafbase Gateway",
  forward: "Node's HTTP server and our connections alone",
  "forward-5": "the same with five calls",
  bare: "the subgraph itself",
};

export type Contestant = { name: ContestantName; port: number; program: Program };

/** Start of a contestant. */
export type Recipe = {
  name: ContestantName;
  /** Program; default: Node.js. */
  program?: string;
  /** Arguments, in which `{port}` is replaced. */
  args: string[];
  environment: Record<string, string>;
  directory?: string;
};

/** A subgraph that a contestant composes itself. */
export type Subgraph = { sdl: string; url: string };

const PATIENCE_MS = 60_000;

type StartOptions = {
  /** Further arguments of Node.js. */
  node?: string[];
  /** False for a contestant that may use every core. */
  isPinned?: boolean;
};

/** Starts a contestant on the measured core; resolves when it responds. */
export async function start(
  recipe: Recipe,
  directory: string,
  { node = [], isPinned = true }: StartOptions = {},
): Promise<Contestant> {
  const [port = 0] = await freePorts(1);
  const program = launch({
    program: recipe.program,
    args: [...node, ...recipe.args.map((each) => each.replace("{port}", String(port)))],
    environment: { NODE_ENV: "production", PORT: String(port), HOST: "127.0.0.1", ...recipe.environment },
    directory: recipe.directory,
    core: isPinned ? MEASURED_CORE : undefined,
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
export const GENEROUS_LIMITS = {
  RATE_LIMIT_CALLER: "1000000000",
  RATE_LIMIT_ADDRESS: "1000000000",
  COST_LIMIT_CALLER: "1000000000000",
};

/**
 * Our gateway as `npm run gateway` starts it, with every feature on.
 * @param checkout of `before`: root of another checkout of this repository, built (`npm run build`)
 */
export function ours(
  name: "ours" | "ours-apollo" | "before",
  environment: Record<string, string>,
  checkout = projectPath(),
): Recipe {
  const [program = ""] = serverProgram("gateway", join(checkout, "dist")).slice(-1);
  return {
    name,
    args: [...nodeOptions(checkout), program],
    environment: { GATEWAY_EXECUTOR: name === "ours-apollo" ? "apollo" : "own", METRICS_PORT: "0", ...environment },
    directory: checkout,
  };
}

/** Options of Node.js with which the checkout's `npm run gateway` starts its gateway. */
function nodeOptions(checkout: string): string[] {
  const { scripts } = JSON.parse(readFileSync(join(checkout, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  return /exec node (.*) dist\/gateway\/main\.js/.exec(scripts.gateway ?? "")?.[1]?.split(" ") ?? [];
}

export function stock(supergraph: string, environment: Record<string, string> = {}): Recipe {
  const program = projectPath("dist", "scripts", "bench-gateway", "processes", "stock.js");
  const quiet = { APOLLO_TELEMETRY_DISABLED: "true" }; // its start would otherwise contact the vendor's service
  return { name: "stock", args: [program], environment: { SUPERGRAPH: supergraph, ...quiet, ...environment } };
}

/** @param configuration file with further settings of the gateway */
export function hive(name: "hive" | "hive-rust", program: string, supergraph: string, configuration?: string): Recipe {
  const runtime = name === "hive-rust" ? ["--hive-router-runtime"] : [];
  const args = [program, "supergraph", supergraph, "--host", "127.0.0.1", "--port", "{port}", ...runtime];
  if (configuration) args.push("--config-path", configuration);
  return { name, args, environment: {} };
}

/**
 * Grafbase's gateway, which its command line composes and runs.
 * @param directory for its files @param subgraphs schema and address by name
 */
export function grafbase(program: string, directory: string, subgraphs: Record<string, Subgraph>): Recipe {
  const tables = Object.entries(subgraphs).map(([name, { sdl, url }]) => {
    const path = fileIn(directory, `${name}.graphql`, sdl);
    return `[subgraphs.${name}]\nurl = "${url}"\nschema_path = "${path}"\n`;
  });
  const configuration = fileIn(directory, "grafbase.toml", tables.join(""));
  const args = ["--home", directory, "dev", "--config", configuration, "--port", "{port}"];
  return { name: "grafbase", program, args, environment: {} };
}

/** The minimum of a gateway: an HTTP server and client. @param to the subgraph @param calls per request */
export function forward(to: string, calls: 1 | 5): Recipe {
  const program = projectPath("dist", "scripts", "bench-gateway", "processes", "forward.js");
  return {
    name: calls === 1 ? "forward" : "forward-5",
    args: [program],
    environment: { TO: to, CALLS: String(calls) },
  };
}

/** One of the synthetic subgraphs, without a gateway. */
export function bare(): Recipe {
  return { name: "bare", args: [subgraphsProgram()], environment: {} };
}

export const subgraphsProgram = () =>
  projectPath("dist", "scripts", "bench-gateway", "processes", "synthetic-subgraphs.js");

/** Writes a file for a contestant and returns its path. */
export function fileIn(directory: string, name: string, text: string): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}
