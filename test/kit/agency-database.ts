import { randomBytes } from "node:crypto";
import { inject } from "vitest";
import { cloneDatabase, databaseName, dropDatabase } from "../../scripts/postgres/databases.ts";
import type { SubgraphName } from "../../subgraphs/agency-registry.ts";
import { TEST_PASSWORD } from "./database-templates.ts";

/** Creates an empty database of an agency's role on the tests' server. */
export async function emptyDatabase(agency: SubgraphName): Promise<{ url: string; drop(): Promise<void> }> {
  const adminUrl = inject("adminUrl");
  const name = `world_${randomBytes(4).toString("hex")}`;
  await cloneDatabase(adminUrl, "template0", name, databaseName(agency));
  return { url: urlOf(adminUrl, name, agency), drop: () => dropDatabase(adminUrl, name) };
}

/** Creates a clone of an agency's seeded database. */
export async function clonedDatabase(agency: SubgraphName): Promise<{ url: string; drop(): Promise<void> }> {
  const adminUrl = inject("adminUrl");
  const name = `world_${randomBytes(4).toString("hex")}`;
  await cloneDatabase(adminUrl, databaseName(agency), name, databaseName(agency));
  return { url: urlOf(adminUrl, name, agency), drop: () => dropDatabase(adminUrl, name) };
}

/** URL of a database of the tests' server, for an agency's role. */
export function urlOf(adminUrl: string, database: string, agency: SubgraphName): string {
  const url = new URL(adminUrl);
  url.username = databaseName(agency);
  url.password = TEST_PASSWORD;
  url.pathname = `/${database}`;
  return url.href;
}
