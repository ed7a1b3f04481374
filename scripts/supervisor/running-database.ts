import { existsSync } from "node:fs";
import { join } from "node:path";
import { BadConfiguration } from "../../subgraphs/_shared/serving/environment.ts";
import type { SubgraphName } from "../../subgraphs/agency-registry.ts";
import { databaseName } from "../postgres/databases.ts";
import { openHome } from "../postgres/home.ts";
import { readLockFile } from "../postgres/lockfile.ts";
import { databasePasswords } from "./database-passwords.ts";

/** Address of an agency's database on the PostgreSQL that runs in a data directory. @throws BadConfiguration if none runs there */
export function runningDatabase(data: string, agency: SubgraphName): string {
  const directory = join(data, "postgres");
  const lock = existsSync(directory) ? readLockFile(openHome(directory, () => {}).cluster) : undefined;
  if (!lock?.ready) {
    throw new BadConfiguration(
      `  DATABASE_URL: no PostgreSQL runs in ${data}. Start the system (npm start), name its data directory by MOTCUA_DATA, or give the address of ${agency}'s own database`,
    );
  }
  const name = databaseName(agency);
  return `postgres://${name}:${encodeURIComponent(databasePasswords(data)[agency])}@127.0.0.1:${lock.port}/${name}`;
}
