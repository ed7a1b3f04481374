import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join, relative, sep } from "node:path";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { databaseName, dropDatabases, provisionDatabases } from "../../scripts/postgres/databases.ts";
import { startPostgres } from "../../scripts/postgres/launcher.ts";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import { type SubgraphName, subgraphs } from "../../subgraphs/agency-registry.ts";
import { freePlace, placeInMemory } from "./server-directories.ts";

declare module "vitest" {
  export interface ProvidedContext {
    adminUrl: string;
  }
}

export const TEST_PASSWORD = "the-tests-own";

/**
 * Starts a real PostgreSQL before all tests, with one template database per agency, migrated and seeded by the agency
 * itself. Worlds clone the templates. Templates are kept between runs; a change of any file of an agency renews its own.
 */
// biome-ignore lint/style/noDefaultExport: vitest calls the default export of a global set-up
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const kept = process.env.MOTCUA_TEST_DIR ?? freePlace();
  const memory = placeInMemory();
  if (memory) process.env.TMPDIR = memory; // for the tests' own files too
  const directory = memory ? join(memory, "server") : kept;
  mkdirSync(directory, { recursive: true });
  if (memory) copyServer(kept, directory);
  const server = await startPostgres({ directory, settings: { fsync: "off", full_page_writes: "off" } });
  async function stop(areNew: boolean): Promise<void> {
    await dropClones(server.adminUrl);
    await server.stop();
    if (memory && areNew) copyServer(directory, kept);
    if (memory) rmSync(memory, { recursive: true, force: true });
  }
  try {
    await dropClones(server.adminUrl);
    const areNew = await renewTemplates(server.adminUrl, join(directory, "seeding"));
    await hastenLogins(server.adminUrl);
    project.provide("adminUrl", server.adminUrl);
    return () => stop(areNew);
  } catch (error) {
    await stop(false); // vitest does not run the teardown of a set-up that failed
    throw error;
  }
}

/** Replaces the cluster and password in `to` by copies. The cluster is moved last: one that exists is complete. */
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

/** Seeds the templates of all agencies whose sources changed. @returns whether any was seeded */
async function renewTemplates(adminUrl: string, data: string): Promise<boolean> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} });
  try {
    const present = await templateStamps(sql);
    const wanted = new Map(subgraphs.map(({ name }) => [name, sourceStamp(name)]));
    const stale = [...wanted].filter(([name, stamp]) => present.get(databaseName(name)) !== stamp);
    await dropDatabases(
      adminUrl,
      stale.map(([name]) => databaseName(name)),
    );
    // one after the other: on a busy machine six that load at once time out
    for (const [name, stamp] of stale) {
      await seedTemplate(adminUrl, name, data);
      await sql.unsafe(`comment on database ${databaseName(name)} is '${stamp}'`);
    }
    return stale.length > 0;
  } finally {
    await sql.end();
  }
}

/** Stores the passwords with one SCRAM iteration: with 4,096, each of a world's 26 connections takes 2 ms of CPU to log in. */
async function hastenLogins(adminUrl: string): Promise<void> {
  const { username, password } = new URL(adminUrl);
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} });
  await sql`set scram_iterations = 1`;
  await sql.unsafe(`alter role ${username} password '${password}'`);
  for (const { name } of subgraphs) await sql.unsafe(`alter role ${databaseName(name)} password '${TEST_PASSWORD}'`);
  await sql.end();
}

async function seedTemplate(adminUrl: string, name: SubgraphName, data: string): Promise<void> {
  const urls = await provisionDatabases(adminUrl, [name], { [name]: TEST_PASSWORD });
  const { serveAgency } = await import("./serve-agencies.ts");
  try {
    const served = await serveAgency(name, urls[name] ?? "", data);
    await served.close();
  } catch (cause) {
    throw new Error(`The template database of ${name} cannot be migrated and seeded; no test was run`, { cause });
  }
}

/** Stamps of the template databases on the server, kept as their comments. */
async function templateStamps(sql: postgres.Sql): Promise<Map<string, string | null>> {
  const rows = await sql<{ name: string; stamp: string | null }[]>`
    select datname as name, shobj_description(oid, 'pg_database') as stamp from pg_database`;
  return new Map(rows.map(({ name, stamp }) => [name, stamp]));
}

/** Drops databases that runs which were killed left behind. */
async function dropClones(adminUrl: string): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} });
  const clones = await sql<{ name: string }[]>`select datname as name from pg_database where datname like 'world\\_%'`;
  for (const { name } of clones) await sql.unsafe(`drop database if exists ${name} with (force)`);
  await sql.end();
}

/** Hash of every file that may decide what an agency's database holds: its own folder, _shared and the list. */
function sourceStamp(name: SubgraphName): string {
  const root = projectPath("subgraphs");
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".md"))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((file) => !file.includes(sep) || [name, "_shared"].includes(file.split(sep)[0] ?? ""))
    .sort();
  const hash = createHash("sha256");
  for (const file of files) hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest("hex");
}
