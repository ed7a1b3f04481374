import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { databaseName, dropDatabase, provisionDatabases } from "../../scripts/postgres/databases.ts";
import { startPostgres } from "../../scripts/postgres/launcher.ts";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import { subgraphs } from "../../subgraphs/agency-registry.ts";
import { freePlace, placeInMemory } from "./server-directories.ts";

declare module "vitest" {
  export interface ProvidedContext {
    adminUrl: string;
  }
}

export const TEST_PASSWORD = "the-tests-own";
/**
 * Before all tests: a real PostgreSQL, and one database for each agency, migrated and seeded by the agency itself. Worlds
 * clone them. They are kept between runs and made anew when any source of an agency changes.
 */
// biome-ignore lint/style/noDefaultExport: vitest calls the default export of a global set-up
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const kept = process.env.MOTCUA_TEST_DIR ?? freePlace();
  const memory = placeInMemory();
  if (memory) process.env.TMPDIR = memory; // of the tests too
  const directory = memory ? join(memory, "server") : kept;
  mkdirSync(directory, { recursive: true });
  if (memory) copyServer(kept, directory);
  const server = await startPostgres({ directory, settings: { fsync: "off" } });
  await sweepClones(server.adminUrl);
  const isNew = await ensureTemplates(server.adminUrl, join(directory, "seeding"));
  project.provide("adminUrl", server.adminUrl);
  return async () => {
    await sweepClones(server.adminUrl);
    await server.stop();
    if (memory && isNew) copyServer(directory, kept);
    if (memory) rmSync(memory, { recursive: true, force: true });
  };
}

/** Puts a copy of a cluster and its password in the place of what was there, the cluster last: one that is there is whole. */
function copyServer(from: string, to: string): void {
  const aside = join(to, "copy");
  for (const name of ["password", "cluster"]) {
    rmSync(aside, { recursive: true, force: true });
    if (existsSync(join(from, name))) cpSync(join(from, name), join(aside, name), { recursive: true });
    rmSync(join(to, name), { recursive: true, force: true });
    if (existsSync(join(aside, name))) renameSync(join(aside, name), join(to, name));
  }
  rmSync(aside, { recursive: true, force: true });
}

/** Makes the templates unless they are there and of these sources. @returns whether they were made */
async function ensureTemplates(adminUrl: string, data: string): Promise<boolean> {
  const stamp = stampOfSources();
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} });
  try {
    if ((await stampOf(sql)) === stamp) return false;
    for (const { name } of subgraphs) await dropDatabase(adminUrl, databaseName(name));
    await seedTemplates(adminUrl, data);
    await sql.unsafe(`comment on database ${databaseName("one-stop")} is '${stamp}'`);
    return true;
  } finally {
    await sql.end();
  }
}

async function seedTemplates(adminUrl: string, data: string): Promise<void> {
  const names = subgraphs.map((s) => s.name);
  const passwords = Object.fromEntries(names.map((name) => [name, TEST_PASSWORD]));
  const urls = await provisionDatabases(adminUrl, names, passwords);
  const { serveAll } = await import("./serve-agencies.ts");
  const served = await serveAll(urls, data);
  await served.close();
}

async function stampOf(sql: postgres.Sql): Promise<string | null> {
  const [row] = await sql<{ stamp: string | null }[]>`
    select shobj_description(oid, 'pg_database') as stamp from pg_database where datname = ${databaseName("one-stop")}`;
  return row?.stamp ?? null;
}

/** Worlds of runs that were killed leave their databases behind. */
async function sweepClones(adminUrl: string): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} });
  const clones = await sql<{ name: string }[]>`select datname as name from pg_database where datname like 'world\\_%'`;
  for (const { name } of clones) await sql.unsafe(`drop database if exists ${name} with (force)`);
  await sql.end();
}

function stampOfSources(): string {
  const root = projectPath("subgraphs");
  const files = readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter(
      (file) =>
        /seed|migrations.*sql|population|communes|facilities|catalogue|\/data\//.test(file) && /\.\w+$/.test(file),
    )
    .sort();
  const hash = createHash("sha256");
  for (const file of files) hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest("hex");
}
