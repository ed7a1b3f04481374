import { dirname, resolve } from "node:path";
import { Command } from "commander";
import { demoState } from "../subgraphs/_shared/demo/state.ts";
import { dataDirectory } from "../subgraphs/_shared/identity/keys.ts";
import { BadConfiguration } from "../subgraphs/_shared/serving/environment.ts";
import { onEndRequest } from "./supervisor/end-signals.ts";
import { serverNames } from "./supervisor/server-processes.ts";
import { isStartFailure } from "./supervisor/start-failures.ts";
import { type ProcessName, type RunningSystem, startSystem } from "./supervisor/system.ts";
import { welcome } from "./supervisor/welcome.ts";

const command = new Command("npm start --")
  .description(
    "Starts everything on this machine, in demo mode: PostgreSQL, six agencies, the gateway. Ctrl-C stops it; what was done is kept.",
  )
  .addHelpText(
    "after",
    `
Environment:
  MOTCUA_DATA       where databases, passwords, keys and logs are kept (.data)
  DATABASE_URL      a PostgreSQL (15 or newer) whose role may create databases and roles; without it one is started
  PORT, HOST        of the gateway (4000, 127.0.0.1)
  PORT_<AGENCY>     of an agency, such as PORT_CIVIL_STATUS (4101 to 4106)
  LOG_LEVEL         of the agencies and the gateway (warn)`,
  );

function say(line: string): void {
  console.log(`${(performance.now() / 1000).toFixed(1).padStart(6)} s  ${line}`);
}

async function main(): Promise<void> {
  command.parse();
  // a closed terminal must not end the program before it has stopped its parts
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  const data = resolve(dataDirectory());
  const start = new AbortController();
  let system: RunningSystem | undefined;
  const stop = async () => {
    say("Stopping the gateway, the agencies and the database");
    if (!system) return start.abort();
    await system.stop();
    say("Stopped; nothing is lost. npm start goes on from here");
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
  // the PostgreSQL driver can fail from its own write loop when the server dies; the parts must not end with it
  process.on("uncaughtException", (error) => say(`A fault in the supervisor: ${error.message}`));
  const offset = demoState(`${data}/demo`).clockOffsetMs();
  console.log(welcome(system, data, new Date(Date.now() + offset), Math.random));
}

/** The bundle this program belongs to: it lies in scripts/ of it. */
function bundleDirectory(): string {
  return dirname(dirname(resolve(process.argv[1] ?? "")));
}

/** PostgreSQL ends at once by SIGQUIT, and recovers at the next start. */
function killAll(system: RunningSystem | undefined): void {
  for (const part of [...serverNames, "postgres"] as ProcessName[]) {
    system?.kill(part, part === "postgres" ? "SIGQUIT" : "SIGKILL");
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
