import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase } from "../../subgraphs/_shared/serving/database.ts";
import { emptyDatabase } from "../kit/agency-database.ts";

let store: Awaited<ReturnType<typeof emptyDatabase>>;

beforeAll(async () => {
  store = await emptyDatabase("land");
});
afterAll(() => store.drop());

test("a transaction that pauses beyond the deadline of a statement loses its locks to the next writer, and writes nothing", async () => {
  const stalled = openDatabase(store.url, { name: "stalled", pool: 1, statementTimeoutMs: 300 });
  const next = openDatabase(store.url, { name: "next", pool: 1 });
  await next.sql`create table entries (id int primary key, writer text not null)`;
  await next.sql`insert into entries values (1, 'nobody')`;
  let isHeld = false;
  const stalling = stalled.sql.begin(async (tx) => {
    await tx`update entries set writer = 'stalled' where id = 1`;
    isHeld = true;
    await new Promise(() => {}); // as a process that is stopped
  });
  const ended = expect(stalling).rejects.toThrow();
  while (!isHeld) await sleep(10);

  await next.sql`update entries set writer = writer || ', next' where id = 1`;

  await ended;
  expect(await next.sql`select writer from entries`).toEqual([{ writer: "nobody, next" }]);
  await Promise.all([stalled.close(), next.close()]);
});
