import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { dataDirectory } from "../../subgraphs/_shared/identity/keys.ts";
import { BadConfiguration } from "../../subgraphs/_shared/serving/environment.ts";
import type { SubgraphName } from "../../subgraphs/agency-registry.ts";
import { databaseName } from "../postgres/databases.ts";
import { openHome } from "../postgres/home.ts";
import { readLockFile } from "../postgres/lockfile.ts";
import { databasePasswords } from "../supervisor/database-passwords.ts";
import { choosePorts } from "../supervisor/ports.ts";
import { serverEnvironment } from "../supervisor/server-processes.ts";

/**
 * Environment of the one-stop desk: that of this process if it names a database, else that of the system that `npm start`
 * runs on this machine's data directory.
 * @throws BadConfiguration when neither is there
 */
export async function deskEnvironment(environment: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
  if (environment.DATABASE_URL) return environment;
  const data = resolve(dataDirectory(environment));
  const databaseUrls = { "one-stop": runningDatabase(data) } as Record<SubgraphName, string>; // the only one we may know
  const ports = await choosePorts("default", environment);
  const settings = { data, demoDirectory: join(data, "demo"), ports, databaseUrls, inherited: environment };
  const addresses = Object.entries(environment).filter(([name]) => name.startsWith("SUBGRAPH_URL_"));
  return { ...serverEnvironment("one-stop", settings), ...Object.fromEntries(addresses) };
}

function runningDatabase(data: string): string {
  const directory = join(data, "postgres");
  const lock = existsSync(directory) ? readLockFile(openHome(directory, () => {}).cluster) : undefined;
  if (!lock?.ready) {
    throw new BadConfiguration(
      `  DATABASE_URL: no PostgreSQL runs in ${data}. Start the system (npm start), name its data directory by MOTCUA_DATA, or give the address of one-stop's own database`,
    );
  }
  const name = databaseName("one-stop");
  return `postgres://${name}:${encodeURIComponent(databasePasswords(data)["one-stop"])}@127.0.0.1:${lock.port}/${name}`;
}
