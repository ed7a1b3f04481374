import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { dataDirectory } from "../../subgraphs/_shared/identity/keys.ts";
import type { SubgraphName } from "../../subgraphs/agency-registry.ts";
import { startPostgres } from "../postgres/launcher.ts";
import { databasePasswords } from "../supervisor/database-passwords.ts";
import { agencyDatabases, givenServer } from "../supervisor/database-server.ts";

export type Store = { where: string; urls: Record<SubgraphName, string>; close(): Promise<void> };

/**
 * The databases of all agencies: on the server of DATABASE_URL, else on the embedded one of the data directory, which is started unless
 * it runs already.
 *
 * @throws BadConfiguration, or a failure that names the remedy
 */
export async function openStore(environment: NodeJS.ProcessEnv): Promise<Store> {
  const data = resolve(dataDirectory(environment));
  mkdirSync(data, { recursive: true });
  const passwords = databasePasswords(data);
  if (environment.DATABASE_URL) {
    const server = givenServer(environment.DATABASE_URL);
    return { where: "DATABASE_URL", urls: await agencyDatabases(server, passwords), close: async () => {} };
  }
  const server = await startPostgres({ directory: join(data, "postgres") });
  const urls = await agencyDatabases({ adminUrl: server.adminUrl, supervised: undefined }, passwords);
  return { where: data, urls, close: async () => (server.adopted ? undefined : server.stop()) };
}
