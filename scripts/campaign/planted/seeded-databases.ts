import postgres from "postgres";
import { subgraphs } from "../../../subgraphs/agency-registry.ts";
import { cloneDatabase, databaseName, dropDatabase } from "../../postgres/databases.ts";

const NAMES = subgraphs.map(({ name }) => name);
const seeded = (database: string) => `seeded_${database}`;

/** Sets the agencies' databases aside, as they are after a first start. Nobody may be connected to them. */
export async function keepSeededDatabases(adminUrl: string): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} });
  try {
    for (const database of NAMES.map(databaseName))
      await sql`alter database ${sql(database)} rename to ${sql(seeded(database))}`;
  } finally {
    await sql.end();
  }
}

/** Makes the agencies' databases again as they were set aside, whatever has been done to them since. */
export async function restoreSeededDatabases(adminUrl: string): Promise<void> {
  for (const database of NAMES.map(databaseName)) {
    await dropDatabase(adminUrl, database);
    await cloneDatabase(adminUrl, seeded(database), database, database);
  }
}
