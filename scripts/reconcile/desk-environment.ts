import { join, resolve } from "node:path";
import { dataDirectory } from "../../subgraphs/_shared/identity/keys.ts";
import type { SubgraphName } from "../../subgraphs/agency-registry.ts";
import { choosePorts } from "../supervisor/ports.ts";
import { runningDatabase } from "../supervisor/running-database.ts";
import { serverEnvironment } from "../supervisor/server-processes.ts";

/**
 * Environment of the one-stop desk: that of this process if it names a database, else that of the system that `npm start`
 * runs on this machine's data directory.
 * @throws BadConfiguration when neither is there
 */
export async function deskEnvironment(environment: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
  if (environment.DATABASE_URL) return environment;
  const data = resolve(dataDirectory(environment));
  const databaseUrls = { "one-stop": runningDatabase(data, "one-stop") } as Record<SubgraphName, string>; // the only one we may know
  const ports = await choosePorts("default", environment);
  const settings = { data, demoDirectory: join(data, "demo"), ports, databaseUrls, inherited: environment };
  const addresses = Object.entries(environment).filter(([name]) => name.startsWith("SUBGRAPH_URL_"));
  return { ...serverEnvironment("one-stop", settings), ...Object.fromEntries(addresses) };
}
