import cluster from "node:cluster";
import { Command } from "commander";
import { keepCompiledCode } from "../subgraphs/_shared/serving/compile-cache.ts";
import { BadConfiguration } from "../subgraphs/_shared/serving/environment.ts";
import { followParent } from "../subgraphs/_shared/serving/lifeline.ts";
import type { GatewayConfiguration } from "./configuration.ts";
import { reportReady, runWorkerProcesses } from "./processes/worker-processes.ts";

type Running = { close(): Promise<void> };
type Options = { config?: string; check?: true };

/** `npm run gateway`: runs the gateway over any Federation 2 supergraph until it is stopped, or checks its configuration. */
async function main(): Promise<void> {
  const { config, check } = options();
  const environment = config === undefined ? process.env : { ...process.env, CONFIG: config };
  if (check) return printCheck(environment);
  let running: Running | undefined;
  const stop = async () => {
    await running?.close();
    process.exit(0);
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  followParent(stop);
  keepCompiledCode();
  const { gatewayConfiguration } = await import("./configuration.ts");
  running = await run(gatewayConfiguration(environment));
}

/** The primary process of several serves nothing itself, so it does not load the server. */
async function run(configuration: GatewayConfiguration): Promise<Running> {
  const { processes, logLevel } = configuration;
  if (processes > 1 && cluster.isPrimary) {
    const { partLog } = await import("../subgraphs/_shared/serving/log.ts");
    return runWorkerProcesses(processes, partLog("gateway", logLevel));
  }
  const { serveGateway } = await import("./server.ts");
  const gateway = await serveGateway(configuration);
  if (cluster.isWorker) reportReady();
  return gateway;
}

function options(): Options {
  return new Command("npm run gateway --")
    .description("Serves a Federation 2 supergraph over HTTP.")
    .option("--config <file>", "configuration file in YAML or JSON; the same as the variable CONFIG")
    .option("--check", "say what is wrong with file, variables, supergraph and keys, and exit with 0 or 1")
    .addHelpText(
      "after",
      "\nVariables and the file are documented in gateway/README.md; schema/gateway-configuration.json is the file's\nJSON Schema. Variables win over the file. Without both, schema/supergraph.graphql is served on port 4000.\n\nPROCESSES=2 (server.processes) serves the port by two processes.",
    )
    .allowExcessArguments(false)
    .parse()
    .opts<Options>();
}

async function printCheck(environment: NodeJS.ProcessEnv): Promise<void> {
  const { checkStart } = await import("./check-start.ts");
  const { faults, supergraph, subgraphs } = await checkStart(environment);
  if (faults.length === 0) {
    console.log(`The configuration works: ${supergraph} with ${subgraphs.length} subgraphs (${subgraphs.join(", ")})`);
  } else {
    console.error(`The configuration does not work:\n${faults.join("\n")}`);
    process.exitCode = 1;
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof BadConfiguration ? error.message : error);
  process.exit(1);
});
