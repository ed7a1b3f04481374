import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateDrizzleJson, generateMigration } from "drizzle-kit/api";
import { pgTable, text } from "drizzle-orm/pg-core";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { keysFor } from "../../subgraphs/_shared/identity/keys.ts";
import { communes } from "../../subgraphs/_shared/registers/communes-table.ts";
import { insertMany } from "../../subgraphs/_shared/registers/insert-many.ts";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import { prepareDatabase } from "../../subgraphs/_shared/serving/preparation.ts";
import { buildSubgraph, type Seed } from "../../subgraphs/_shared/serving/subgraph.ts";
import { type SubgraphName, subgraphs } from "../../subgraphs/agency-registry.ts";
import { definition as civilStatus } from "../../subgraphs/civil-status/subgraph.ts";
import { definition as land } from "../../subgraphs/land/subgraph.ts";
import { loadDefinition } from "../../subgraphs/load-definition.ts";
import { emptyDatabase } from "../kit/agency-database.ts";

const preparation = { seeds: true, now: new Date("2026-11-24T09:00:00+07:00"), accessRetentionMonths: 24 };

describe("the preparation of a database", () => {
  let database: Awaited<ReturnType<typeof emptyDatabase>>;
  let sql: postgres.Sql;
  beforeAll(async () => {
    database = await emptyDatabase("land");
    sql = postgres(database.url, { max: 1, onnotice: () => {} });
  });
  afterAll(async () => {
    await sql.end();
    await database.drop();
  });

  test("a seed that is newer than the database is applied to it, and no seed is applied twice", async () => {
    const applied: string[] = [];
    const seed = (name: string): Seed => ({ name, apply: async () => void applied.push(name) });
    await prepareDatabase(database.url, { ...land, seeds: [seed("first")] }, preparation);
    await prepareDatabase(database.url, { ...land, seeds: [seed("first"), seed("second")] }, preparation);
    expect(applied).toEqual(["first", "second"]);
  });

  test("a seed that fails is not recorded as applied", async () => {
    const failing: Seed = { name: "failing", apply: () => Promise.reject(new Error("no such place")) };
    await expect(prepareDatabase(database.url, { ...land, seeds: [failing] }, preparation)).rejects.toThrow("no such");
    expect(await sql`select name from applied_seeds where name = 'failing'`).toEqual([]);
  });

  test("a table that no migration makes is named, with the command that makes one", async () => {
    const tables = { ...land.tables, deeds: pgTable("deeds", { id: text("id") }) };
    await expect(prepareDatabase(database.url, { ...land, tables }, preparation)).rejects.toThrow(
      "No migration of land makes deeds, which its tables.ts declares; run AGENCY=land npm run migration",
    );
  });

  test("the access log is partitioned by month without a migration of the agency", async () => {
    await sql`drop table access_log`;
    await prepareDatabase(database.url, land, { ...preparation, seeds: false });
    const [found] =
      await sql`select count(*)::int as partitions from pg_inherits where inhparent = 'access_log'::regclass`;
    expect(found).toEqual({ partitions: 3 });
  });

  test("rows that would lose a value when they are inserted together are refused", async () => {
    const rows = [
      { list: "a", code: "1", name: "A", province: "1" },
      { list: "a", code: "2" },
    ];
    await expect(insertMany(drizzle(sql), communes, rows as (typeof communes.$inferInsert)[])).rejects.toThrow(
      "Rows that are inserted together must give the same columns",
    );
  });

  test("a register refuses changes without a trigger of the agency's own migrations", async () => {
    await sql`drop trigger parcels_append_only on parcels`;
    await prepareDatabase(database.url, land, { ...preparation, seeds: false });
    await expect(sql`delete from parcels`).rejects.toThrow("parcels is append-only");
  });
});

test("an agency that decides procedures without a table for parts is refused with the remedy", async () => {
  const { receivedParts: _, ...tables } = civilStatus.tables;
  await expect(buildSubgraph({ ...civilStatus, tables })).rejects.toThrow(
    "civil-status decides procedures, so its tables.ts must export receivedParts",
  );
});

test.each(subgraphs.map(({ name }) => name))("the migrations of %s make the tables of its tables.ts", async (name) => {
  const { tables } = await loadDefinition(name);
  const { entries } = JSON.parse(readFileSync(migrations(name, "_journal.json"), "utf8")) as { entries: unknown[] };
  const latest = `${String(entries.length - 1).padStart(4, "0")}_snapshot.json`;
  const made = JSON.parse(readFileSync(migrations(name, latest), "utf8"));
  expect(await generateMigration(made, generateDrizzleJson({ ...tables }, made.id))).toEqual([]);
});

const migrations = (name: SubgraphName, file: string) => projectPath("subgraphs", name, "migrations", "meta", file);

describe("identity keys beside existing data", () => {
  let data: string;
  beforeAll(() => {
    data = mkdtempSync(join(tmpdir(), "motcua-keys-"));
    writeFileSync(join(data, "identity-keys.json"), JSON.stringify({ land: "1".repeat(64) }));
  });
  afterAll(() => rmSync(data, { recursive: true, force: true }));

  test("an agency that the key file does not know gets a key, the same at each reading", () => {
    const [key] = keysFor("business", { MOTCUA_DATA: data });
    expect(key?.secret).toMatch(/^[0-9a-f]{64}$/);
    expect(keysFor("business", { MOTCUA_DATA: data })).toEqual([key]);
  });

  test("an agency of the key file keeps its key", () => {
    expect(keysFor("land", { MOTCUA_DATA: data })).toEqual([{ id: "local", secret: "1".repeat(64) }]);
  });
});
