import { randomBytes } from "node:crypto";
import { inject } from "vitest";
import { cloneDatabases, databaseName, dropDatabases } from "../../scripts/postgres/databases.ts";
import type { SubgraphName } from "../../subgraphs/agency-registry.ts";
import { TEST_PASSWORD } from "./database-templates.ts";

type TestDatabase = { url: string; drop(): Promise<void> };

/** Creates an empty database of an agency's role on the tests' server. */
export function emptyDatabase(agency: SubgraphName): Promise<TestDatabase> {
  return copyOf("template0", agency);
}

/** Creates a clone of an agency's seeded database. */
export function clonedDatabase(agency: SubgraphName): Promise<TestDatabase> {
  return copyOf(databaseName(agency), agency);
}

async function copyOf(template: string, agency: SubgraphName): Promise<TestDatabase> {
  const adminUrl = inject("adminUrl");
  const name = `world_${randomBytes(4).toString("hex")}`;
  await cloneDatabases(adminUrl, [{ template, name, ownerRole: databaseName(agency) }]);
  return { url: urlOf(adminUrl, name, agency), drop: () => dropDatabases(adminUrl, [name]) };
}

/** URL of a database of the tests' server, for an agency's role. */
export function urlOf(adminUrl: string, database: string, agency: SubgraphName): string {
  const url = new URL(adminUrl);
  url.username = databaseName(agency);
  url.password = TEST_PASSWORD;
  url.pathname = `/${database}`;
  return url.href;
}
