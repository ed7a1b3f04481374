import { dirname, resolve } from "node:path";
import { Command } from "commander";
import { demoState } from "../subgraphs/_shared/demo/demo-state.ts";
import { dataDirectory } from "../subgraphs/_shared/identity/keys.ts";
import { BadConfiguration } from "../subgraphs/_shared/serving/environment.ts";
import { subgraphs } from "../subgraphs/agency-registry.ts";
import { onEndRequest } from "./supervisor/end-signals.ts";
import { serverNames } from "./supervisor/server-processes.ts";
import { isStartFailure } from "./supervisor/start-failures.ts";
import { type ProcessName, type RunningSystem, startSystem } from "./supervisor/system.ts";
import { welcome } from "./supervisor/welcome.ts";

const command = new Command("npm start --")
  .description(
    `Starts everything on this machine in demo mode: PostgreSQL, ${subgraphs.length} agencies and the gateway. Ctrl-C stops it; the data are kept.`,
  )
  .addHelpText(
    "after",
    `
Environment:
  MOTCUA_DATA       directory of databases, passwords, keys and logs (.data)
  DATABASE_URL      a PostgreSQL (15 or newer) whose role may create databases and roles; default: an embedded one
  PORT, HOST        of the gateway (4000, 127.0.0.1)
  PORT_<AGENCY>     of an agency, such as PORT_CIVIL_STATUS (those of subgraphs/list.ts)
  LOG_LEVEL         of the agencies and the gateway (info)`,
  );

function say(line: string): void {
  console.log(`${(performance.now() / 1000).toFixed(1).padStart(6)} s  ${line}`);
}

async function main(): Promise<void> {
  command.parse();
  // a closed terminal must not end the program before it has stopped its processes
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  const data = resolve(dataDirectory());
  const start = new AbortController();
  let system: RunningSystem | undefined;
  const stop = async () => {
    say("Stopping the gateway, the agencies and the database");
    if (!system) return start.abort();
    await system.stop();
    say("Stopped. The data are kept; npm start continues with them");
    process.exit(0);
  };
  onEndRequest(
    () => void stop(),
    () => {
      killAll(system);
      process.exit(130);
    },
  );
  say(`Starting Motcua; its data is in ${data}`);
  system = await startSystem({
    data,
    ports: "default",
    say,
    databaseUrl: process.env.DATABASE_URL,
    entry: bundleDirectory(),
    signal: start.signal,
  });
  say("Everything is ready");
  // the PostgreSQL driver can throw from its own write loop when the server ends; the supervised processes must go on
  process.on("uncaughtException", (error) => say(`Error in the supervisor: ${error.message}`));
  const offset = demoState(`${data}/demo`).clockOffsetMs();
  console.log(welcome(system, data, new Date(Date.now() + offset), Math.random));
}

/** Bundle of this program, which lies in its scripts/. */
function bundleDirectory(): string {
  return dirname(dirname(resolve(process.argv[1] ?? "")));
}

/** Kills everything. PostgreSQL ends at once by SIGQUIT and recovers at the next start. */
function killAll(system: RunningSystem | undefined): void {
  for (const name of [...serverNames, "postgres"] as ProcessName[]) {
    system?.kill(name, name === "postgres" ? "SIGQUIT" : "SIGKILL");
  }
}

main().catch((error: unknown) => {
  const explained = error instanceof BadConfiguration || isStartFailure(error);
  if (isStartFailure(error) && error.reason === "INTERRUPTED") {
    say("Stopped");
    process.exit(0);
  }
  console.error(explained ? `\n${error.message}` : error);
  process.exit(1);
});
