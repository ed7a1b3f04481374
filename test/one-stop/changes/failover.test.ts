import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { afterEach, expect, test } from "vitest";
import { endCursorOf, isOfThisStream } from "../../../subgraphs/one-stop/changes/marks.ts";
import { afterRow, readCursor } from "../../../subgraphs/one-stop/changes/position.ts";
import { readChanges } from "../../../subgraphs/one-stop/changes/read-changes.ts";
import { settleChanges } from "../../../subgraphs/one-stop/changes/settle-changes.ts";
import { removeScratch } from "../../operations/postgres-scratch.ts";
import { ids, prepareDossiers, writeNote } from "./changing-dossiers.ts";
import { killedPrograms } from "./killed-programs.ts";
import { primaryAndStandby } from "./primary-and-standby.ts";

const [WRITERS, WRITTEN_BEFORE_THE_KILL, WRITTEN_AFTER] = [6, 120, 60];
const programs = killedPrograms("test", "one-stop", "changes", "note-writer-program.ts");
const opened: postgres.Sql[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((sql) => sql.end({ timeout: 1 })));
  await removeScratch();
});

function connect(url: string): postgres.Sql {
  const sql = postgres(url, { max: 1, onnotice: () => {}, fetch_types: false });
  opened.push(sql);
  return sql;
}

type Reader = { cursor: string | null; notes: string[] };

/** Reads one page and stores it with its cursor. @returns false at the end of the stream */
async function readOn(sql: postgres.Sql, reader: Reader): Promise<boolean> {
  const db = drizzle(sql);
  await settleChanges(sql);
  const [stream] = await sql<{ settled: string }[]>`select settled from change_stream`;
  const from = reader.cursor === null ? null : readCursor(reader.cursor, "since");
  if (from) expect(await isOfThisStream(db, from)).toBe(true);
  const question = { wanted: undefined, from: from ?? afterRow(0), settled: Number(stream?.settled), first: 7 };
  const page = await readChanges(db, question);
  reader.cursor = await endCursorOf(db, page, from);
  reader.notes.push(...page.nodes.map(({ note }) => note ?? ""));
  return page.hasNextPage;
}

async function readToTheEnd(sql: postgres.Sql, reader: Reader): Promise<void> {
  while (await readOn(sql, reader));
}

/** Starts a process of writers, which ends with the server that they write to. */
function startWriters(url: string, seed: number, acknowledged: string[]): ChildProcess {
  const environment = { DATABASE_URL: url, WRITERS: String(WRITERS), SEED: String(seed) };
  return programs.start(environment, (note) => acknowledged.push(note));
}

test("after the primary is killed and its synchronous standby promoted, a reader goes on with its cursor and has every acknowledged change once", async () => {
  const { primaryUrl, killPrimary, promote } = await primaryAndStandby("SYNCHRONOUS");
  const sql = connect(primaryUrl);
  await prepareDossiers(sql);
  const acknowledged: string[] = [];
  const reader: Reader = { cursor: null, notes: [] };
  const writers = startWriters(primaryUrl, 1, acknowledged);
  while (acknowledged.length < WRITTEN_BEFORE_THE_KILL || reader.notes.length === 0) {
    await readOn(sql, reader);
    await sleep(5);
  }
  await Promise.all([once(writers, "close"), killPrimary()]);
  const before = acknowledged.length;
  const promotedUrl = await promote();
  const others = startWriters(promotedUrl, 100, acknowledged);
  await expect.poll(() => acknowledged.length, { timeout: 30_000 }).toBeGreaterThan(before + WRITTEN_AFTER);
  await Promise.all([once(others, "close"), programs.kill(others)]);
  await readToTheEnd(connect(promotedUrl), reader);
  expect(new Set(reader.notes).size).toBe(reader.notes.length);
  expect(acknowledged.filter((note) => !reader.notes.includes(note))).toEqual([]);
  // beyond those that were acknowledged, each writer may have one whose answer it did not get
  expect(reader.notes.length).toBeLessThanOrEqual(acknowledged.length + WRITERS * 2);
}, 120_000);

test("a cursor of changes that an asynchronous standby has not received is refused after its promotion, also when its numbers are used again", async () => {
  const { primaryUrl, stopStandby, killPrimary, promote } = await primaryAndStandby("ASYNCHRONOUS");
  const sql = connect(primaryUrl);
  await prepareDossiers(sql);
  const [early, late]: [Reader, Reader] = [
    { cursor: null, notes: [] },
    { cursor: null, notes: [] },
  ];
  const kept = Array.from({ length: 10 }, (_, n) => `kept.${n}`);
  for (const note of kept) await writeNote(sql, ids[0] ?? "", note);
  await readToTheEnd(sql, early);
  await expect
    .poll(async () => (await sql`select 1 from pg_stat_replication where replay_lsn = pg_current_wal_lsn()`).length, {
      timeout: 20_000,
    })
    .toBe(1);
  await stopStandby();
  for (let n = 0; n < 5; n++) await writeNote(sql, ids[1] ?? "", `lost.${n}`);
  await readToTheEnd(sql, late);
  await killPrimary();
  const promoted = connect(await promote());
  const added = Array.from({ length: 60 }, (_, n) => `new.${n}`); // more numbers than a sequence skips at a promotion
  for (const note of added) await writeNote(promoted, ids[2] ?? "", note);
  await readToTheEnd(promoted, early);
  expect(early.notes).toEqual([...kept, ...added]);
  const lost = readCursor(late.cursor ?? "", "since");
  expect(readCursor(early.cursor ?? "", "since").row).toBeGreaterThan(lost.row);
  expect(await isOfThisStream(drizzle(promoted), lost)).toBe(false);
}, 120_000);
