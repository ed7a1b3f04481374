import { sql as condition } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { waitUntil } from "../../../scripts/campaign/wait-until.ts";
import { afterRow } from "../../../subgraphs/one-stop/changes/position.ts";
import { readChanges } from "../../../subgraphs/one-stop/changes/read-changes.ts";
import { settleChanges } from "../../../subgraphs/one-stop/changes/settle-changes.ts";
import { type ChangingDossiers, changingDossiers } from "./changing-dossiers.ts";
import { killedPrograms } from "./killed-programs.ts";

const programs = killedPrograms("test", "one-stop", "changes", "consumer-program.ts");
let database: ChangingDossiers;

beforeAll(async () => {
  database = await changingDossiers();
  await database.admin`create table taken (id bigserial, consumer text not null, change text not null)`;
});
afterAll(() => database.drop());

/** Environment of a process that serves the consumers. */
const of = (consumers: readonly string[], more: NodeJS.ProcessEnv = {}) => ({
  ...{ DATABASE_URL: database.url, CONSUMERS: consumers.join(), ...more },
});

/** Resolves when the consumers have their positions. */
function begun(consumers: readonly string[]): Promise<void> {
  return waitUntil("the consumers begin", async () => {
    const known = await database.admin<{ name: string }[]>`select name from change_consumers`;
    return consumers.every((wanted) => known.some(({ name }) => name === wanted));
  });
}

async function taken(consumer: string): Promise<string[]> {
  const rows = await database.admin<{ change: string }[]>`
    select change from taken where consumer = ${consumer} order by id`;
  return rows.map(({ change }) => change);
}

async function settled(): Promise<number> {
  await settleChanges(database.admin);
  const [stream] = await database.admin<{ settled: string }[]>`select settled from change_stream`;
  return Number(stream?.settled);
}

/** All changes after a row, as a reader of the stream sees them. */
async function changesAfter(row: number): Promise<string[]> {
  const question = { wanted: condition`true`, from: afterRow(row), settled: await settled(), first: 100_000 };
  const { nodes } = await readChanges(drizzle(database.admin), question);
  return nodes.map(({ dossierId, note }) => `${dossierId} ${note}`);
}

async function allTaken(consumer: string, begin: number): Promise<string[]> {
  const wanted = (await changesAfter(begin)).length;
  await waitUntil(`${consumer} has all changes`, async () => (await taken(consumer)).length >= wanted);
  return wanted === 0 ? [] : taken(consumer);
}

test("consumers of several processes that are killed before and after commits take every change once, in the order of the stream", async () => {
  await database.write(1, 10);
  const begin = await settled();
  const consumers = ["one", "two", "frail"];
  const stops = [1, 2, 3].map(() => programs.keepRunning(of(consumers)));
  await begun(consumers);
  let isOver = false;
  const writing = Promise.all([2, 3, 4, 5].map((seed) => database.write(seed, 60))).finally(() => {
    isOver = true;
  });
  let kills = 0;
  for (let n = 0; !isOver || n < 6; n++) {
    const point = `${n % 2 ? "after" : "before"}-commit.${consumers[n % 3]}` as const;
    programs.failpoints.arm(point, "kill");
    if (isOver) await database.write(100 + n, 3);
    await programs.failpoints.fired(point);
    kills++;
  }
  await writing;
  expect(kills).toBeGreaterThanOrEqual(6);
  const wanted = await changesAfter(begin);
  for (const consumer of consumers) expect(await allTaken(consumer, begin)).toEqual(wanted);
  await Promise.all(stops.map((stop) => stop()));
});

test("the consumer of a process that is stalled in a transaction waits for it, and no other consumer does", async () => {
  const begin = await settled();
  const consumers = ["stalled", "free"];
  const stops = [1, 2].map(() => programs.keepRunning(of(consumers)));
  await begun(consumers);
  programs.failpoints.arm("before-commit.stalled", "hold");
  await database.write(200, 10);
  await programs.failpoints.fired("before-commit.stalled");
  expect(await allTaken("free", begin)).toEqual(await changesAfter(begin));
  expect(await taken("stalled")).toEqual([]);
  programs.failpoints.release("before-commit.stalled");
  expect(await allTaken("stalled", begin)).toEqual(await changesAfter(begin));
  await Promise.all(stops.map((stop) => stop()));
});

test("a consumer that fails delays no other one, and has missed nothing when it works again", async () => {
  const begin = await settled();
  const child = programs.start(of(["broken", "sound"]));
  await begun(["broken", "sound"]);
  await database.write(300, 10);
  expect(await allTaken("sound", begin)).toEqual(await changesAfter(begin));
  expect(await taken("broken")).toEqual([]);
  await programs.kill(child);
  await database.admin`update change_consumers set name = 'mended' where name = 'broken'`;
  programs.start(of(["mended"]));
  expect(await allTaken("mended", begin)).toEqual(await changesAfter(begin));
});

test("a process without deliveries (SAGA_CONCURRENCY=0) consumes nothing, and a new consumer gets no change of before", async () => {
  programs.start(of(["new"], { CONCURRENCY: "0" }));
  programs.start(of(["other"]));
  await begun(["other"]);
  await database.write(400, 5);
  const begin = await settled();
  await waitUntil("the other consumer has taken the changes", async () => (await taken("other")).length > 0);
  expect(await database.admin`select 1 from change_consumers where name = 'new'`).toHaveLength(0);
  programs.start(of(["new"]));
  await begun(["new"]);
  await database.write(401, 5);
  expect(await allTaken("new", begin)).toEqual(await changesAfter(begin));
});
