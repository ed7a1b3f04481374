import { readdirSync, readFileSync } from "node:fs";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { packHexJson, packJson, unpackJson } from "../../subgraphs/_shared/registers/packed-json.ts";
import { bodyHash } from "../../subgraphs/_shared/serving/idempotency.ts";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import { storedKey } from "../../subgraphs/one-stop/acceptance/duplicate-keys.ts";
import { knownByKey } from "../../subgraphs/one-stop/acceptance/known-dossier.ts";
import { afterRow } from "../../subgraphs/one-stop/changes/position.ts";
import { readChanges } from "../../subgraphs/one-stop/changes/read-changes.ts";
import { settleChanges } from "../../subgraphs/one-stop/changes/settle-changes.ts";
import { changeStream } from "../../subgraphs/one-stop/changes/tables.ts";
import { historyOf } from "../../subgraphs/one-stop/dossiers/history.ts";
import { hasParty } from "../../subgraphs/one-stop/dossiers/parties.ts";
import { matchesSearch } from "../../subgraphs/one-stop/dossiers/search.ts";
import { unpackedFacts } from "../../subgraphs/one-stop/saga/dossier.ts";
import type { StoredEntry } from "../../subgraphs/one-stop/saga/stored-history.ts";
import { dossiers, history } from "../../subgraphs/one-stop/tables.ts";
import type { Holding } from "../../subgraphs/one-stop/time-ledger/holdings.ts";
import { packHoldings, unpackHoldings } from "../../subgraphs/one-stop/time-ledger/stored-holdings.ts";
import { emptyDatabase } from "../kit/agency-database.ts";

const ID = "019ac000-0000-7000-8000-000000000001";
const STEP = "019ac000-0000-7000-8000-000000000002";
const REQUEST = { child: { fullName: "Phạm Minh Khôi", birthNotice: null }, handover: { paperCopies: 1 } };
const HOLDINGS: Holding[] = [
  { at: "2026-11-23T01:00:00.123Z", holder: "DESK", agency: null, officer: null },
  { at: "2026-11-23T01:00:01.000Z", holder: "AGENCY", agency: "CIVIL_STATUS", officer: null },
  { at: "2026-11-23T02:00:00.500Z", holder: "OFFICER", agency: "CIVIL_STATUS", officer: { id: "o:1", name: 'Lê "A"' } },
  { at: "2026-11-24T02:00:00.000Z", holder: null, agency: null, officer: null },
];
const PARTIES = ["093195000017", "093093000023"];
const FACTS = { personalId: "092226900001" };
const ENTRIES: StoredEntry[] = [
  [null, "RECEIVED", "clerk", null],
  ["PERSONAL_NUMBER", "READY", "ONE_STOP", "Cấp số định danh cá nhân"],
];
const folder = projectPath("subgraphs", "one-stop", "migrations");
const files = readdirSync(folder)
  .filter((name) => name.endsWith(".sql"))
  .sort();

let database: Awaited<ReturnType<typeof emptyDatabase>>;
let sql: postgres.Sql;

async function migrate(names: readonly string[]): Promise<void> {
  for (const name of names) await sql.unsafe(readFileSync(`${folder}/${name}`, "utf8"));
}

/** A dossier as the release before wrote it. */
async function anEarlierDossier(): Promise<void> {
  await sql`insert into communes (list, code, name, province) values ('2025-07-01', '31471', 'Phường mẫu', '92')`;
  await sql`
    insert into dossiers (id, code, owner, idempotency_key, body_hash, commune_list, office, province, channel, definition_id,
      definition_version, procedure_code, procedure_name, state, returns_at_once, received_at, due_at, updated_at, applicant_name,
      parties, search_words, holdings)
    values (${ID}, 'H13.1-261123-0001', 'o', 'k', ${bodyHash(REQUEST)}, '2025-07-01', '31471', '92', 'DESK', 'birth', 1, '3.000722', 'Liên thông',
      'COMPLETED', false, now(), now(), now(), 'Lê A', ${PARTIES}, '{le,a,261123-0001,0001}', ${sql.json(HOLDINGS)})`;
  for (const [stepKey, state, actor, note] of ENTRIES)
    await sql`insert into history (dossier_id, at, step_key, state, actor, note)
      values (${ID}, now(), ${stepKey}, ${state}, ${actor}, ${note})`;
  await sql`insert into requests (dossier_id, request) values (${ID}, ${sql.json(REQUEST)})`;
  await sql`
    insert into steps (id, dossier_id, key, ordinal, part, agency, procedure, office, state, delivery, facts, attempts, fencing_token)
    values (${STEP}, ${ID}, 'PERSONAL_NUMBER', 1, false, 'RESIDENCE', 'p', '31471', 'GRANTED', 'ACKNOWLEDGED', ${sql.json(FACTS)}, 2, 3)`;
  await sql`insert into dossier_duplicate_keys (key, dossier_id) values ('birth:notice:12345.GCS.01234.26', ${ID})`;
}

beforeAll(async () => {
  database = await emptyDatabase("one-stop");
  sql = postgres(database.url, { max: 1, onnotice: () => {} });
  const compact = files.indexOf("0019_compact_dossiers.sql");
  await migrate(files.slice(0, compact));
  await anEarlierDossier();
  await migrate(files.slice(compact));
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

test("the holdings of a dossier of an earlier release read as they were stored", async () => {
  const [row] = await sql<{ holdings: Uint8Array }[]>`select holdings from dossiers`;
  expect(unpackHoldings(row?.holdings ?? new Uint8Array())).toEqual(HOLDINGS);
  expect(unpackHoldings(packHoldings(HOLDINGS))).toEqual(HOLDINGS);
});

test("a step of an earlier release has its place and its states, and belongs to its dossier", async () => {
  const [step] =
    await sql`select dossier_id, key, ordinal, part, state, delivery, fencing_token, attempts from steps where id = ${STEP}`;
  expect(step).toEqual({
    ...{ dossier_id: ID, key: "PERSONAL_NUMBER", ordinal: 1, part: false },
    ...{ state: "GRANTED", delivery: "ACKNOWLEDGED", fencing_token: 3, attempts: 2 },
  });
  await expect(sql`update steps set dossier_id = id`).rejects.toThrow("foreign key");
});

test("the facts of a step of an earlier release read as they were stored", async () => {
  const [row] = await sql<{ facts: string }[]>`select to_json(facts) as facts from steps`;
  expect(unpackedFacts(row?.facts ?? null)).toEqual(FACTS);
  expect(unpackedFacts(packHexJson(FACTS))).toEqual(FACTS);
});

test("the request of a dossier of an earlier release reads as it was stored", async () => {
  const [row] = await sql<{ request: Uint8Array }[]>`select request from requests`;
  expect(unpackJson(row?.request ?? new Uint8Array())).toEqual(REQUEST);
  expect(unpackJson(packJson(REQUEST))).toEqual(REQUEST);
});

test("the history of a dossier of an earlier release keeps its entries and their ids, and a new change leaves room for its own", async () => {
  const db = drizzle(postgres(database.url, { max: 1 }));
  const earlier = await historyOf(db, ID, 200, null);
  expect(earlier.nodes.map(({ id }) => id)).toEqual([1, 2]);
  expect(earlier.nodes.map(({ stepKey, state, actor, note }) => [stepKey, state, actor, note])).toEqual(ENTRIES);
  await db.insert(history).values({ dossierId: ID, at: new Date(), entries: ENTRIES });
  await db.insert(history).values({ dossierId: ID, at: new Date(), entries: ENTRIES });
  const all = (await historyOf(db, ID, 200, null)).nodes;
  expect(all.map(({ id }) => id)).toEqual([1, 2, 66, 67, 130, 131]);
  for (const [at, cursor] of (await pagesOfOne(db)).entries()) {
    const following = await historyOf(db, ID, 200, cursor);
    expect(following.nodes).toEqual(all.slice(at + 1));
  }
  await db.$client.end();
});

test("the stream of changes begins with the entries of an earlier release, and pages of one go through all", async () => {
  const db = drizzle(postgres(database.url, { max: 1 }));
  await settleChanges(sql);
  const [stream] = await db.select().from(changeStream);
  const stored = (await historyOf(db, ID, 200, null)).nodes.map(({ id }) => id);
  const seen: number[] = [];
  for (let from = afterRow(0), isEnd = false; !isEnd; ) {
    const page = await readChanges(db, { wanted: undefined, from, settled: stream?.settled ?? 0, first: 1 });
    seen.push(...page.nodes.map(({ position }) => position.row + position.place));
    [from, isEnd] = [page.end, !page.hasNextPage];
  }
  expect(seen).toEqual(stored);
  await db.$client.end();
});

test("a search finds a dossier of an earlier release by the words that were stored, at its office and in the province", async () => {
  const db = drizzle(postgres(database.url, { max: 1 }));
  const found = async (text: string, office: string | null) =>
    (await db.select({ id: dossiers.id }).from(dossiers).where(matchesSearch(text, office))).map(({ id }) => id);
  expect(await found("Lê A", "31471")).toEqual([ID]);
  expect(await found("a le", null)).toEqual([ID]);
  expect(await found("0001", null)).toEqual([ID]);
  expect(await found("261123-0001", null)).toEqual([ID]);
  expect(await found("261124-0001", null)).toEqual([]);
  expect(await found("Lê A", "31426")).toEqual([]);
  expect(await found("Lê B", null)).toEqual([]);
  await db.$client.end();
});

/** Cursors of all entries, read one by one. */
async function pagesOfOne(db: Parameters<typeof historyOf>[0]): Promise<string[]> {
  const cursors: string[] = [];
  for (let after: string | null = null; ; ) {
    const { pageInfo } = await historyOf(db, ID, 1, after);
    if (pageInfo.endCursor !== null) cursors.push(pageInfo.endCursor);
    if (!pageInfo.hasNextPage) return cursors;
    after = pageInfo.endCursor;
  }
}

test("a submission of an earlier release is known by its key, and another body from the same", async () => {
  const db = drizzle(postgres(database.url, { max: 1 }));
  const known = await knownByKey(db, "o", "k", bodyHash(REQUEST));
  expect(known).toMatchObject({ id: ID, sameBody: true });
  expect(await knownByKey(db, "o", "k", bodyHash({}))).toMatchObject({ id: ID, sameBody: false });
  await db.$client.end();
});

test("a dossier of an earlier release is found by each of its parties", async () => {
  const db = drizzle(postgres(database.url, { max: 1 }));
  for (const party of PARTIES)
    expect(await db.select({ parties: dossiers.parties }).from(dossiers).where(hasParty(party))).toEqual([
      { parties: PARTIES },
    ]);
  expect(await db.select().from(dossiers).where(hasParty("093195000018"))).toEqual([]);
  await db.$client.end();
});

test("a case of an earlier release still has its key", async () => {
  const rows = await sql`select dossier_id as id from dossier_duplicate_keys
    where key = ${storedKey("birth:notice:12345.GCS.01234.26")}`;
  expect(rows).toEqual([{ id: ID }]);
});
