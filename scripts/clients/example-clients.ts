import { execFile, execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";

/** A client as a team of a desk application or portal would write it. */
export type ExampleClient = {
  name: string;
  /** Reason for which it cannot run on this machine; undefined if it can. */
  missing(): string | undefined;
  /** Runs it against a gateway in demo mode. @returns what it prints, one JSON object. Rejects with its error output. */
  run(gateway: string): Promise<unknown>;
};

const folder = (...names: string[]) => projectPath("scripts", "clients", ...names);
const typescript = (...names: string[]) => folder("typescript", ...names);

/** All example clients. The first submits a request, so that the others have something to read. */
export const exampleClients: readonly ExampleClient[] = [
  {
    name: "Python",
    missing: () => missingProgram("python3", "--version"),
    run: (gateway) => output("python3", [folder("python", "desk_client.py")], gateway),
  },
  {
    name: "Java",
    missing: () => missingProgram("javac", "-version"),
    run: (gateway) => output("java", [folder("java", "PortalClient.java")], gateway),
  },
  { name: "Apollo Client", missing: missingPackages, run: (gateway) => bundled("apollo", gateway) },
  { name: "urql", missing: missingPackages, run: (gateway) => bundled("urql", gateway) },
  { name: "Relay", missing: missingPackages, run: (gateway) => bundled("relay", gateway) },
];

/** Installs the packages of the clients in TypeScript from their own lock file. Rejects where no registry is in reach. */
export async function installPackages(): Promise<void> {
  await promisify(execFile)("npm", ["ci", "--ignore-scripts", "--loglevel=error"], { cwd: typescript() });
}

function missingProgram(program: string, question: string): string | undefined {
  try {
    execFileSync(program, [question], { stdio: "pipe" });
    return undefined;
  } catch {
    return `needs ${program}`;
  }
}

function missingPackages(): string | undefined {
  const isInstalled = existsSync(typescript("node_modules", ".package-lock.json")); // npm writes it last
  return isInstalled ? undefined : "needs npm ci --ignore-scripts in scripts/clients/typescript";
}

let generated: Promise<void> | undefined;

/** Types of the documents, made from the public schema by @graphql-codegen's client preset and by Relay's compiler. */
async function generateTypes(): Promise<void> {
  await packageProgram("graphql-codegen", "--config", "codegen.json");
  mkdirSync(typescript("generated", "relay"), { recursive: true });
  await packageProgram("relay-compiler", "relay.config.json");
  await packageProgram("tsc", "--noEmit", "-p", ".");
}

async function bundled(name: string, gateway: string): Promise<unknown> {
  generated ??= generateTypes();
  await generated;
  const outfile = typescript("generated", `${name}.mjs`);
  await build({
    ...{ entryPoints: [typescript("src", `${name}.ts`)], outfile, bundle: true, platform: "node", format: "esm" },
    define: { GATEWAY: JSON.stringify(gateway), "globalThis.__DEV__": "true" },
    logLevel: "silent",
  });
  return output(process.execPath, [outfile], gateway);
}

function packageProgram(name: string, ...args: string[]) {
  return promisify(execFile)(join(typescript("node_modules", ".bin"), name), args, { cwd: typescript() });
}

async function output(program: string, args: readonly string[], gateway: string): Promise<unknown> {
  const { stdout } = await promisify(execFile)(program, args, {
    env: { PATH: process.env.PATH, GATEWAY: gateway },
    maxBuffer: 10_000_000,
  });
  return JSON.parse(stdout) as unknown;
}
