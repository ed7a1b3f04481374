import { sql as drizzleSql, getTableName } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { keepAccessPartitions } from "../access-log/partitions.ts";
import { communes, loadCommunes } from "../registers/communes-table.ts";
import { keepAppendOnly, tablesOf } from "../registers/register.ts";
import type { Database } from "./database.ts";
import { projectPath } from "./paths.ts";
import { createNonces } from "./shared-nonces.ts";
import type { Seed, SubgraphDefinition } from "./subgraph.ts";

const PREPARATION_LOCK = 4_100_001;
export type Preparation = { seeds: boolean; now: Date; accessRetentionMonths: number };

/**
 * Prepares an agency's database: migrations, shared tables, reference data and, if requested, seeds. An advisory lock admits
 * one process at a time; the others then find everything done.
 */
export async function prepareDatabase<L>(
  url: string,
  definition: SubgraphDefinition<L>,
  { seeds, now, accessRetentionMonths }: Preparation,
): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 5 });
  try {
    await sql`select pg_advisory_lock(${PREPARATION_LOCK})`;
    const db = drizzle(sql);
    await migrate(db, { migrationsFolder: projectPath("subgraphs", definition.name, "migrations") });
    const tables = tablesOf(definition.tables);
    await refuseMissingTables(sql, definition.name, tables.map(getTableName));
    await keepAppendOnly(sql, tables);
    await keepAccessPartitions(sql, accessRetentionMonths);
    await createNonces(sql);
    if (tables.includes(communes)) await loadCommunes(db);
    await definition.prepare?.(db, { seeds });
    if (seeds) await applySeeds(sql, db, definition.seeds, now);
  } finally {
    await sql.end({ timeout: 2 });
  }
}

/** @throws with the names of the tables of tables.ts that no migration creates */
async function refuseMissingTables(sql: postgres.Sql, agency: string, names: string[]): Promise<void> {
  const missing: string[] = [];
  for (const name of names) {
    const [row] = await sql<{ found: string | null }[]>`select to_regclass(${name})::text as found`;
    if (!row?.found) missing.push(name);
  }
  if (missing.length === 0) return;
  const remedy = `run AGENCY=${agency} npm run migration -- --name what_changes and read the SQL`;
  throw new Error(`No migration of ${agency} makes ${missing.join(", ")}, which its tables.ts declares; ${remedy}`);
}

/** Applies each seed once, in its own transaction, and records its name, so that older databases get later seeds as well. */
async function applySeeds(sql: postgres.Sql, db: Database, seeds: readonly Seed[], now: Date): Promise<void> {
  await createAppliedSeeds(sql);
  const rows = await sql<{ name: string }[]>`select name from applied_seeds`;
  const applied = new Set(rows.map(({ name }) => name));
  for (const { name, apply } of seeds) {
    if (applied.has(name)) continue;
    await db.transaction(async (tx) => {
      await apply(tx, now);
      await tx.execute(drizzleSql`insert into applied_seeds (name) values (${name})`);
    });
  }
}

/** Creates the table of the names of the seeds that a database has. */
export async function createAppliedSeeds(sql: postgres.Sql): Promise<void> {
  await sql`create table if not exists applied_seeds (
    name text primary key, applied_at timestamptz not null default now())`;
}
