import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { databaseName, dropDatabase, provisionDatabases } from "../scripts/postgres/databases.ts";
import { startPostgres } from "../scripts/postgres/launcher.ts";
import { projectPath } from "../subgraphs/_shared/paths.ts";
import { subgraphs } from "../subgraphs/list.ts";

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
  const directory = process.env.MOTCUA_TEST_DIR ?? freePlace();
  const server = await startPostgres({ directory, settings: { fsync: "off" } });
  await sweepClones(server.adminUrl);
  const stamp = stampOfSources();
  const sql = postgres(server.adminUrl, { max: 1, onnotice: () => {} });
  try {
    if ((await stampOf(sql)) !== stamp) {
      for (const { name } of subgraphs) await dropDatabase(server.adminUrl, databaseName(name));
      await seedTemplates(server.adminUrl, join(directory, "seeding"));
      await sql.unsafe(`comment on database ${databaseName("one-stop")} is '${stamp}'`);
    }
  } finally {
    await sql.end();
  }
  project.provide("adminUrl", server.adminUrl);
  return async () => {
    await sweepClones(server.adminUrl);
    await server.stop();
  };
}

/** The first place for a server that no living run has taken: two runs at once need one each. */
function freePlace(): string {
  for (let n = 1; ; n++) {
    const place = projectPath("node_modules", ".cache", `motcua-test-${n}`);
    mkdirSync(place, { recursive: true });
    const mark = join(place, "taken-by");
    const holder = existsSync(mark) ? Number(readFileSync(mark, "utf8")) : 0;
    if (holder !== process.pid && holder > 0 && isAlive(holder)) continue;
    writeFileSync(mark, String(process.pid));
    return place;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function seedTemplates(adminUrl: string, data: string): Promise<void> {
  const names = subgraphs.map((s) => s.name);
  const passwords = Object.fromEntries(names.map((name) => [name, TEST_PASSWORD]));
  const urls = await provisionDatabases(adminUrl, names, passwords);
  const { serveAll } = await import("./serving.ts");
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
