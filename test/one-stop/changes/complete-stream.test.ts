import { setTimeout as sleep } from "node:timers/promises";
import { sql as condition } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import type postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seededRandom } from "../../../subgraphs/_shared/demo/population-random.ts";
import { afterRow, type Position } from "../../../subgraphs/one-stop/changes/position.ts";
import { readChanges } from "../../../subgraphs/one-stop/changes/read-changes.ts";
import { settleChanges, settler } from "../../../subgraphs/one-stop/changes/settle-changes.ts";
import { packEntries } from "../../../subgraphs/one-stop/saga/stored-history.ts";
import { type ChangingDossiers, changingDossiers, ids } from "./changing-dossiers.ts";

const TIMES = Number(process.env.CHANGES_TIMES || 1);
const [WRITERS, READERS, CHANGES_OF_A_WRITER] = [8, 3, 30 * TIMES];

let database: ChangingDossiers;
let admin: postgres.Sql;
beforeAll(async () => {
  database = await changingDossiers();
  admin = database.admin;
});
afterAll(() => database.drop());

/** Note and dossier of each change, in the order in which the reader stored them, with its cursor, before it went on. */
type Stored = { cursor: Position; changes: string[] };

/** Reads page by page, and fails: before it stores a page, or in the middle of settling or reading. */
async function read(seed: number, isOver: () => boolean): Promise<string[]> {
  const random = seededRandom(seed);
  const [sound, frail] = [database.connect(), database.connect(1 + random.below(3))];
  const stored: Stored = { cursor: afterRow(0), changes: [] };
  for (let last = false; !last; ) {
    const over = isOver();
    const fate = over ? 0 : random.below(6);
    const isEnd = await readOnce(fate === 1 ? frail : sound, stored, 1 + random.below(20), fate).catch((error) => {
      if (fate !== 1) throw error;
      return false;
    });
    last = isEnd && over;
    if (!over) await sleep(random.below(10));
  }
  return stored.changes;
}

/** @returns true at the end of the stream */
async function readOnce(sql: postgres.Sql, stored: Stored, first: number, fate: number): Promise<boolean> {
  await settleChanges(sql);
  const [stream] = await sql<{ settled: string }[]>`select settled from change_stream`;
  const page = await readChanges(drizzle(sql), {
    ...{ wanted: condition`true`, from: stored.cursor, settled: Number(stream?.settled), first },
  });
  if (fate === 2) return false;
  stored.changes.push(...page.nodes.map(({ dossierId, note }) => `${dossierId} ${note}`));
  stored.cursor = page.end;
  return !page.hasNextPage;
}

test("readers that fail see every change of concurrent writers exactly once, all in one order, and each dossier's in its own", async () => {
  let isOver = false;
  const readers = Array.from({ length: READERS }, (_, n) => read(100 + n, () => isOver));
  await Promise.all(Array.from({ length: WRITERS }, (_, n) => database.write(n + 1, CHANGES_OF_A_WRITER)));
  isOver = true;
  const [first = [], ...others] = await Promise.all(readers);
  for (const other of others) expect(other).toEqual(first);
  const rows = await admin<{ id: string; revision: number }[]>`select id, revision from dossiers`;
  for (const { id, revision } of rows) {
    const seen = first.filter((each) => each.startsWith(id)).map((each) => each.slice(id.length + 1));
    expect([...new Set(seen)]).toEqual(seen);
    const revisions = [...new Set(seen.map((note) => Number(note.split(".")[0])))];
    expect(revisions).toEqual(Array.from({ length: revision }, (_, n) => n + 1));
  }
  const [kept] = await admin<{ rows: string }[]>`select count(*) as rows from history`;
  expect(new Set(first.map((each) => each.split(".")[0])).size).toBe(Number(kept?.rows));
}, 60_000);

test("a page of many numbers without a change within reach is empty, and its cursor goes on to the next change", async () => {
  const note = (text: string) => packEntries([{ stepKey: null, state: "IN_PROGRESS", actor: "ONE_STOP", note: text }]);
  const insert = (text: string) =>
    admin`insert into history (dossier_id, at, entries) values (${ids[0] ?? ""}, now(), ${note(text)})`;
  await settleChanges(admin);
  const [begin] = await admin<{ settled: string }[]>`select settled from change_stream`;
  await admin`select setval(pg_get_serial_sequence('history', 'id'), ${Number(begin?.settled) + 64 * 50_000})`;
  await insert("after a jump");
  const stored: Stored = { cursor: afterRow(Number(begin?.settled)), changes: [] };
  const seen: number[] = [];
  for (let isEnd = false; !isEnd; ) {
    isEnd = await readOnce(admin, stored, 5, 0);
    seen.push(stored.changes.length);
  }
  expect(seen).toEqual([0, 0, 1]);
});

test("a change that is not committed yet holds the stream back until it is, and later changes with it", async () => {
  const [slow, fast] = [database.connect(), database.connect()];
  const [id = "", other = ""] = ids;
  const entry = packEntries([{ stepKey: null, state: "IN_PROGRESS", actor: "ONE_STOP", note: "slow" }]);
  const insert = (sql: postgres.Sql, dossier: string) =>
    sql`insert into history (dossier_id, at, entries) values (${dossier}, now(), ${entry}) returning id`;
  const settled = async () => Number((await admin`select settled from change_stream`)[0]?.settled);
  await settleChanges(admin);
  const before = await settled();
  let commit = () => {};
  const written = new Promise<void>((resolve) => {
    void slow.begin(async (tx) => {
      await insert(tx as unknown as postgres.Sql, id);
      resolve();
      await new Promise<void>((go) => {
        commit = go;
      });
    });
  });
  await written;
  const [later] = await insert(fast, other);
  const settling = settleChanges(database.connect());
  const isFree = async () => (await admin`select 1 from change_stream for update skip locked`).length > 0;
  while ((await isFree()) && (await settled()) === before) await sleep(5); // until a round has begun
  for (let looks = 0; looks < 20; looks++) {
    expect(await settled()).toBe(before);
    await sleep(5);
  }
  await settler(database.connect()).settle(1); // a reader waits only so long
  commit();
  await settling;
  expect(await settled()).toBeGreaterThanOrEqual(Number(later?.id));
});
