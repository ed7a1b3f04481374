import postgres from "postgres";
import { subgraphs } from "../../../subgraphs/agency-registry.ts";
import { cloneDatabases, databaseName, dropDatabases } from "../../postgres/databases.ts";

const NAMES = subgraphs.map(({ name }) => name);
const seeded = (database: string) => `seeded_${database}`;

/** Renames the seeded databases of the agencies, to restore them later. They must have no connections. */
export async function keepSeededDatabases(adminUrl: string): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} });
  try {
    for (const database of NAMES.map(databaseName))
      await sql`alter database ${sql(database)} rename to ${sql(seeded(database))}`;
  } finally {
    await sql.end();
  }
}

/** Recreates the agencies' databases from the renamed ones. */
export async function restoreSeededDatabases(adminUrl: string): Promise<void> {
  const names = NAMES.map(databaseName);
  await dropDatabases(adminUrl, names);
  await cloneDatabases(
    adminUrl,
    names.map((name) => ({ template: seeded(name), name, ownerRole: name })),
  );
}
