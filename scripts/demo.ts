import { dirname, resolve } from "node:path";
import { Command } from "commander";
import { DEFAULT_COMMUNE } from "../subgraphs/_shared/demo/population.ts";
import { dataDirectory } from "../subgraphs/_shared/identity/keys.ts";
import { BadConfiguration } from "../subgraphs/_shared/serving/environment.ts";
import { type GatewayClient, gatewayClient } from "./demo/gateway-client.ts";
import { runDemo } from "./demo/run-demo.ts";
import type { Finding } from "./demo/verdict.ts";
import { onEndRequest } from "./supervisor/end-signals.ts";
import { isStartFailure } from "./supervisor/start-failures.ts";
import { runningGateway } from "./supervisor/start-lock.ts";
import { type RunningSystem, startSystem } from "./supervisor/system.ts";

type Options = { url?: string; commune: string };

const command = new Command("npm run demo --")
  .description(
    "Sends a fresh 3-in-1 request (birth, residence, child's health card) and shows which agency answers what and when. Exits 0 only if all of it is right.",
  )
  .option("--url <address>", "the gateway; else GATEWAY_URL, else the running system, else one is started")
  .option("--commune <code>", "the commune whose desk sends it", DEFAULT_COMMUNE);

async function main(): Promise<void> {
  const options = command.parse().opts<Options>();
  const given = options.url ?? process.env.GATEWAY_URL;
  const data = resolve(dataDirectory());
  const running = given ?? runningGateway(data) ?? (await standardGateway());
  if (running) {
    await demonstrate(running.replace(/\/(graphql\/?)?$/, ""), options.commune);
    return;
  }
  const system = await ownSystem(data);
  try {
    await demonstrate(system.gatewayUrl, options.commune);
  } finally {
    console.log("Stopping the system");
    await system.stop();
  }
}

async function standardGateway(): Promise<string | undefined> {
  const url = "http://127.0.0.1:4000";
  return (await isLive(gatewayClient(url))) ? url : undefined;
}

async function isLive(client: GatewayClient): Promise<boolean> {
  try {
    return (await client.get<{ status?: string }>("/health")).status === "live";
  } catch {
    return false;
  }
}

async function ownSystem(data: string): Promise<RunningSystem> {
  const end = new AbortController();
  let system: RunningSystem | undefined;
  const stop = async () => {
    if (!system) return end.abort();
    await system.stop();
    process.exit(130);
  };
  onEndRequest(
    () => void stop(),
    () => process.exit(130),
  );
  console.log("No system runs; starting one for the demo");
  const entry = dirname(dirname(resolve(process.argv[1] ?? "")));
  const { DATABASE_URL: databaseUrl } = process.env;
  system = await startSystem({ data, ports: "default", say: console.log, databaseUrl, entry, signal: end.signal });
  console.log("");
  return system;
}

async function demonstrate(url: string, commune: string): Promise<void> {
  const client = gatewayClient(url);
  if (!(await isLive(client)))
    throw new Error(`No gateway answers at ${url}. Start one with npm start, or name another.`);
  console.log(`Demo against ${url}, desk of commune ${commune}\n`);
  const findings = await runDemo(client, commune, console.log);
  console.log("");
  for (const finding of findings) console.log(findingLine(finding));
  const wrong = findings.filter(({ right }) => !right).length;
  console.log(wrong === 0 ? "\nAll of it is right." : `\n${wrong} of ${findings.length} checks are not right.`);
  process.exitCode = wrong === 0 ? 0 : 1;
}

function findingLine({ what, right, found }: Finding): string {
  return right ? `  ✓ ${what}` : `  ✗ ${what}; found: ${JSON.stringify(found)}`;
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    const explained = error instanceof BadConfiguration || isStartFailure(error);
    console.error(explained || error instanceof Error ? `\n${error.message}` : error);
    process.exit(1);
  },
);
